import { toDocument } from '../core/documents/place';
import { roundProbability } from '../core/exports/mention';
import type { Span, TextPassage } from '../core/types';
import type { AnswerResult } from '../protocol/engine';
import { shownName } from './names';

export const answerFormats = ['text', 'jsonl'] as const;
export type AnswerFormat = (typeof answerFormats)[number];

/** A passage that was read, and the document that it comes from. */
export interface ReadPassage {
  readonly document: string;
  readonly passage: TextPassage;
}

type AnswerWriter = (result: AnswerResult, passages: readonly ReadPassage[]) => string;

export const answerWriters: Readonly<Record<AnswerFormat, AnswerWriter>> = {
  jsonl: writeJson,
  text: writeText,
};

/** A span of a passage in its document, and what a reader sees of it. */
interface Place extends Span {
  readonly document: string;
  /** The publication in it, if the document names it. */
  readonly publication?: string | undefined;
  readonly text: string;
}

function placeOf(passages: readonly ReadPassage[], passage: number, { start, end }: Span): Place {
  const read = passages[passage];
  if (!read) return { document: '', start: 0, end: 0, text: '' };
  const text = read.passage.text.slice(start, end).replace(/\s+/gu, ' ');
  const { publication } = read.passage;
  const source = { document: read.document, ...(publication === undefined ? {} : { publication }) };
  return { ...source, ...toDocument(read.passage, start, end), text };
}

function writeJson({ answers, verdict }: AnswerResult, passages: readonly ReadPassage[]): string {
  if (verdict) {
    const { yes, no, maybe } = verdict;
    const reasons = verdict.reasons.map((reason) => ({
      ...placeOf(passages, reason.passage, reason.sentence),
      verdict: reason.verdict,
      weight: roundProbability(reason.weight),
    }));
    const rounded = {
      yes: roundProbability(yes),
      no: roundProbability(no),
      maybe: roundProbability(maybe),
    };
    return `${JSON.stringify({ verdict: rounded, reasons })}\n`;
  }
  return answers
    .map((answer) => {
      const { start, end, text } = placeOf(passages, answer.passage, answer.sentence);
      const line = {
        ...placeOf(passages, answer.passage, answer),
        ...(answer.otherNames?.length ? { otherNames: answer.otherNames } : {}),
        probability: roundProbability(answer.probability),
        sentence: { start, end, text },
        alsoIn: answer.otherOccurrences.map((other) => {
          const place = placeOf(passages, other.passage, other);
          return { document: place.document, start: place.start, end: place.end };
        }),
      };
      return `${JSON.stringify(line)}\n`;
    })
    .join('');
}

function writeText({ answers, verdict }: AnswerResult, passages: readonly ReadPassage[]): string {
  if (verdict) {
    const { yes, no, maybe } = verdict;
    const reasons = verdict.reasons.map(({ passage, sentence, verdict: said }) => {
      const place = placeOf(passages, passage, sentence);
      return `  ${said.padEnd(4)} ${sourceName(place)}\n       ${place.text}\n`;
    });
    return `Yes ${percent(yes)}   No ${percent(no)}   Maybe ${percent(maybe)}\n${reasons.join('')}`;
  }
  return answers
    .map((answer, rank) => {
      const place = placeOf(passages, answer.passage, answer);
      const sentence = placeOf(passages, answer.passage, answer.sentence).text;
      const others = answer.otherOccurrences.length > 0 ? `, and ${answer.otherOccurrences.length} more` : '';
      const names = answer.otherNames?.length ? `, also called ${answer.otherNames.join(', ')}` : '';
      const head = `${String(rank + 1).padStart(2)}  ${place.text}${names}  ${percent(answer.probability)}`;
      return `${head}  (${sourceName(place)}${others})\n    ${sentence}\n`;
    })
    .join('');
}

/** `Kaplan 2019, Title`, or the file and the offset in it. */
function sourceName({ publication, document, start }: Place): string {
  return publication ?? `${shownName(document)}:${start}`;
}

function percent(probability: number): string {
  return `${Math.round(100 * probability)} %`;
}
