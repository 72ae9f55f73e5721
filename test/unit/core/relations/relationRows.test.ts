import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Marker } from '../../../../src/core/relations/config';
import { rowsOf, specialTokens } from '../../../../src/core/relations/relationRows';
import { markSentences, type MentionSentence, planWindows } from '../../../../src/core/relations/window';
import { createTokenizer } from '../../../../src/core/tokens/encode';
import { vocabularyFromText } from '../../../../src/core/tokens/vocabulary';
import type { Entity, Segment } from '../../../../src/core/types';

type Place = readonly [start: number, end: number];

/** Written by models/training/relations/golden.py with the code that training uses. */
interface Golden {
  readonly vocabulary: readonly string[];
  readonly maskId: number;
  readonly markers: Readonly<Record<string, Marker>>;
  readonly cases: readonly {
    readonly text: string;
    readonly mentions: readonly (readonly [start: number, end: number, type: string])[];
    readonly longest: number;
    readonly sentences: readonly Place[];
    readonly rows: readonly {
      readonly ids: readonly number[];
      readonly shapes: readonly number[];
      readonly marker: readonly (readonly [mention: number, place: number])[];
    }[];
  }[];
}

const file = path.resolve(import.meta.dirname, '../../../fixtures/relations/rows.json');
const golden = JSON.parse(fs.readFileSync(file, 'utf8')) as Golden;
const vocabulary = vocabularyFromText(`${golden.vocabulary.join('\n')}\n`);
const tokenizer = createTokenizer(vocabulary, { lowercase: true, spaceChineseCharacters: true });
const markers = new Map(Object.entries(golden.markers));

function sentencesOf({ text, mentions, sentences }: Golden['cases'][number]): MentionSentence[] {
  const run = { start: 0, length: text.length, documentStart: 0, documentLength: text.length };
  const segment: Segment = { text, base: 0, runs: [run] };
  return sentences.map(([start, end]) => ({
    segment,
    span: { start, end },
    mentions: mentions
      .filter(([from]) => start <= from && from < end)
      .map(([from, to, type]) => {
        const name = text.slice(from, to);
        const entity: Entity = { start: from, end: to, text: name, name, type, probability: 1 };
        return { entity, start: from, end: to };
      }),
  }));
}

describe('rowsOf', () => {
  it.each(golden.cases.map((each, i) => [i, each] as const))(
    'gives the same rows as training, case %i',
    (_, each) => {
      const marked = markSentences(sentencesOf(each), tokenizer, { markers, maskId: golden.maskId });
      const windows = planWindows(marked, each.longest);
      const config = { maxTokens: each.longest + specialTokens, tokenTypes: 'shape' as const };
      const rows = windows.flatMap((window) => rowsOf(window, vocabulary, config));
      expect(
        rows.map(({ tokens, places }) => ({
          ids: [...tokens.ids].slice(1, -1),
          shapes: [...tokens.types].slice(1, -1),
          // Positions include [CLS], which training adds later.
          marker: [...places].map(([mention, place]) => [mention, place - 1]),
        })),
      ).toEqual(each.rows);
    },
  );

  it('splits a sentence that is too long into overlapping rows with whole mentions', () => {
    const text = 'aspirin '.repeat(40);
    const mentions = Array.from({ length: 40 }, (_, i) => [i * 8, i * 8 + 7, 'Chemical'] as const);
    const each = { text, mentions, longest: 30, sentences: [[0, text.length] as const], rows: [] };
    const [window] = planWindows(
      markSentences(sentencesOf(each), tokenizer, { markers, maskId: golden.maskId }),
      30,
    );
    const rows = window ? rowsOf(window, vocabulary, { maxTokens: 32, tokenTypes: 'shape' }) : [];
    expect(rows.length).toBeGreaterThan(4);
    expect(rows.every(({ tokens }) => tokens.ids.length <= 32)).toBe(true);
    const open = markers.get('Chemical')?.open;
    for (const { tokens, places } of rows) {
      for (const place of places.values()) expect(tokens.ids[place]).toBe(open);
    }
    expect(new Set(rows.flatMap(({ places }) => [...places.keys()])).size).toBe(40);
  });
});
