import { describe, expect, it } from 'vitest';
import type { ConceptLink, Entity } from '../../../../src/core/types';
import { AnnotationStore } from '../../../../src/editor/annotations/annotationStore';
import { TaggedFiles, type TaggedFile } from '../../../../src/editor/entities/taggedFiles';
import { countMentionsElsewhere } from '../../../../src/editor/hover/folderMentions';
import { createDocument } from '../support';

const sorafenib: ConceptLink = { id: 'MESH:D1', name: 'Sorafenib', source: 'MeSH', method: 'name' };

function drug(name: string, concept?: ConceptLink): Entity {
  const linked = concept && { concepts: [concept] };
  return { start: 0, end: name.length, text: name, name, type: 'Chemical', probability: 1, ...linked };
}

/** A folder with the given mentions in one closed document. */
function folderWith(entities: readonly Entity[]): TaggedFiles {
  const files = new TaggedFiles(new AnnotationStore());
  const { uri } = createDocument('').as;
  const file = { uri, entities } as unknown as TaggedFile;
  Object.defineProperty(files, 'all', { value: () => [file] });
  Object.defineProperty(files, 'size', { value: 1 });
  return files;
}

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
    const files = new TaggedFiles(new AnnotationStore());
    const file = { uri: document.uri, entities: [at(0), at(50), at(110), at(120), at(210)], publications };
    Object.defineProperty(files, 'all', { value: () => [file as unknown as TaggedFile] });
    Object.defineProperty(files, 'size', { value: 1 });
    const here = publications[0];
    expect(countMentionsElsewhere(at(0), document, files, here)).toEqual({
      mentions: 3,
      papers: 2,
      documents: 0,
    });
  });
});
