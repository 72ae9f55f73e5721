import { describe, expect, it } from 'vitest';
import { createAskedQuestion } from '../../../../src/core/questions/askedQuestion';
import { EditLog } from '../../../../src/editor/annotations/editLog';
import { FolderPassages } from '../../../../src/editor/index/folderPassages';
import type { PublicationFilter, SearchRequest } from '../../../../src/protocol/indexMessages';
import { model } from '../support';

const stats = {
  ...{ papers: 9, otherDocuments: 0, isRebuilt: false },
  ...{ passages: 90, relations: 0, embedded: 0, skippedPairs: 0 },
};
const passage = { start: 0, end: 4, text: 'Text', base: 0, runs: [], sentences: [] };

function search(only?: () => Promise<PublicationFilter | undefined>) {
  const requests: SearchRequest[] = [];
  const client = {
    request: <R>(_method: unknown, params: unknown): Promise<R> => {
      requests.push(params as SearchRequest);
      const found = [{ document: 'file:/a.nbib', passage, sentenceLines: [1] }];
      return Promise.resolve({ found, papers: 2, otherDocuments: 1, searched: 7 } as R);
    },
  };
  const source = new FolderPassages({
    client,
    stats: () => stats,
    engine: { embed: () => Promise.resolve([]), load: () => Promise.resolve(model) },
    edits: new EditLog(),
    only,
  });
  const question = createAskedQuestion('Why?', []);
  return { requests, found: source.find(question, 48, new AbortController().signal) };
}

describe('FolderPassages', () => {
  it('lets the index filter, so that as many passages are found as are asked for', async () => {
    const { requests, found } = search(() => Promise.resolve({ keys: ['id 1'] }));
    const { passages, papers, otherDocuments, searched } = await found;
    expect(requests[0]).toMatchObject({ limit: 48, only: { keys: ['id 1'] } });
    expect(passages).toHaveLength(1);
    expect([papers, otherDocuments, searched]).toEqual([2, 1, 7]);
  });

  it('searches the whole folder by default', async () => {
    const { requests, found } = search();
    await found;
    expect(requests[0]?.only).toBeUndefined();
  });
});
