import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EditLog } from '../../../../src/editor/annotations/editLog';
import { FolderRelations } from '../../../../src/editor/index/folderRelations';
import type { FolderIndex } from '../../../../src/editor/index/folderIndex';
import type { IndexClient } from '../../../../src/runtime/index/indexClient';
import type { LocatedRelation } from '../../../../src/runtime/folder/locatedRelation';
import type { RelationsRequest } from '../../../../src/protocol/indexMessages';
import { nullLogger } from '../../../../src/runtime/log';
import { entity } from '../support';
import { EventEmitter, reset, Uri, workspace } from '../vscode';

const sentence = 'EGFR binds TP53 here.';

function located(citation: string | undefined): LocatedRelation {
  const relation = {
    type: 'association',
    subject: entity(sentence, 'EGFR'),
    object: entity(sentence, 'TP53'),
    probability: 0.9,
    evidence: { start: 0, end: sentence.length },
    evidenceText: sentence,
    ...(citation !== undefined && { citation }),
  };
  return { relation, evidence: { text: sentence, marks: [] }, line: 1 };
}

function setUp(added: readonly LocatedRelation[] = []) {
  const requests: RelationsRequest[] = [];
  const stats = { documents: 1, passages: 1, relations: 1, embedded: 0, skippedPairs: 0 };
  const never = new EventEmitter<void>().event;
  const index = {
    exists: true,
    state: { stats, isUpToDate: true },
    update: vi.fn(),
    onDidChange: never,
    onDidChangeRelations: never,
  };
  const client = {
    request: (_method: unknown, params: RelationsRequest) => {
      requests.push(params);
      const payloads = params.only?.keys?.length === 0 ? [] : [JSON.stringify(located('1'))];
      return Promise.resolve(payloads.length === 0 ? [] : [{ document: 'file:/p/a.nbib', payloads }]);
    },
  };
  const edits = new EditLog();
  const keys = { current: ['id 1'] as readonly string[] };
  const folder = new FolderRelations({
    client: client as unknown as IndexClient,
    index: index as unknown as FolderIndex,
    edits,
    added: {
      inAllDocuments: () =>
        Promise.resolve([
          { document: 'file:/p/b.md', version: edits.currentVersion('file:/p/b.md'), relations: added },
        ]),
      onDidChange: never as never,
    },
    included: () => Promise.resolve({ keys: keys.current }),
    log: nullLogger,
  });
  const listed = () => folder.list.all().map(({ document }) => document);
  return { folder, requests, keys, index, listed };
}

let close: (() => void) | undefined;

beforeEach(() => {
  reset();
  Object.assign(workspace, { workspaceFolders: [{ uri: Uri.parse('file:/p'), name: 'p', index: 0 }] });
});

afterEach(() => close?.());

describe('FolderRelations', () => {
  it('lists the whole folder, or what belongs to the included records', async () => {
    const { folder, requests, listed } = setUp();
    folder.follow();
    await vi.waitFor(() => expect(listed()).toEqual(['file:/p/a.nbib']));
    expect(requests.at(-1)?.only).toBeUndefined();
    folder.follow({ isIncludedOnly: true });
    await vi.waitFor(() => expect(requests.at(-1)?.only).toEqual({ keys: ['id 1'] }));
  });

  it('leaves out what the user added to other publications', async () => {
    const { folder, requests, listed } = setUp([located('2')]);
    folder.follow();
    await vi.waitFor(() => expect(listed()).toEqual(['file:/p/a.nbib', 'file:/p/b.md']));
    folder.follow({ isIncludedOnly: true });
    await vi.waitFor(() => expect(listed()).toEqual(['file:/p/a.nbib']));
    expect(requests).toHaveLength(2);
  });

  it('lists again when the review includes other records, and only then', async () => {
    const { folder, requests, keys, index } = setUp();
    folder.follow({ isIncludedOnly: true });
    await vi.waitFor(() => expect(requests).toHaveLength(1));
    await folder.followReview();
    expect(requests).toHaveLength(1);
    keys.current = [];
    await folder.followReview();
    await vi.waitFor(() => expect(requests).toHaveLength(2));
    await vi.waitFor(() => expect(folder.notice?.message).toBe('The review includes no records yet.'));
    expect(index.update).toHaveBeenCalledOnce();
    folder.unfollow();
    keys.current = ['id 1'];
    await folder.followReview();
    expect(requests).toHaveLength(2);
  });
});
