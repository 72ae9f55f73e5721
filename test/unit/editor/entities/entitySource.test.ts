import { beforeEach, describe, expect, it } from 'vitest';
import { AnnotationStore } from '../../../../src/editor/annotations/annotationStore';
import { TaggedDocuments } from '../../../../src/editor/entities/entitySource';
import { TaggedFiles } from '../../../../src/editor/entities/taggedFiles';
import { Settings } from '../../../../src/editor/settings';
import { createDocument, entity, model, openNotebook, result, useManifestDefaults } from '../support';
import { EventEmitter, reset, Uri, workspace } from '../vscode';

const text = 'BRCA1 in cancer.';
const never = { onDidChange: () => undefined, onDidDelete: () => undefined, dispose: () => undefined };

useManifestDefaults();
beforeEach(() => {
  reset();
  Object.assign(workspace, {
    createFileSystemWatcher: () => never,
    getWorkspaceFolder: () => undefined,
  });
});

describe('the entities of all documents', () => {
  it('are those of a notebook once: of its file if that was read, or else of its cells', () => {
    const store = new AnnotationStore();
    const files = new TaggedFiles(store);
    const leftOut = new Set<string>();
    const source = new TaggedDocuments(store, files, new Settings(), {
      has: (uri) => leftOut.has(uri.toString()),
      onDidChange: new EventEmitter<void>().event,
    });
    const cells = openNotebook('/p/study.ipynb', [text, text]);
    for (const cell of cells) {
      const pending = store.expectResult(cell);
      pending.accept(result({ start: 0, end: text.length }, [entity(text, 'BRCA1')]));
      pending.dispose();
    }
    const listed = () => source.all().map(({ document }) => document);
    expect(listed()).toEqual(cells.map(({ uri }) => uri.toString()));
    expect(source.size).toBe(2);
    const uri = Uri.parse('file:/p/study.ipynb') as never;
    const stored = { textHash: '', textLength: 0, model, abbreviations: [] };
    files.add({ uri, entities: [entity(text, 'BRCA1')], ...stored });
    expect(listed()).toEqual(['file:/p/study.ipynb']);
    expect(source.size).toBe(1);
    files.forget(uri);
    leftOut.add('file:/p/study.ipynb');
    expect(listed()).toEqual([]);
  });

  it('are at once without those of a document that is left out, open or closed, which has its own marks', () => {
    const store = new AnnotationStore();
    const files = new TaggedFiles(store);
    const leftOut = new Set<string>();
    const changed = new EventEmitter<void>();
    const source = new TaggedDocuments(store, files, new Settings(), {
      has: (uri) => leftOut.has(uri.toString()),
      onDidChange: changed.event,
    });
    const open = createDocument(text);
    const pending = store.expectResult(open.as);
    pending.accept(result({ start: 0, end: text.length }, [entity(text, 'BRCA1')]));
    pending.dispose();
    const uri = Uri.parse('file:/p/closed.md') as never;
    const stored = { textHash: '', textLength: 0, model, abbreviations: [] };
    files.add({ uri, entities: [entity(text, 'BRCA1')], ...stored });
    const listed = () => source.all().map(({ document }) => document);
    expect(listed()).toEqual([open.uri.toString(), 'file:/p/closed.md']);
    let changes = 0;
    source.onDidChange((which) => which === undefined && changes++);
    leftOut.add(open.uri.toString()).add('file:/p/closed.md');
    changed.fire();
    expect(changes).toBe(1);
    expect(listed()).toEqual([]);
    expect(source.get(open.as.uri)?.entities).toHaveLength(1);
  });
});
