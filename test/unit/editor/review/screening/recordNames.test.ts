import { describe, expect, it } from 'vitest';
import { RecordNames } from '../../../../../src/editor/review/screening/recordNames';
import type { TagRequest, TagResult } from '../../../../../src/protocol/engine';
import { entity, result } from '../../support';

/** An engine that finds EGFR as a gene and mice as a species. */
function start(tag?: (request: TagRequest) => Promise<TagResult>) {
  const requests: TagRequest[] = [];
  const forgotten: string[] = [];
  const names = new RecordNames({
    engine: {
      tag: (request) => {
        requests.push(request);
        if (tag) return tag(request);
        const { text } = request;
        const found = [...text.matchAll(/EGFR|mice/g)].map(({ 0: name, index }) =>
          entity(text, name, name === 'mice' ? 'Species' : 'Gene', index),
        );
        return Promise.resolve(result({ start: 0, end: text.length }, found));
      },
      forget: (document) => forgotten.push(document),
    },
    isShown: (type) => type === 'Gene',
    minProbability: () => 0.5,
    typeName: (type) => `the ${type}`,
  });
  return { names, requests, forgotten };
}

describe('the names in a record', () => {
  it('have offsets in the title and in the abstract, and only shown types', async () => {
    const { names, forgotten } = start();
    const marks = await names.marksOf({ id: 'a', title: 'On EGFR', abstract: 'EGFR in mice.' });
    expect(marks).toEqual({
      title: [{ start: 3, end: 7, type: 'Gene', typeName: 'the Gene' }],
      abstract: [{ start: 0, end: 4, type: 'Gene', typeName: 'the Gene' }],
    });
    expect(forgotten).toHaveLength(1);
  });

  it('are found once; those of the next records in advance, with lower priority', async () => {
    const { names, requests } = start();
    const [a, b, c] = ['a', 'b', 'c'].map((id) => ({ id, title: id, abstract: '' }));
    if (!a || !b || !c) throw new Error('no records');
    await names.marksOf(a, [b, c]);
    await expect.poll(() => requests.length).toBe(3);
    await names.marksOf(b);
    expect(requests.map(({ text, priority }) => [text.trim(), priority])).toEqual([
      ['a', 'interactive'],
      ['b', 'background'],
      ['c', 'background'],
    ]);
  });

  it('are those of the title alone while titles are screened', async () => {
    const { names, requests } = start();
    await names.marksOf({ id: 'a', title: 'EGFR', abstract: undefined });
    await names.marksOf({ id: 'a', title: 'EGFR', abstract: 'mice' });
    expect(requests.map(({ text }) => text)).toEqual(['EGFR\n\n', 'EGFR\n\nmice']);
  });

  it('are searched again after a failure', async () => {
    let fails = true;
    const { names } = start(({ text }) =>
      fails
        ? Promise.reject(new Error('no model'))
        : Promise.resolve(result({ start: 0, end: text.length }, [])),
    );
    await expect(names.marksOf({ id: 'a' })).rejects.toThrow('no model');
    fails = false;
    expect(await names.marksOf({ id: 'a' })).toEqual({ title: [], abstract: [] });
  });
});
