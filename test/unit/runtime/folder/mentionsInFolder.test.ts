import { describe, expect, it } from 'vitest';
import type { Entity } from '../../../../src/core/types';
import { mentionsInFolder } from '../../../../src/runtime/folder/mentionsInFolder';
import type { DocumentEntities } from '../../../../src/runtime/folder/grouping';

const title = 'Gefitinib in patients with advanced lung cancer';

function drug(start: number): Entity {
  return { start, end: start + 9, text: 'gefitinib', name: 'gefitinib', type: 'Chemical', probability: 1 };
}

/** A file of records of a hundred characters, with mentions at the given offsets. */
function file(
  document: string,
  names: readonly (string | undefined)[],
  offsets: readonly number[],
): DocumentEntities {
  const publications = names.map((name, index) => ({ start: index * 100, end: (index + 1) * 100, name }));
  return { document, entities: offsets.map(drug), abbreviations: [], publications };
}

const pubmed = file(
  'pubmed.nbib',
  [`Kaplan 2019, ${title}`, 'Weiss 2020, Gout and aspirin in the elderly'],
  [10, 20, 110],
);
const embase = file('embase.ris', [title], [10, 20, 30]);
const draft: DocumentEntities = { document: 'draft.md', entities: [drug(5)], abbreviations: [] };
const all = [pubmed, embase, draft];

const counted = ({ papers }: ReturnType<typeof mentionsInFolder>) =>
  papers.map(({ document, mentions, isHere }) => [document, mentions.length, isHere]);

describe('mentionsInFolder', () => {
  it('finds the mentions of a paper in the copy that has most of them', () => {
    const found = mentionsInFolder(all, () => true);
    expect(counted(found)).toEqual([
      ['pubmed.nbib', 1, false],
      ['embase.ris', 3, false],
      ['draft.md', 1, false],
    ]);
    expect(found.copied).toBe(2);
  });

  it('does not depend on the order of equal copies', () => {
    const copy = file('more.ris', [title], [10, 20, 30]);
    const [a] = mentionsInFolder([embase, copy], () => true).papers;
    const [b] = mentionsInFolder([copy, embase], () => true).papers;
    expect([a?.document, b?.document]).toEqual(['embase.ris', 'embase.ris']);
  });

  it('finds them in the copy at the place of the reader', () => {
    const found = mentionsInFolder(all, () => true, { document: 'pubmed.nbib', offset: 10 });
    expect(counted(found)).toEqual([
      ['pubmed.nbib', 2, true],
      ['pubmed.nbib', 1, false],
      ['draft.md', 1, false],
    ]);
    expect(found.copied).toBe(3);
  });

  it('finds the wanted entities only', () => {
    const found = mentionsInFolder(all, ({ start }) => start === 110);
    expect(counted(found)).toEqual([['pubmed.nbib', 1, false]]);
    expect(found.copied).toBe(0);
  });
});
