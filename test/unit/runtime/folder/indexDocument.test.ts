import { describe, expect, it, vi } from 'vitest';
import { publicationsIn } from '../../../../src/core/records/readRecords';
import type { Entity } from '../../../../src/core/types';
import { decodeRecords } from '../../../../src/runtime/folder/record';
import { indexFindings, type IndexedPart } from '../../../../src/runtime/folder/indexDocument';
import type { RelationsRequest, TagRequest } from '../../../../src/protocol/engine';
import type { PutFindings } from '../../../../src/protocol/indexMessages';
import type { Method } from '../../../../src/protocol/rpc';
import { model, result } from '../../editor/support';

const title = (index: number): string => `Loss of BRCA${index} in long cohorts of patients`;
const records = (count: number): string =>
  Array.from(
    { length: count },
    (_, i) => `PMID- ${i + 1}\nTI  - ${title(i)}\nAU  - Kaplan A\nDP  - 2019\n\n`,
  ).join('');

function setUp(text: string, from = 0) {
  const stored: PutFindings[] = [];
  const progress: IndexedPart[] = [];
  const client = {
    request: <P, R>(_method: Method<P, R>, params: P): Promise<R> => {
      stored.push(params as PutFindings);
      return Promise.resolve(undefined as R);
    },
  };
  const publications = publicationsIn(text, 'medline');
  const passages = publications.map(({ start, end }, i) => ({
    ...{ start: text.indexOf(title(i), start), end, text: title(i), base: start },
    ...{ runs: [], sentences: [] },
  }));
  /** One entity in each title of the requested range. */
  const entitiesOf = ({ range = { start: 0, end: text.length } }: TagRequest): Entity[] =>
    passages
      .filter(({ start }) => start >= range.start && start <= range.end)
      .map(({ start, text: own }) => {
        const name = /BRCA\d+/.exec(own)?.[0] ?? '';
        const at = start + own.indexOf(name);
        return { start: at, end: at + name.length, text: name, name, type: 'Gene', probability: 0.9 };
      });
  const relations = vi.fn((request: RelationsRequest) =>
    Promise.resolve({
      relations: [],
      pairs: 0,
      skippedPairs: request.entities?.length ?? 0,
      covered: { start: 0, end: 1 },
      model,
    }),
  );
  const engine = {
    relations,
    passages: () => Promise.resolve({ passages, publications }),
    embed: ({ texts }: { readonly texts: readonly string[] }) =>
      Promise.resolve(texts.map(() => Float32Array.of(1, 0))),
    forget: () => undefined,
  };
  const tag = vi.fn((request: TagRequest) =>
    Promise.resolve(result({ start: 0, end: 1 }, entitiesOf(request))),
  );
  const { signal } = new AbortController();
  const run = () =>
    indexFindings(
      { document: 'file:/set.nbib', text, format: 'medline' },
      {
        ...{ hasRelationModel: true, hasQuestionModel: true, models: 'm', from },
        tagging: { key: 'k', minProbability: 0.5 },
        onPart: (part) => progress.push(part),
      },
      { client, engine, tag, signal },
    );
  return { run, stored, progress, tag, relations };
}

describe('indexFindings', () => {
  it('reads a file of records in parts that cover it, and stores each as it is found', async () => {
    const text = records(25);
    const { run, stored, progress } = setUp(text);
    await run();
    expect(stored.map(({ part }) => [part?.number, part?.isLast])).toEqual([
      [0, false],
      [1, false],
      [2, true],
    ]);
    expect(stored.map(({ part }) => part?.start)).toEqual([0, stored[0]?.part?.end, stored[1]?.part?.end]);
    expect(stored.at(-1)?.part?.end).toBeGreaterThan(text.length);
    expect(progress.map(({ done, total }) => `${done} of ${total}`)).toEqual([
      '10 of 25',
      '20 of 25',
      '25 of 25',
    ]);
    expect(stored.map(({ vectors }) => vectors.length)).toEqual([10, 10, 5]);
  });

  it('tags each record once and relates what it has tagged', async () => {
    const text = records(25);
    const { run, stored, tag, relations } = setUp(text);
    await run();
    expect(tag).toHaveBeenCalledTimes(3);
    expect(tag.mock.calls[0]?.[0]).toMatchObject({ minProbability: 0.5, text });
    const related = relations.mock.calls.map(([{ entities = [] }]) => entities.length);
    expect(related).toEqual([10, 10, 5]);
    const marks = decodeRecords(
      stored.map(({ marks: own }) => own?.record ?? ''),
      text,
    );
    expect(marks?.entities.map(({ name }) => name)).toEqual(Array.from({ length: 25 }, (_, i) => `BRCA${i}`));
    expect(marks?.publications).toHaveLength(25);
    expect(marks?.publications?.[24]).toMatchObject({ name: `Kaplan 2019, ${title(24)}`, id: '25' });
    expect(stored.every(({ marks: own }) => own?.tagging === 'k')).toBe(true);
  });

  it('goes on with the part after those that an earlier run has stored', async () => {
    const { run, stored, progress } = setUp(records(25), 2);
    await run();
    expect(stored.map(({ part }) => part?.number)).toEqual([2]);
    expect(progress).toEqual([{ done: 25, total: 25, from: 20 }]);
  });

  it('asks for a document without records as a whole', async () => {
    const { run, tag } = setUp(records(1));
    await run();
    expect(tag.mock.calls[0]?.[0].range).toBeUndefined();
  });
});
