import { describe, expect, it } from 'vitest';
import type { Entity } from '../../../../src/core/types';
import { PaperNames } from '../../../../src/editor/entities/paperNames';

const publication = (index: number, name: string, id?: string) => ({
  ...{ start: index * 100, end: (index + 1) * 100, name, id },
});
const mention = (document: string, start: number) => {
  const entity: Entity = {
    start,
    end: start + 3,
    text: 'MTX',
    name: 'MTX',
    type: 'Chemical',
    probability: 1,
  };
  return { document, entity };
};
const title = 'Effects of methotrexate on rheumatoid arthritis in adults';
const set = {
  ...{ document: 'file:/set.nbib', entities: [], abbreviations: [] },
  publications: [publication(0, `Kaplan 2019, ${title}`, '1'), publication(1, 'Weiss 2020, Gout', '2')],
};
const copy = {
  ...{ document: 'file:/copy.ris', entities: [], abbreviations: [] },
  publications: [publication(0, `Kaplan 2019, ${title}`, '10.1000/x')],
};
const draft = {
  ...{ document: 'file:/draft.md', abbreviations: [] },
  entities: [mention('file:/draft.md', 0).entity],
};
const ownExport = { document: 'file:/evidence.docx', entities: [], abbreviations: [] };

describe('PaperNames', () => {
  const names = new PaperNames([set, copy, draft, ownExport]);

  it('counts copies of a paper once and drafts by themselves', () => {
    expect(names.label).toBe('2 papers · 1 other document');
    expect(new PaperNames([draft]).label).toBe('1 document');
  });

  it('counts as the panel does: a PDF file without a title is a paper, a Word file with one is not', () => {
    const pdf = { ...draft, document: 'biobert-paper:/scan.pdf (text)?file' };
    const word = {
      ...{ document: 'biobert-paper:/draft.docx (text)?file', entities: [], abbreviations: [] },
      publications: [publication(0, 'My review')],
    };
    const page = { ...draft, document: 'file:/out.html' };
    expect(new PaperNames([set, pdf, word, page]).label).toBe('3 papers · 2 other documents');
  });

  it('knows the paper of a mention', () => {
    expect(names.nameOf(mention(set.document, 150))).toBe('Weiss 2020, Gout');
    expect(names.nameOf(mention(set.document, 250))).toBeUndefined();
    expect(names.nameOf(mention(draft.document, 0))).toBeUndefined();
  });

  it('counts the papers of a name', () => {
    const mentions = [mention(set.document, 0), mention(set.document, 150), mention(copy.document, 5)];
    expect(names.labelOf(mentions)).toBe('2 papers');
    expect(names.labelOf([...mentions, mention(draft.document, 0)])).toBe('2 papers · 1 other document');
    expect(names.labelOf([mention(set.document, 0), mention(set.document, 9)])).toBeUndefined();
  });

  it('has several papers if a file has several records', () => {
    expect(new PaperNames([set]).hasSeveral).toBe(true);
    expect(new PaperNames([copy]).hasSeveral).toBe(false);
  });
});
