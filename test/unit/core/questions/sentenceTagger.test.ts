import { describe, expect, it } from 'vitest';
import type { Tagger } from '../../../../src/core/entities/pipeline';
import { sentenceTagger } from '../../../../src/core/questions/sentenceTagger';

describe('sentenceTagger', () => {
  it('gives the entities of each sentence with their places in it', async () => {
    const read: string[] = [];
    const tagger = {
      tag: (text: string, segments: readonly { readonly text: string; readonly base: number }[]) => {
        for (const { text: own, base } of segments) {
          expect(text.slice(base, base + own.length)).toBe(own);
          read.push(own);
        }
        const entities = [...text.matchAll(/KIT/gu)].map(({ index }) => ({
          start: index,
          end: index + 3,
          type: 'Gene',
        }));
        return Promise.resolve({ entities });
      },
    } as unknown as Tagger;
    const sentences = ['KIT is a gene.', 'Nothing.', 'KIT and KIT.'];
    expect(await sentenceTagger(tagger)(sentences, undefined)).toEqual([
      [{ start: 0, end: 3, type: 'Gene' }],
      [],
      [
        { start: 0, end: 3, type: 'Gene' },
        { start: 8, end: 11, type: 'Gene' },
      ],
    ]);
    expect(read).toEqual(sentences);
  });
});
