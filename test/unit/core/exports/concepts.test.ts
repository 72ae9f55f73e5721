import * as fc from 'fast-check';
import jsonld from 'jsonld';
import { describe, expect, it } from 'vitest';
import {
  annotationCsvHead,
  annotationCsvRows,
  readAnnotationCsv,
} from '../../../../src/core/exports/annotationCsv';
import { writeBiocDocument } from '../../../../src/core/exports/bioc';
import { readBrat, writeBrat, writeBratConfiguration } from '../../../../src/core/exports/brat';
import { conceptColumns, ncbiIds } from '../../../../src/core/exports/conceptColumns';
import { readCsv } from '../../../../src/core/exports/csv';
import {
  toPassages,
  type PassageDocument,
  type PassageRelation,
} from '../../../../src/core/exports/exportPassages';
import { writeJsonLine, writeJsonRelations } from '../../../../src/core/exports/jsonl';
import { readPubtator, writePubtator } from '../../../../src/core/exports/pubtator';
import {
  relationsTsvHeader,
  tsvHeader,
  unescapeField,
  writeRelationRows,
  writeTsvRows,
} from '../../../../src/core/exports/tsv';
import { readWebAnnotations, writeWebAnnotations } from '../../../../src/core/exports/webAnnotation';
import type { ConceptLink, Entity, Relation } from '../../../../src/core/types';
import { anyText, entity } from './texts';

const text = 'Metformin lowers TP53 in liver or lung cancer.';

const metformin: ConceptLink = { id: 'MESH:D008687', name: 'Metformin', source: 'MeSH 2024', method: 'name' };
const p53: ConceptLink = {
  id: 'NCBIGene:7157',
  name: 'TP53',
  source: 'NCBI Gene',
  species: 'Homo sapiens',
  method: 'context',
};
const cancers: readonly ConceptLink[] = [
  { id: 'MESH:D008113', name: 'Liver Neoplasms', source: 'MeSH 2024', method: 'spelling' },
  { id: 'MESH:D008175', name: 'Lung Neoplasms', source: 'MeSH 2024', method: 'spelling' },
];

const drug: Entity = { ...entity(text, 'Metformin', { type: 'Chemical' }), concepts: [metformin] };
const gene: Entity = { ...entity(text, 'TP53'), concepts: [p53] };
const disease: Entity = { ...entity(text, 'liver or lung cancer', { type: 'Disease' }), concepts: cancers };
const unlinked = entity(text, 'lowers', { type: 'Chemical' });
const entities = [drug, unlinked, gene, disease];

const relation = (subject: Entity, object: Entity): Relation => ({
  type: 'inhibitor',
  subject,
  object,
  probability: 0.9,
  evidence: { start: 0, end: text.length },
  evidenceText: text,
});

const document = (mentions: readonly Entity[]): PassageDocument => ({
  id: '1',
  passages: [{ text, mentions }],
});

describe('identifiers for NCBI', () => {
  const linked = (...ids: string[]) => ids.map((id) => ({ ...metformin, id }));

  it.each([
    [['MESH:C535575'], 'MESH:C535575'],
    [['OMIM:114480'], 'OMIM:114480'],
    [['NCBIGene:672'], '672'],
    [['NCBITaxon:10090'], '10090'],
    [['Cellosaurus:CVCL_0030'], 'CVCL_0030'],
    [['FPLX:ERK'], 'FPLX:ERK'],
    [['NCBIGene:1', 'NCBIGene:2', 'NCBIGene:1'], '1|2'],
    [['LAB:a|b\tc'], 'LAB:a%7Cb c'],
  ])('%j are written as %s', (ids, written) => {
    expect(ncbiIds(linked(...ids))).toBe(written);
  });

  it('are undefined without concepts', () => {
    expect(ncbiIds(undefined)).toBeUndefined();
    expect(ncbiIds([])).toBeUndefined();
  });
});

describe('concepts in PubTator', () => {
  it('are the sixth column and the ends of relations', () => {
    const relations: readonly PassageRelation[] = [
      { subject: drug, object: gene, infons: { type: 'inhibitor' } },
      { subject: drug, object: gene, infons: { type: 'inhibitor' } },
      { subject: gene, object: disease, infons: { type: 'associated' } },
      { subject: drug, object: disease, infons: { type: 'treats', negated: 'true' } },
      { subject: unlinked, object: disease, infons: { type: 'treats' } },
    ];
    const file = writePubtator({ ...document(entities), relations });
    expect(file).toBe(
      `1|t|${text}\n1|a|\n` +
        '1\t0\t9\tMetformin\tChemical\tMESH:D008687\n' +
        '1\t10\t16\tlowers\tChemical\t-\n' +
        '1\t17\t21\tTP53\tGene\t7157\n' +
        '1\t25\t45\tliver or lung cancer\tDisease\tMESH:D008113|MESH:D008175\n' +
        '1\tinhibitor\tMESH:D008687\t7157\n' +
        '1\tassociated\t7157\tMESH:D008113\n' +
        '1\tassociated\t7157\tMESH:D008175\n\n',
    );
    expect(readPubtator(file)[0]?.mentions).toHaveLength(4);
  });

  it('keep their columns, whatever the identifier of a user contains', () => {
    fc.assert(
      fc.property(anyText, (id) => {
        const [, , line = ''] = writePubtator(
          document([{ ...drug, concepts: [{ ...metformin, id }] }]),
        ).split('\n');
        expect(line.split('\t')).toHaveLength(6);
        expect(line.split('\t')[5]).not.toContain('|');
      }),
    );
  });
});

describe('concepts in BioC', () => {
  interface Written {
    readonly passages: readonly { readonly annotations: readonly { readonly infons: unknown }[] }[];
    readonly relations: readonly { readonly infons: unknown }[];
  }
  const write = (from: PassageDocument) => JSON.parse(writeBiocDocument(from)) as Written;

  it('are infons of the annotation', () => {
    const [passage] = write(document(entities)).passages;
    expect(passage?.annotations.map(({ infons }) => infons)).toEqual([
      {
        type: 'Chemical',
        probability: '0.9731',
        identifier: 'MESH:D008687',
        database: 'ncbi_mesh',
        name: 'Metformin',
        source: 'MeSH 2024',
        linkMethod: 'name',
      },
      { type: 'Chemical', probability: '0.9731' },
      {
        type: 'Gene',
        probability: '0.9731',
        identifier: '7157',
        database: 'ncbi_gene',
        name: 'TP53',
        source: 'NCBI Gene',
        linkMethod: 'context',
        species: 'Homo sapiens',
      },
      {
        type: 'Disease',
        probability: '0.9731',
        identifier: 'MESH:D008113|MESH:D008175',
        database: 'ncbi_mesh',
        name: 'Liver Neoplasms|Lung Neoplasms',
        source: 'MeSH 2024',
        linkMethod: 'spelling',
      },
    ]);
  });

  it('are infons of a relation if both mentions have them', () => {
    const relations = [
      { subject: drug, object: disease, infons: { type: 'treats' } },
      { subject: drug, object: unlinked, infons: { type: 'binds' } },
    ];
    expect(write({ ...document(entities), relations }).relations.map(({ infons }) => infons)).toEqual([
      { type: 'treats', entity1: 'MESH:D008687', entity2: 'MESH:D008113|MESH:D008175' },
      { type: 'binds' },
    ]);
  });

  it('have the prefix or the source as their database', () => {
    const own = (id: string) => ({ id, name: 'x', source: 'my terms', method: 'user' as const });
    const databases = ['FPLX:ERK', 'NCBITaxon:9606', 'x17'].map((id) => {
      const [passage] = write(document([{ ...drug, concepts: [own(id)] }])).passages;
      return (passage?.annotations[0]?.infons as { database: string }).database;
    });
    expect(databases).toEqual(['fplx', 'ncbi_taxonomy', 'my terms']);
  });
});

describe('concepts in brat', () => {
  it('are normalizations of the mention', () => {
    const file = writeBrat(text, [drug, disease]);
    expect(file).toBe(
      'T1\tChemical 0 9\tMetformin\n' +
        'N1\tReference T1 MESH:D008687\tMetformin\n' +
        '#1\tAnnotatorNotes T1\tprobability 0.9731\n' +
        'T2\tDisease 25 45\tliver or lung cancer\n' +
        'N2\tReference T2 MESH:D008113\tLiver Neoplasms\n' +
        'N3\tReference T2 MESH:D008175\tLung Neoplasms\n' +
        '#2\tAnnotatorNotes T2\tprobability 0.9731\n',
    );
    expect(readBrat('a', text, file).mentions).toHaveLength(2);
  });

  it('have a database and no white space, whatever the identifier of a user contains', () => {
    fc.assert(
      fc.property(anyText, (id) => {
        const file = writeBrat(text, [{ ...drug, concepts: [{ ...metformin, id: `${id}x` }] }]);
        const [, line = ''] = file.split('\n');
        expect(line).toMatch(/^N1\tReference T1 [^\s:]+:\S+\tMetformin$/u);
      }),
    );
  });

  it('are explained in the configuration', () => {
    const plain = writeBratConfiguration(['Gene']);
    const explained = writeBratConfiguration(['Gene'], [], true);
    expect(plain).not.toContain('#');
    expect(explained).toContain('# MESH\tDB:MESH, <URL>:https://meshb.nlm.nih.gov/, <URLBASE>:https://');
    expect(
      explained
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#'))
        .join('\n'),
    ).toBe(
      plain
        .split('\n')
        .filter((line) => line !== '')
        .join('\n'),
    );
  });
});

describe('concepts in tables', () => {
  const rowsOf = (table: string) => {
    const [header = [], ...rows] = table
      .slice(0, -1)
      .split('\n')
      .map((line) => line.split('\t').map(unescapeField));
    return rows.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index]])));
  };

  it('are columns of mentions', () => {
    expect(rowsOf(tsvHeader + writeTsvRows('a', entities))).toMatchObject([
      { concept_ids: 'MESH:D008687', concept_name: 'Metformin', concept_source: 'MeSH 2024', species: '' },
      { concept_ids: '', concept_name: '', concept_source: '', link_method: '', species: '' },
      { concept_ids: 'NCBIGene:7157', link_method: 'context', species: 'Homo sapiens' },
      { concept_ids: 'MESH:D008113|MESH:D008175', concept_name: 'Liver Neoplasms|Lung Neoplasms' },
    ]);
  });

  it('are identifiers of subjects and objects', () => {
    const table =
      relationsTsvHeader + writeRelationRows('a', [relation(gene, disease), relation(unlinked, gene)]);
    expect(rowsOf(table)).toMatchObject([
      { subject_id: 'NCBIGene:7157', object_id: 'MESH:D008113|MESH:D008175' },
      { subject_id: '', object_id: 'NCBIGene:7157' },
    ]);
  });

  it('are columns of a table for spreadsheets, which can be read back', () => {
    const link = { type: 'x', subject: 0, object: 2, isNegated: false, isSpeculated: false };
    const file = annotationCsvHead + annotationCsvRows('a', entities, [link]);
    const [header = [], ...rows] = readCsv(file);
    expect(header.slice(-5)).toEqual([
      'concept_ids',
      'concept_name',
      'concept_source',
      'link_method',
      'species',
    ]);
    expect(rows.map((row) => row.length)).toEqual(rows.map(() => header.length));
    expect(rows.map((row) => row.at(-5))).toEqual([
      'MESH:D008687',
      '',
      'NCBIGene:7157',
      'MESH:D008113|MESH:D008175',
      '',
    ]);
    expect(readAnnotationCsv(file)[0]?.mentions).toHaveLength(4);
  });

  it('are not executed as formulas', () => {
    const evil = { ...metformin, id: '=cmd()', name: '@x', source: '+1' };
    const [, row = []] = readCsv(
      annotationCsvHead + annotationCsvRows('a', [{ ...drug, concepts: [evil] }], []),
    );
    expect(row.slice(-5, -2)).toEqual(['=cmd()', '@x', '+1']);
    expect(annotationCsvRows('a', [{ ...drug, concepts: [evil] }], [])).toContain("'=cmd(),'@x,'+1");
  });

  it('are as many columns as documented, for any values', () => {
    fc.assert(
      fc.property(anyText, anyText, (id, name) => {
        const concept = { id, name, source: name, method: 'user' as const };
        const columns = conceptColumns([concept]);
        expect(columns).toHaveLength(5);
        for (const column of columns) expect(column).not.toMatch(/[\t\r\n|]/u);
      }),
    );
  });
});

describe('concepts in JSON lines', () => {
  it('are written as they are', () => {
    const { entities: written } = JSON.parse(writeJsonLine('a', entities)) as { entities: Entity[] };
    expect(written.map(({ concepts }) => concepts)).toEqual([[metformin], undefined, [p53], cancers]);
  });

  it('give relations the identifiers of both mentions', () => {
    const line = writeJsonRelations('a', [relation(gene, disease), relation(unlinked, drug)]);
    const { relations } = JSON.parse(line) as { relations: unknown[] };
    expect(relations).toMatchObject([
      {
        subject_id: 'NCBIGene:7157',
        object_id: 'MESH:D008113|MESH:D008175',
        subject: { concepts: [p53] },
        object: { concepts: cancers },
      },
      { object_id: 'MESH:D008687' },
    ]);
    expect(relations[1]).not.toHaveProperty('subject_id');
  });
});

describe('concepts in Web Annotations', () => {
  const own: ConceptLink = { id: 'LAB:17', name: 'Our drug', source: 'terms', method: 'user' };
  const source = 'file:///a.txt';
  const file = writeWebAnnotations({
    source,
    text,
    entities: [drug, unlinked, disease, { ...gene, concepts: [own] }],
    relations: [{ type: 'x', subject: 0, object: 2, isNegated: false, isSpeculated: false }],
  });
  const { items } = JSON.parse(file) as { items: { body: unknown }[] };

  it('are bodies that identify the mention by the address of its entry', () => {
    const mesh = 'https://meshb.nlm.nih.gov/record/ui?ui=';
    const tag = { type: 'TextualBody', purpose: 'tagging', confidence: 0.9731 };
    const entry = { type: 'SpecificResource', purpose: 'identifying' };
    expect(items.slice(0, 4).map(({ body }) => body)).toEqual([
      [
        { ...tag, value: 'Chemical' },
        {
          ...entry,
          source: `${mesh}D008687`,
          'dcterms:identifier': 'MESH:D008687',
          'dcterms:title': 'Metformin',
        },
      ],
      { ...tag, value: 'Chemical' },
      [
        { ...tag, value: 'Disease' },
        {
          ...entry,
          source: `${mesh}D008113`,
          'dcterms:identifier': 'MESH:D008113',
          'dcterms:title': 'Liver Neoplasms',
        },
        {
          ...entry,
          source: `${mesh}D008175`,
          'dcterms:identifier': 'MESH:D008175',
          'dcterms:title': 'Lung Neoplasms',
        },
      ],
      [
        { ...tag, value: 'Gene' },
        {
          type: 'TextualBody',
          purpose: 'identifying',
          value: 'LAB:17',
          'dcterms:identifier': 'LAB:17',
          'dcterms:title': 'Our drug',
        },
      ],
    ]);
  });

  it('leave mentions and relations readable', () => {
    const read = readWebAnnotations(file, text);
    expect(read.mentions.map(({ type }) => type)).toEqual(['Chemical', 'Chemical', 'Disease', 'Gene']);
    expect(read.relations).toHaveLength(1);
  });

  it('are triples for a JSON-LD processor', async () => {
    const context = {
      '@context': {
        oa: 'http://www.w3.org/ns/oa#',
        dcterms: 'http://purl.org/dc/terms/',
        type: '@type',
        SpecificResource: 'oa:SpecificResource',
        body: { '@type': '@id', '@id': 'oa:hasBody' },
        source: { '@type': '@id', '@id': 'oa:hasSource' },
        purpose: { '@type': '@vocab', '@id': 'oa:hasPurpose' },
        identifying: 'oa:identifying',
        items: { '@id': 'oa:items', '@container': '@list' },
      },
    };
    const documentLoader = (url: string) => Promise.resolve({ documentUrl: url, document: context });
    const expand = jsonld.expand as (input: unknown, options: object) => Promise<unknown>;
    const written = JSON.stringify(await expand(JSON.parse(file), { documentLoader }));
    expect(written).toContain('"http://purl.org/dc/terms/identifier":[{"@value":"MESH:D008687"}]');
    expect(written).toContain(
      '"http://www.w3.org/ns/oa#hasSource":[{"@id":"https://meshb.nlm.nih.gov/record/ui?ui=D008687"}]',
    );
    expect(written).toContain(
      '"http://www.w3.org/ns/oa#hasPurpose":[{"@id":"http://www.w3.org/ns/oa#identifying"}]',
    );
  });
});

describe('passages', () => {
  it('keep the concepts of their mentions', () => {
    const whole = { start: 0, length: text.length, documentStart: 0, documentLength: text.length };
    const [passage] = toPassages([{ text, base: 0, runs: [whole] }], entities);
    expect(passage?.mentions.map(({ concepts }) => concepts)).toEqual([
      [metformin],
      undefined,
      [p53],
      cancers,
    ]);
  });
});
