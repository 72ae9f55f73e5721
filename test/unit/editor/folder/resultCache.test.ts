import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConceptLink, Entity } from '../../../../src/core/types';
import {
  ResultCache,
  recordName,
  type RecordKey,
  type Storage,
} from '../../../../src/editor/folder/resultCache';
import { decodeRecord, encodeRecord, type TaggedDocument } from '../../../../src/editor/entities/record';

class MemoryStorage implements Storage {
  readonly files = new Map<string, string>();
  read(name: string) {
    return Promise.resolve(this.files.get(name));
  }
  write(name: string, content: string) {
    this.files.set(name, content);
    return Promise.resolve();
  }
  list() {
    return Promise.resolve([...this.files.keys()]);
  }
  remove(name: string) {
    this.files.delete(name);
    return Promise.resolve();
  }
}

const text = 'Loss of tumor protein\np53 (TP53) and TNF-$\\alpha$ in glioma.';

function entity(own: string, type: string, name = own.replace(/\s+/g, ' ')): Entity {
  const start = text.indexOf(own);
  return { start, end: start + own.length, text: own, name, type, probability: 0.9313 };
}

const tagged: TaggedDocument = {
  entities: [
    entity('tumor protein\np53', 'Gene'),
    entity('TP53', 'Gene'),
    entity('TNF-$\\alpha$', 'Gene', 'TNF-α'),
    entity('glioma', 'Disease'),
  ],
  abbreviations: [
    {
      short: { start: text.indexOf('TP53'), end: text.indexOf('TP53') + 4 },
      long: { start: text.indexOf('tumor'), end: text.indexOf(' (TP53') },
      shortText: 'TP53',
      longText: 'tumor protein p53',
    },
  ],
};

const p53: ConceptLink = {
  id: 'NCBIGene:7157',
  name: 'TP53',
  source: 'HGNC',
  species: 'human',
  method: 'name',
};
const tnf: ConceptLink = { id: 'NCBIGene:7124', name: 'TNF', source: 'HGNC', method: 'spelling' };

/** The same entities: two of one concept, one of two concepts, and one without. */
function withConcepts(): Entity[] {
  const links: readonly (readonly ConceptLink[] | undefined)[] = [
    [{ ...p53, method: 'context' }],
    [p53],
    [tnf, p53],
  ];
  return tagged.entities.map((each, i) => (links[i] ? { ...each, concepts: links[i] } : each));
}

const key: RecordKey = {
  text,
  format: 'latex',
  modelHash: 'a'.repeat(64),
  minProbability: 0.5,
  consistency: true,
  terminology: 'Terms 1',
  version: '1.0.0',
};

describe('a record', () => {
  it('returns what was encoded', () => {
    expect(decodeRecord(encodeRecord(tagged, text), text)).toEqual(tagged);
  });

  it('returns the concepts of the entities and the terminology', () => {
    const linked = { ...tagged, entities: withConcepts(), terminology: { name: 'Terms', version: '1' } };
    expect(decodeRecord(encodeRecord(linked, text), text)).toEqual(linked);
  });

  it('stores a concept of many mentions once', () => {
    const json = encodeRecord({ ...tagged, entities: withConcepts() }, text);
    expect(json.split('NCBIGene:7157')).toHaveLength(2);
  });

  it.each([
    ['an entity that is not there', [[9, 0, 0]]],
    ['a concept that is not there', [[0, 7, 0]]],
    ['a method that is not there', [[0, 0, 99]]],
    ['half a pair', [[0, 0, 0, 0]]],
    ['no concept', [[0]]],
    ['no numbers', [['0', 0, 0]]],
    ['no rows', [0]],
  ])('is refused with a link to %s', (_, links) => {
    const record = JSON.parse(encodeRecord({ ...tagged, entities: withConcepts() }, text)) as object;
    expect(decodeRecord(JSON.stringify(record), text)).toBeDefined();
    expect(decodeRecord(JSON.stringify({ ...record, links }), text)).toBeUndefined();
  });

  it('contains no text of the document except names that differ because of markup', () => {
    const json = encodeRecord(tagged, text);
    expect(json).toContain('TNF-α');
    for (const word of ['TP53', 'glioma', 'tumor']) expect(json).not.toContain(word);
  });

  it.each([
    ['broken JSON', '{"version":1'],
    ['another version', '{"version":0,"types":[],"entities":[],"abbreviations":[]}'],
    ['a missing field', '{"version":1,"types":[],"entities":[]}'],
    ['a row that is no row', '{"version":1,"types":["Gene"],"entities":[7],"abbreviations":[]}'],
    ['an unknown type', '{"version":1,"types":[],"entities":[[0,4,0,0.9]],"abbreviations":[]}'],
    [
      'an end beyond the text',
      '{"version":1,"types":["Gene"],"entities":[[0,4000,0,0.9]],"abbreviations":[]}',
    ],
    ['a negative start', '{"version":1,"types":["Gene"],"entities":[[-1,4,0,0.9]],"abbreviations":[]}'],
    ['null', 'null'],
  ])('is refused with %s', (_, json) => {
    expect(decodeRecord(json, text)).toBeUndefined();
  });

  it('never throws, whatever the file holds', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (json) => {
        expect(() => decodeRecord(json, text)).not.toThrow();
      }),
    );
  });
});

describe('ResultCache', () => {
  it('finds a result that an earlier run stored', async () => {
    const storage = new MemoryStorage();
    await new ResultCache(storage).store(key, tagged);
    expect(await new ResultCache(storage).find(key)).toEqual(tagged);
  });

  it.each([
    ['text', { ...key, text: `${text} ` }],
    ['format', { ...key, format: 'plain' as const }],
    ['model', { ...key, modelHash: 'b'.repeat(64) }],
    ['threshold', { ...key, minProbability: 0.6 }],
    ['consistency', { ...key, consistency: false }],
    ['terminology', { ...key, terminology: 'Terms 2' }],
    ['version of the extension', { ...key, version: '1.0.1' }],
  ])('does not find it with another %s', async (_, other) => {
    const storage = new MemoryStorage();
    await new ResultCache(storage).store(key, tagged);
    expect(await new ResultCache(storage).find(other)).toBeUndefined();
  });

  it('distinguishes lone surrogates', () => {
    expect(recordName({ ...key, text: '\ud800' })).not.toBe(recordName({ ...key, text: '\ud801' }));
  });

  it('removes exactly the records that the run did not use', async () => {
    const storage = new MemoryStorage();
    const before = new ResultCache(storage);
    await before.store(key, tagged);
    await before.store({ ...key, text: 'gone', format: 'plain' }, { entities: [], abbreviations: [] });
    const run = new ResultCache(storage);
    await run.find(key);
    await run.store({ ...key, text: 'new' }, { entities: [], abbreviations: [] });
    expect(await run.prune()).toBe(1);
    expect([...storage.files.keys()].sort()).toEqual(
      [recordName(key), recordName({ ...key, text: 'new' })].sort(),
    );
  });
});
