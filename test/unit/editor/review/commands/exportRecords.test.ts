import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readRecords } from '../../../../../src/core/records/readRecords';
import { run } from '../../../../../src/editor/review/commands/exportRecords';
import { kaplan } from '../../../core/review/reviews';
import { reset, window } from '../../vscode';
import { openReview, type ReviewWindow } from '../reviewWindow';

let opened: ReviewWindow;

beforeEach(() => {
  reset();
  opened = openReview();
});

afterEach(() => opened.close());

function choose(...labels: readonly string[]): void {
  const left = [...labels];
  window.showQuickPick = <T extends { readonly label: string }>(items: readonly T[]) => {
    const label = left.shift();
    return Promise.resolve(items.find((item) => item.label === label));
  };
}

describe('the command that exports records', () => {
  it('writes the chosen records in the chosen format, opens the file, and updates the bibliography', async () => {
    choose('Included', 'RIS');
    window.saved = opened.uri('included.ris');
    await run(opened.tools, []);
    const text = opened.read('included.ris');
    expect(readRecords(text, 'ris').map(({ title }) => title)).toEqual([kaplan.title]);
    expect(text).toContain('ASReview_relevant');
    expect(window.shown).toEqual([opened.uri('included.ris').toString()]);
    expect(opened.read('references.bib')).toContain(kaplan.title?.slice(0, 20));
  });

  it.each([[[]], [['Included']], [['Included', 'CSV']]])(
    'writes nothing after a cancellation: %j',
    async (labels) => {
      choose(...labels);
      await run(opened.tools, []);
      expect(window.shown).toEqual([]);
      expect(() => opened.read('references.bib')).toThrow('ENOENT');
    },
  );
});
