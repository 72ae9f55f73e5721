import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../../../src/core/types';
import { AnswerRows, type LocatedAnswer } from '../../../../src/editor/questions/answerRows';
import type { SourcePassage } from '../../../../src/editor/questions/passageSource';

const text = 'Olaparib helps.';

function passageOf(document: string, publication?: string): SourcePassage {
  const sentences = [{ start: 0, end: text.length }];
  const passage = { start: 0, end: text.length, text, base: 0, runs: [], sentences, publication };
  return { document, version: { document, edits: 0 }, passage, sentenceLines: [1] };
}

function rowsOf(passages: readonly SourcePassage[], isPinned: (answer: LocatedAnswer) => boolean) {
  let lastId = 0;
  return new AnswerRows({
    passages,
    isPinned,
    register: () => ++lastId,
    nameOf: ({ publication }) => publication,
  });
}

function verdictOn(stances: readonly ('supports' | 'contradicts')[]): Verdict {
  const sentences = stances.map((stance, passage) => ({
    passage,
    sentence: { start: 0, end: text.length },
    stance,
    probability: 0.9,
  }));
  const on = (side: string) => stances.filter((stance) => stance === side).length;
  const papers = { supports: on('supports'), contradicts: on('contradicts') };
  return { answer: 'yes', yes: 0.9, no: 0, open: 0.1, papers, sentences };
}

describe('AnswerRows', () => {
  it('counts drafts apart from the papers on each side', () => {
    const passages = [
      passageOf('file:///a.pdf', 'pmid:1'),
      passageOf('file:///draft.md'),
      passageOf('file:///b.nbib'),
    ];
    const view = rowsOf(passages, () => false).verdict(verdictOn(['supports', 'supports', 'contradicts']));
    expect(view.papers).toEqual({ supports: 1, contradicts: 1 });
    expect(view.drafts).toEqual({ supports: 1, contradicts: 0 });
  });

  it('counts each listed paper once, on the side of its first sentence', () => {
    const title = 'Sorafenib in patients with advanced renal cell carcinoma';
    const passages = [
      passageOf('file:///a.nbib', title),
      passageOf('file:///b.ris', title),
      passageOf('file:///draft.md'),
      passageOf('file:///draft.md'),
    ];
    const stances = ['supports', 'contradicts', 'contradicts', 'supports'] as const;
    const view = rowsOf(passages, () => false).verdict(verdictOn(stances));
    expect(view.papers).toEqual({ supports: 1, contradicts: 0 });
    expect(view.drafts).toEqual({ supports: 0, contradicts: 1 });
    expect(view.sentences).toHaveLength(4);
  });

  it('tells which sentences of a verdict are pinned, by their side', () => {
    const passages = [passageOf('file:///a.pdf'), passageOf('file:///b.pdf')];
    const rows = rowsOf(passages, ({ answer }) => answer === 'contradicts');
    const { sentences } = rows.verdict(verdictOn(['supports', 'contradicts']));
    expect(sentences.map(({ isPinned }) => isPinned)).toEqual([false, true]);
  });
});
