import { describe, expect, it } from 'vitest';
import {
  annotationCsvHead,
  annotationCsvRows,
  readAnnotationCsv,
} from '../../../../src/core/exports/annotationCsv';
import {
  biocEnd,
  biocStart,
  readBioc,
  readBiocRelations,
  writeBiocDocument,
} from '../../../../src/core/exports/bioc';
import {
  readBrat,
  readBratRelations,
  writeBrat,
  writeBratRelations,
} from '../../../../src/core/exports/brat';
import { wholeDocument } from '../../../../src/core/records/publicationPlaces';
import { relatedPublications } from '../../../../src/core/exports/publications';
import { toLinks } from '../../../../src/core/exports/relationLink';
import { readWebAnnotations, writeWebAnnotations } from '../../../../src/core/exports/webAnnotation';
import type { Entity, Relation, Segment } from '../../../../src/core/types';

// Characters outside the basic plane come first: formats count code points, we count UTF-16 units.
const text = '𝛼𝛽 Gefitinib, "new", blocks EGFR.\nIt may not change TP53.';

function mention(name: string, type: string): Entity {
  const start = text.indexOf(name);
  return { start, end: start + name.length, text: name, name, type, probability: 0.9 };
}

const entities = [mention('Gefitinib', 'Chemical'), mention('EGFR', 'Gene'), mention('TP53', 'Gene')];
const [gefitinib, egfr, tp53] = entities as [Entity, Entity, Entity];

function relation(type: string, subject: Entity, object: Entity, change: Partial<Relation> = {}): Relation {
  return {
    type,
    subject,
    object,
    probability: 0.75,
    evidence: { start: 0, end: text.length },
    evidenceText: text,
    ...change,
  };
}

const cue = { start: 0, end: 1, text: 'x' };
const relations = [
  relation('inhibitor', gefitinib, egfr),
  relation('association', gefitinib, tp53, { negated: cue, speculated: cue }),
];
const links = toLinks(relations, entities);

const mentions = entities.map(({ start, end, text: own, type, probability }) => ({
  start,
  end,
  text: own,
  type,
  probability,
}));

describe('relations in files', () => {
  it('refer to mentions by index, and are left out if a mention is not in the list', () => {
    expect(links.map(({ subject, object }) => [subject, object])).toEqual([
      [0, 1],
      [0, 2],
    ]);
    expect(toLinks(relations, entities.slice(0, 2))).toHaveLength(1);
  });

  it('can be read back from brat, including negation and speculation', () => {
    const file = writeBrat(text, entities) + writeBratRelations(links, entities.length);
    expect(file).toContain('R1\tinhibitor Arg1:T1 Arg2:T2\n');
    expect(readBratRelations(file)).toEqual(links);
    expect(readBrat('a', text, file).mentions).toEqual(mentions);
  });

  it('can be read back from BioC JSON, across passages', () => {
    const [first = '', second = ''] = text.split('\n');
    const segments: Segment[] = [segment(first, 0), segment(second, first.length + 1)];
    const found = relatedPublications()(
      { id: 'a', publications: wholeDocument(text), segments },
      entities,
      relations,
    );
    const file = biocStart('test') + found.map(writeBiocDocument).join('') + biocEnd;
    expect(readBiocRelations(file)).toEqual([links]);
    expect(readBioc(file)[0]?.mentions.map(({ text: own }) => own)).toEqual(['Gefitinib', 'EGFR', 'TP53']);
  });

  it('can be read back from W3C Web Annotations, which count code points', () => {
    const file = writeWebAnnotations({ source: 'file:///a.txt', text, entities, relations: links });
    expect(file).toContain('"start": 3');
    expect(readWebAnnotations(file, text)).toEqual({ id: 'file:///a.txt', text, mentions, relations: links });
    expect(file).not.toContain('generator');
  });

  it('can be read back from CSV', () => {
    const file = annotationCsvHead + annotationCsvRows('a.txt', entities, links);
    expect(readAnnotationCsv(file)).toEqual([{ document: 'a.txt', mentions, relations: links }]);
  });

  it('have no line ends and tabs inside the fields of CSV', () => {
    const name = 'zinc\u2028\tfinger\n1';
    const zinc = { ...gefitinib, text: name, name };
    const file = annotationCsvRows('a\u0085.txt', [zinc], []);
    expect(file.trimEnd()).not.toMatch(/[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]/);
    expect(readAnnotationCsv(annotationCsvHead + file)[0]?.mentions[0]?.text).toBe('zinc  finger 1');
  });

  it('are not read from files in another format', () => {
    expect(() => readWebAnnotations('{"items":[]}', text)).toThrow('Web Annotations');
    expect(() => readWebAnnotations('no', text)).toThrow('Web Annotations');
    expect(() => readAnnotationCsv('a,b\r\n1,2\r\n')).toThrow('columns');
  });
});

function segment(prose: string, base: number): Segment {
  return {
    text: prose,
    base,
    runs: [{ start: 0, length: prose.length, documentStart: 0, documentLength: prose.length }],
  };
}
