import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RelationsResult } from '../../src/protocol/engine';
import { writeTinyRelations } from '../support/tinyRelations';
import { writeTinyTagger } from '../support/tinyTagger';
import { tinyTerminologyBytes } from '../support/tinyTerminology';
import { disposables, engines, plain } from './engines';

const { own, folder } = disposables();

describe.each(engines)('$name', ({ create }) => {
  const engineWith = (bytes: Buffer | undefined) => {
    const terminologyPath = folder();
    if (bytes) fs.writeFileSync(path.join(terminologyPath, 'terms.bin'), bytes);
    const modelPaths = {
      'token-classification': writeTinyTagger(folder(), { species: true }),
      'relation-extraction': writeTinyRelations(folder()),
    };
    return own(create({ modelPaths, terminologyPath }));
  };
  const text = 'TP53 of mice and breast cancer.';

  it('links mentions to the concepts of a terminology', async () => {
    const result = await engineWith(tinyTerminologyBytes()).tag(plain(text));
    expect(result.terminology).toEqual({ name: 'Tiny terminology', version: '0.1.0' });
    expect(
      result.entities.map(({ name, concepts }) => [name, concepts?.[0]?.id, concepts?.[0]?.species]),
    ).toEqual([
      ['TP53', 'NCBIGene:22059', 'mouse'],
      ['mice', 'NCBITaxon:10090', undefined],
      ['breast cancer', 'MESH:D001943', undefined],
    ]);
  });

  it('does not link if that is not wanted', async () => {
    const { entities, terminology } = await engineWith(tinyTerminologyBytes()).tag(
      plain(text, { link: false }),
    );
    expect(terminology).toBeUndefined();
    expect(entities).toHaveLength(3);
    expect(entities.every(({ concepts }) => concepts === undefined)).toBe(true);
  });

  it.each([
    ['is missing', undefined],
    ['is damaged', Buffer.from('no terminology')],
  ])('tags without links if the terminology %s', async (_, bytes) => {
    const engine = engineWith(bytes);
    const { entities, terminology } = await engine.tag(plain(text));
    expect(terminology).toBeUndefined();
    expect(entities).toHaveLength(3);
    expect(await engine.concepts({ text: 'sorafenib', match: 'name' })).toEqual({
      terminology: undefined,
      concepts: [],
    });
  });

  it('marks the terms of the user, and links them without a terminology too', async () => {
    const terms = [{ name: 'carriers', id: 'LAB:7', type: 'Disease' }];
    const { entities } = await engineWith(undefined).tag(plain('Carriers of BRCA1.', { terms }));
    expect(entities.map(({ name, type, concepts }) => [name, type, concepts?.[0]?.id])).toEqual([
      ['Carriers', 'Disease', 'LAB:7'],
      ['BRCA1', 'Gene', undefined],
    ]);
  });

  it('links the mentions of relations that it tags itself, and leaves others as they are', async () => {
    const engine = engineWith(tinyTerminologyBytes());
    const request = plain('Aspirin inhibits BRCA1.');
    const objects = ({ relations }: RelationsResult) =>
      relations.map(({ object }) => object.concepts?.[0]?.id);
    const own = await engine.relations(request);
    expect(own.terminology).toBeDefined();
    expect(objects(own)).toEqual(['NCBIGene:672']);
    // A person may have decided that a name refers to no concept.
    const { entities } = await engine.tag({ ...request, link: false });
    const given = await engine.relations({ ...request, entities });
    expect(given.terminology).toBeUndefined();
    expect(objects(given)).toEqual([undefined]);
  });

  it('looks concepts up by name and in a text, without a model', async () => {
    const engine = engineWith(tinyTerminologyBytes());
    const named = await engine.concepts({ text: 'Nexavar', match: 'name' });
    expect(named.concepts.map(({ id, name, type }) => [id, name, type])).toEqual([
      ['MESH:D000077157', 'Sorafenib', 'Chemical'],
    ]);
    const asked = await engine.concepts({ text: 'Does Nexavar help?', match: 'mentions' });
    expect(asked.concepts).toEqual([
      expect.objectContaining({ id: 'MESH:D000077157', mention: { start: 5, end: 12 } }),
    ]);
    expect((await engine.concepts({ text: 'Nexavar', match: 'name', type: 'Gene' })).concepts).toEqual([]);
  });
});
