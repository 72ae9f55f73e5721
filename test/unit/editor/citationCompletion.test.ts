import { beforeEach, describe, expect, it } from 'vitest';
import { citationCompletion } from '../../../src/editor/citationCompletion';
import type { BibliographyAddition } from '../../../src/core/review/draftBibliography';
import { createDocument } from './support';
import { languages, Position } from './vscode';

const kaplan = {
  key: 'kaplan2019',
  label: 'Kaplan et al. 2019',
  authors: ['Kaplan', 'Ito'],
  title: 'Low doses',
  journal: 'J Rheumatol',
};
const lopez = {
  ...kaplan,
  key: 'lopez2021',
  label: 'López 2021',
  authors: ['López'],
  title: 'Kaplan-Meier curves of gout after transplants',
};
let addition: BibliographyAddition | undefined;
const bibliographyAddition = () => Promise.resolve(addition);
const asked: (readonly [string, number])[] = [];
let review = { exists: true, load: () => ({ citations, bibliographyAddition }) as never };

function citations(typed: string, limit: number) {
  asked.push([typed, limit]);
  return Promise.resolve([kaplan, lopez]);
}

async function complete(text: string, languageId = 'markdown') {
  citationCompletion(review);
  const document = createDocument(text, languageId);
  const list = await languages.provider?.provideCompletionItems(document.as, new Position(0, text.length));
  return list?.items;
}

beforeEach(() => {
  asked.length = 0;
  addition = undefined;
  review = { exists: true, load: () => ({ citations, bibliographyAddition }) as never };
});

describe('the completion of citations', () => {
  it('replaces what was typed by the key, and adds the record to the bibliography', async () => {
    const [item] = (await complete('as shown [@kap')) ?? [];
    expect(asked).toEqual([['kap', 200]]);
    expect(item).toMatchObject({
      label: { label: 'kaplan2019', detail: ' Low doses', description: 'Kaplan et al. 2019' },
      detail: 'Low doses',
      documentation: 'Kaplan, Ito\n\nJ Rheumatol',
      range: { start: { line: 0, character: 11 }, end: { line: 0, character: 14 } },
      command: { command: 'biobert.review.insertCitation', arguments: ['kaplan2019', undefined] },
    });
    expect(item).not.toHaveProperty('additionalTextEdits');
  });

  it('names the bibliography in the edit of the key if the draft does not', async () => {
    const line = 'bibliography: references.bib';
    addition = { line, insertions: [{ offset: 0, text: `---\n${line}\n---\n\n` }] };
    const [item] = (await complete('as shown [@kap')) ?? [];
    expect(item).toMatchObject({
      additionalTextEdits: [
        { range: { start: { line: 0, character: 0 } }, newText: `---\n${line}\n---\n\n` },
      ],
      command: { arguments: ['kaplan2019', line] },
    });
  });

  it('is found by VS Code by author and title, in the order of the review', async () => {
    const items = (await complete('[@kap')) as unknown as readonly Record<string, string>[];
    expect(items.map(({ filterText }) => filterText)).toEqual([
      'kap kaplan2019 Kaplan et al. 2019 Kaplan Ito Low doses',
      'kap lopez2021 López 2021 López Kaplan-Meier curves of gout after transplants',
    ]);
    expect(items.map(({ sortText }) => sortText)).toEqual(['0000', '0001']);
  });

  it('shows as much of a title as leaves room for author and year', async () => {
    const [, item] = (await complete('[@kap')) ?? [];
    expect(item).toMatchObject({
      label: { label: 'lopez2021', detail: ' Kaplan-Meier curves of…', description: 'López 2021' },
      detail: lopez.title,
    });
  });

  it('offers nothing where no key belongs, or without a review', async () => {
    expect(await complete('ann@kap')).toBeUndefined();
    expect(await complete('@kap', 'plaintext')).toBeUndefined();
    review.exists = false;
    expect(await complete('@kap')).toBeUndefined();
    expect(asked).toEqual([]);
  });

  it('asks for any record after \\cite{ in LaTeX', async () => {
    expect(await complete('\\cite{', 'latex')).toHaveLength(2);
    expect(asked).toEqual([['', 200]]);
  });
});
