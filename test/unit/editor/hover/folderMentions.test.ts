import { describe, expect, it } from 'vitest';
import type { ConceptLink, Entity } from '../../../../src/core/types';
import type { DocumentEntities } from '../../../../src/runtime/folder/grouping';
import { countMentionsElsewhere } from '../../../../src/editor/hover/folderMentions';
import { createDocument, openNotebook } from '../support';
import { reset } from '../vscode';

const sorafenib: ConceptLink = { id: 'MESH:D1', name: 'Sorafenib', source: 'MeSH', method: 'name' };

function drug(name: string, concept?: ConceptLink): Entity {
  const linked = concept && { concepts: [concept] };
  return { start: 0, end: name.length, text: name, name, type: 'Chemical', probability: 1, ...linked };
}

/** A folder with these documents. */
function folderOf(...documents: readonly Omit<DocumentEntities, 'abbreviations'>[]) {
  const files = { isComplete: true, size: documents.length };
  return { files, source: { all: () => documents.map((each) => ({ ...each, abbreviations: [] })) } };
}

const folderWith = (entities: readonly Entity[]) => folderOf({ document: 'file:///other.txt', entities });

describe('the number of mentions in other documents', () => {
  const { as: document } = createDocument('');
  const folder = folderWith([
    drug('Nexavar', sorafenib),
    drug('BAY 43-9006', sorafenib),
    drug('sorafenib', { ...sorafenib, id: 'MESH:OTHER' }),
    drug('sorafenib'),
    drug('Sorafenib'),
  ]);

  it('counts a concept under all of its names', () => {
    expect(countMentionsElsewhere(drug('sorafenib', sorafenib), document, folder)).toEqual({
      mentions: 2,
      papers: 0,
      documents: 1,
    });
  });

  it('counts the spellings of a name that is not linked', () => {
    expect(countMentionsElsewhere(drug('sorafenib'), document, folder)).toEqual({
      mentions: 2,
      papers: 0,
      documents: 1,
    });
  });

  it('counts the other records of the same file as other papers', () => {
    const at = (start: number): Entity => ({ ...drug('sorafenib'), start, end: start + 9 });
    const publications = ['A', 'B', 'C'].map((name, i) => ({ start: i * 100, end: (i + 1) * 100, name }));
    const entities = [at(0), at(50), at(110), at(120), at(210)];
    const files = folderOf({ document: document.uri.toString(), entities, publications });
    expect(countMentionsElsewhere(at(0), document, files)).toEqual({ mentions: 3, papers: 2, documents: 0 });
  });

  it('does not count the notebook of a cell, nor its other cells', () => {
    reset();
    const cells = openNotebook('/papers/study.ipynb', ['sorafenib', 'sorafenib again']);
    const [cell] = cells;
    if (!cell) throw new Error('No cell');
    const entities = [drug('sorafenib')];
    const files = ['file:/papers/study.ipynb', 'file:/papers/other.ipynb'];
    const folder = folderOf(
      ...[...cells.map(({ uri }) => uri.toString()), ...files].map((name) => ({ document: name, entities })),
    );
    expect(countMentionsElsewhere(drug('sorafenib'), cell, folder)).toEqual({
      mentions: 1,
      papers: 0,
      documents: 1,
    });
  });

  it('does not count copies of the paper, and other papers once', () => {
    const [own, other] = ['Gefitinib in advanced lung cancer', 'Erlotinib in advanced lung cancer'].map(
      (name) => ({ start: 0, end: 100, name }),
    );
    const folder = folderOf(
      { document: document.uri.toString(), entities: [drug('sorafenib')], publications: own && [own] },
      { document: 'file:///embase.ris', entities: [drug('sorafenib')], publications: own && [own] },
      { document: 'file:///a.ris', entities: [drug('sorafenib')], publications: other && [other] },
      { document: 'file:///b.ris', entities: [drug('sorafenib')], publications: other && [other] },
    );
    const found = countMentionsElsewhere(drug('sorafenib'), document, folder);
    expect(found).toEqual({ mentions: 1, papers: 1, documents: 0 });
  });
});
