import { beforeEach, describe, expect, it } from 'vitest';
import { ReadableDocuments } from '../../../../src/editor/documents/readableDocuments';
import { Settings } from '../../../../src/editor/settings';
import { createDocument, useManifestDefaults } from '../support';
import {
  EventEmitter,
  events,
  FakeDocument,
  reset,
  TabInputText,
  TabInputTextDiff,
  Uri,
  window,
  workspace,
} from '../vscode';

useManifestDefaults();
beforeEach(reset);

function setUp() {
  const changed = new EventEmitter<unknown>();
  const all: { tabs: { readonly input: unknown }[] }[] = [{ tabs: [] }];
  Object.assign(window, { tabGroups: { all, onDidChangeTabs: changed.event } });
  const leftOut = { has: () => false, onDidChange: new EventEmitter<void>().event };
  const documents = new ReadableDocuments(new Settings(), leftOut);
  const setTabs = (...inputs: readonly unknown[]): void => {
    all[0] = { tabs: inputs.map((input) => ({ input })) };
    changed.fire(undefined);
  };
  const activate = (document: ReturnType<typeof createDocument> | undefined): void =>
    events.changeActiveEditor.fire(document && { document });
  return { documents, setTabs, activate };
}

describe('open documents', () => {
  it('are not the files of this program, in whatever language they are', () => {
    const { documents, setTabs, activate } = setUp();
    const own = new FakeDocument(Uri.parse('file:/p/.biobert/records.csv'), 'title\nGout', 'csv');
    const paper = new FakeDocument(Uri.parse('file:/p/records.csv'), 'title\nGout', 'csv');
    workspace.textDocuments = [own, paper];
    setTabs(new TabInputText(own.uri), new TabInputText(paper.uri));
    activate(own as never);
    expect(documents.open).toEqual([paper]);
    expect(documents.active).toBeUndefined();
    workspace.textDocuments = [];
  });
});

describe('the active document', () => {
  it('stays while the focus is elsewhere, until its tab is closed', () => {
    const { documents, setTabs, activate } = setUp();
    const document = createDocument('BRCA1');
    setTabs(new TabInputText(document.uri));
    activate(document);
    activate(undefined);
    expect(documents.active).toBe(document);
    let changes = 0;
    documents.onDidChange(() => changes++);
    // VS Code keeps the document itself for some minutes.
    setTabs();
    expect(documents.active).toBeUndefined();
    expect(documents.inScope('document')).toEqual([]);
    expect(changes).toBe(1);
  });

  it('is the next one that becomes active', () => {
    const { documents, setTabs, activate } = setUp();
    const [first, second] = [createDocument('BRCA1'), createDocument('TP53')];
    setTabs(new TabInputText(first.uri), new TabInputText(second.uri));
    activate(first);
    setTabs(new TabInputText(second.uri));
    activate(second);
    expect(documents.active).toBe(second);
  });

  it('may be one side of a view of changes', () => {
    const { documents, setTabs, activate } = setUp();
    const [before, after] = [createDocument('BRCA1'), createDocument('TP53')];
    setTabs(new TabInputTextDiff(before.uri, after.uri));
    activate(after);
    expect(documents.active).toBe(after);
  });
});
