import { describe, expect, it } from 'vitest';
import { readDecisions, writeDecisions } from '../../../../src/core/curation/curationFile';
import {
  Curation,
  noDecisions,
  type Decisions,
  type EntityDecision,
  type LinkDecision,
} from '../../../../src/core/curation/decisions';
import { mergeDecisions } from '../../../../src/core/curation/merge';
import type { Concept, ConceptLink, Entity } from '../../../../src/core/types';

const catalase: Concept = { id: 'NCBIGene:847', name: 'CAT', source: 'HGNC', species: 'human' };
const katze: Concept = { id: 'NCBITaxon:9685', name: 'Felis catus', source: 'NCBI Taxonomy' };

function mention(name: string, type: string, concept?: ConceptLink): Entity {
  const concepts = concept && [concept];
  return { start: 0, end: name.length, text: name, name, type, probability: 0.6, concepts };
}

function chosen(name: string, type: string, ...concepts: readonly Concept[]): LinkDecision {
  return { name, type, concepts };
}

function curation(links: readonly LinkDecision[], entities: readonly EntityDecision[] = []): Curation {
  return new Curation({ entities, links, relations: [] });
}

const found = [
  mention('CAT', 'Gene', { ...katze, method: 'name' }),
  mention('Cat', 'Gene'),
  mention('cat', 'Species', { ...katze, method: 'name' }),
];

describe('curation of concepts', () => {
  it('links every spelling of a name of one type to the chosen concept', () => {
    const linked = curation([chosen('cat', 'Gene', catalase)]).linked(found);
    expect(linked.map(({ concepts }) => concepts)).toEqual([
      [{ ...catalase, method: 'user' }],
      [{ ...catalase, method: 'user' }],
      [{ ...katze, method: 'name' }],
    ]);
  });

  it('removes the link of a name that refers to no concept', () => {
    const [gene, , species] = curation([chosen('CAT', 'Gene')]).linked(found);
    expect(gene?.concepts).toBeUndefined();
    expect(species?.concepts).toHaveLength(1);
  });

  it('accepts several concepts for a composite mention', () => {
    const [linked] = curation([chosen('CAT', 'Gene', catalase, katze)]).linked(found);
    expect(linked?.concepts?.map(({ id }) => id)).toEqual(['NCBIGene:847', 'NCBITaxon:9685']);
  });

  it('drops the concept of a name whose type was corrected, and uses the choice for the new type', () => {
    const retyped: EntityDecision = { name: 'cat', type: 'Gene', verdict: 'retyped', was: 'Species' };
    const corrected = curation([], [retyped]).entities(found.slice(2));
    expect(corrected).toMatchObject([{ type: 'Gene', concepts: undefined }]);
    const [linked] = curation([chosen('cat', 'Gene', catalase)], [retyped]).linked(corrected);
    expect(linked?.concepts?.map(({ id }) => id)).toEqual(['NCBIGene:847']);
  });

  it('keeps the concept of an accepted name', () => {
    const accepted: EntityDecision = { name: 'CAT', type: 'Gene', verdict: 'accepted' };
    const [kept] = curation([], [accepted]).entities(found.slice(0, 1));
    expect(kept?.concepts).toHaveLength(1);
  });

  it('changes the fingerprint, on which stored results depend', () => {
    const one = curation([chosen('CAT', 'Gene', catalase)]);
    const prints = [curation([]), one, curation([chosen('CAT', 'Gene')])].map((each) => each.fingerprint);
    expect(prints[0]).toBe('');
    expect(new Set(prints).size).toBe(3);
    expect(one.isEmpty).toBe(false);
  });
});

const decisions: Decisions = {
  entities: [{ name: 'CAT', type: 'Gene', verdict: 'accepted' }],
  links: [chosen('CAT', 'Gene', catalase), chosen('FOO', 'Gene', catalase, katze), chosen('cell', 'Species')],
  relations: [],
};

describe('decisions about concepts in the file', () => {
  it('are read as they were written', () => {
    const file = writeDecisions(decisions);
    expect(readDecisions(file)).toEqual({ decisions, unread: { entities: [], relations: [] } });
    expect(writeDecisions(readDecisions(file)?.decisions ?? noDecisions)).toBe(file);
  });

  it('have one line each, and do not depend on the order of the choices', () => {
    const file = writeDecisions(decisions);
    expect(file.split('\n').filter((line) => line.includes('"linked"'))).toHaveLength(3);
    expect(writeDecisions({ ...decisions, links: [...(decisions.links ?? [])].reverse() })).toBe(file);
  });

  it('are lines among the entities, which earlier versions write back unchanged', () => {
    const { entities } = JSON.parse(writeDecisions(decisions)) as { entities: { verdict: string }[] };
    expect(entities.map(({ verdict }) => verdict)).toEqual(['accepted', 'linked', 'linked', 'linked']);
    const unread = { entities: entities.slice(1), relations: [] };
    const rewritten = writeDecisions({ entities: decisions.entities, relations: [] }, unread);
    expect(readDecisions(rewritten)?.decisions).toEqual(decisions);
  });

  it('are optional: a file of an earlier version is read', () => {
    const file =
      '{"biobertCuration":1,"entities":[{"name":"a","type":"Gene","verdict":"added"}],"relations":[]}';
    expect(readDecisions(file)?.decisions).toEqual({
      entities: [{ name: 'a', type: 'Gene', verdict: 'added' }],
      relations: [],
    });
  });

  it('need only the identifier, so that they can be written by hand', () => {
    const line = { name: 'foo', type: 'Gene', verdict: 'linked', concepts: [{ id: 'LAB:7' }] };
    const file = JSON.stringify({ biobertCuration: 1, entities: [line], relations: [] });
    expect(readDecisions(file)?.decisions.links).toEqual([
      chosen('foo', 'Gene', { id: 'LAB:7', name: 'foo', source: '' }),
    ]);
  });

  it.each([
    ['no list of concepts', { concepts: 'LAB:7' }],
    ['an empty identifier', { concepts: [{ id: ' ' }] }],
    ['one damaged concept of two', { concepts: [{ id: 'LAB:7' }, 7] }],
    ['no name', { name: '', concepts: [] }],
    ['an unknown verdict', { verdict: 'unlinked', concepts: [] }],
  ])('are written back unchanged if they have %s', (_, change) => {
    const line = { name: 'foo', type: 'Gene', verdict: 'linked', ...change };
    const read = readDecisions(JSON.stringify({ biobertCuration: 1, entities: [line], relations: [] }));
    expect(read).toEqual({ decisions: noDecisions, unread: { entities: [line], relations: [] } });
    expect(JSON.parse(writeDecisions(noDecisions, read?.unread))).toMatchObject({ entities: [line] });
  });
});

describe('merging decisions about concepts', () => {
  const links = (...all: readonly LinkDecision[]): Decisions => ({ ...noDecisions, links: all });
  const gene = chosen('CAT', 'Gene', catalase);
  const none = chosen('cat', 'Gene');
  const other = chosen('FOO', 'Gene', katze);

  it('keeps the choices of both sides; about the same name, ours is the later one', () => {
    const merged = mergeDecisions({ base: noDecisions, ours: links(none), theirs: links(other, gene) });
    expect(merged.links).toEqual([other, none]);
  });

  it('takes a choice that only one side changed or undid', () => {
    const base = links(gene, other);
    const changed = links(none, other);
    expect(mergeDecisions({ base, ours: base, theirs: changed }).links).toEqual([none, other]);
    expect(mergeDecisions({ base, ours: changed, theirs: base }).links).toEqual([none, other]);
    expect(mergeDecisions({ base, ours: links(gene), theirs: base }).links).toEqual([gene]);
    expect(mergeDecisions({ base, ours: base, theirs: noDecisions }).links).toBeUndefined();
  });

  it('takes a concept with a corrected name for a change', () => {
    const base = links(gene);
    const renamed = links(chosen('CAT', 'Gene', { ...catalase, name: 'catalase' }));
    expect(mergeDecisions({ base, ours: base, theirs: renamed })).toEqual(renamed);
  });
});
