/** Reads the files of an export back with the readers of this project, and the CSV table with csv-parse too. */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { publicationsIn } from '../../../../src/core/records/readRecords';
import { parseDocument } from '../../../../src/core/documents/parse';
import { readAnnotationCsv } from '../../../../src/core/exports/annotationCsv';
import type { AnnotatedDocument, ExportFormat } from '../../../../src/core/exports/annotationExport';
import type { Annotator } from '../../../../src/core/exports/annotator';
import { readBioc, readBiocRelations } from '../../../../src/core/exports/bioc';
import { readBrat, readBratRelations } from '../../../../src/core/exports/brat';
import { readPubtator } from '../../../../src/core/exports/pubtator';
import { readWebAnnotations } from '../../../../src/core/exports/webAnnotation';
import type { DocumentFormat, Entity, Relation } from '../../../../src/core/types';
import { openTarget } from '../../../../src/editor/exporting/exportTarget';

const models = {
  entities: { name: 'Tagger 2.0', hash: 'a1'.repeat(32) },
  relations: { name: 'Relations (own) 1.0', hash: 'b2'.repeat(32) },
};

const names: readonly (readonly [string, string])[] = [
  ['Gefitinib', 'Chemical'],
  ['EGFR', 'Gene'],
  ['lung cancer', 'Disease'],
];

/**
 * Creates a document whose entities are all occurrences of three names. Each Gefitinib inhibits the next EGFR, which is
 * known from the relation only. Diseases and the first relation are attributed to a person, the rest to the models.
 */
function annotated(name: string, format: DocumentFormat, text: string): AnnotatedDocument {
  const all = names
    .flatMap(([word, type]) =>
      [...text.matchAll(new RegExp(word, 'g'))].map(({ index }) => mention(text, index, word, type)),
    )
    .sort((a, b) => a.start - b.start);
  const relations = all.flatMap((subject): Relation[] => {
    const object = all.find((each) => each.type === 'Gene' && each.start > subject.start);
    if (subject.type !== 'Chemical' || !object) return [];
    const evidence = { start: subject.start, end: object.end };
    const cue = { start: evidence.start, end: evidence.start + 1, text: 'x' };
    return [
      { type: 'inhibitor', subject, object, probability: 0.5, evidence, evidenceText: '', negated: cue },
    ];
  });
  return {
    name,
    source: `file:///papers/${name}`,
    text,
    format,
    segments: parseDocument(text, format).segments,
    publications: publicationsIn(text, format),
    // The gene is not an entity; it is known from the relation only.
    entities: all
      .filter(({ type }) => type !== 'Gene')
      .map((entity) => ({
        ...entity,
        annotator: entity.type === 'Disease' ? ('person' as const) : models.entities,
      })),
    relations: relations.map((relation, index) => ({
      ...relation,
      annotator: index === 0 ? ('person' as const) : models.relations,
    })),
    models,
  };
}

function mention(text: string, start: number, word: string, type: string): Entity {
  const end = start + word.length;
  return { start, end, text: text.slice(start, end), name: word, type, probability: 0.9 };
}

const nbib = ['7', '8']
  .map(
    (id) => `PMID- ${id}\nTI  - Gefitinib in trial ${id}.\nAB  - Gefitinib blocks EGFR in lung cancer.\n\n`,
  )
  .join('');

const documents = [
  annotated('a.md', 'markdown', '# 𝛼 title\n\nGefitinib, "new", blocks **EGFR**;\nlung cancer shrinks.\n'),
  annotated('export.nbib', 'medline', nbib),
  annotated('deep/er/b.txt', 'plain', '=SUM(1)\nGefitinib and EGFR.\r\n'),
  annotated('empty.txt', 'plain', ''),
];

let folder: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-export-'));
});

afterEach(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

async function exported(format: ExportFormat, all = documents): Promise<string> {
  const place = path.join(folder, 'out');
  const target = await openTarget(format, place);
  for (const document of all) await target.write(document);
  await target.close();
  return place;
}

function wordsOf(mentions: readonly { readonly text: string; readonly type: string }[]): string[] {
  return mentions.map(({ text, type }) => `${type}:${text}`);
}

/** Returns the annotator of each annotation. Hashes are shortened, because brat stores only their beginning. */
function annotatorsOf(
  annotated: readonly { readonly type: string; readonly annotator?: Annotator | undefined }[],
): string[] {
  return annotated.map(({ type, annotator }) => {
    const label =
      typeof annotator === 'object' ? `${annotator.name} ${annotator.hash.slice(0, 4)}` : annotator;
    return `${type}: ${label ?? 'nobody'}`;
  });
}

/** Annotators in the first document. The gene is attributed to the person who added the relation. */
const annotators = {
  mentions: ['Chemical: Tagger 2.0 a1a1', 'Gene: person', 'Disease: person'],
  relations: ['inhibitor: person'],
  /** Annotators in the bibliography. */
  later: ['inhibitor: person', 'inhibitor: Relations (own) 1.0 b2b2'],
};

const gefitinibEgfr = ['Chemical:Gefitinib', 'Gene:EGFR'];

describe('an export of a folder', () => {
  it('writes BioC JSON with a document and its relations for each publication', async () => {
    const file = fs.readFileSync(await exported('bioc'), 'utf8');
    const read = readBioc(file);
    expect(read.map(({ id }) => id)).toEqual(['a', '7', '8', 'b', 'empty']);
    expect(wordsOf(read[1]?.mentions ?? [])).toEqual([
      'Chemical:Gefitinib',
      ...gefitinibEgfr,
      'Disease:lung cancer',
    ]);
    expect(wordsOf(read[3]?.mentions ?? [])).toEqual(gefitinibEgfr);
    const relations = readBiocRelations(file);
    expect(relations.map((each) => each.length)).toEqual([1, 2, 2, 1, 0]);
    expect(relations[3]).toEqual([
      {
        type: 'inhibitor',
        subject: 0,
        object: 1,
        probability: 0.5,
        isNegated: true,
        isSpeculated: false,
        annotator: 'person',
      },
    ]);
    expectBiocSchema(JSON.parse(file));
    expect(annotatorsOf(read[0]?.mentions ?? [])).toEqual(annotators.mentions);
    expect(annotatorsOf(relations[0] ?? [])).toEqual(annotators.relations);
    expect(annotatorsOf(relations[1] ?? [])).toEqual(annotators.later);
    expect(file).toContain(models.relations.hash);
  });

  it('writes PubTator', async () => {
    const read = readPubtator(fs.readFileSync(await exported('pubtator'), 'utf8'));
    expect(read.map(({ id }) => id)).toEqual(['a', '7', '8', 'b', 'empty']);
    expect(read[1]?.text.slice(0, read[1].titleLength)).toBe('Gefitinib in trial 7.');
    expect(wordsOf(read[0]?.mentions ?? [])).toEqual([...gefitinibEgfr, 'Disease:lung cancer']);
  });

  it('writes brat files in the folders of the documents, with a configuration', async () => {
    const place = await exported('brat');
    const at = (name: string): string => fs.readFileSync(path.join(place, name), 'utf8');
    for (const { name, text } of documents) {
      const stem = name.replace(/\.txt$/, '');
      expect(at(`${stem}.txt`)).toBe(text.replaceAll('\r\n', '\n'));
      const read = readBrat(stem, text, at(`${stem}.ann`));
      for (const each of read.mentions) expect(text.slice(each.start, each.end)).toBe(each.text);
    }
    expect(wordsOf(readBrat('b', documents[2]?.text ?? '', at('deep/er/b.ann')).mentions)).toEqual(
      gefitinibEgfr,
    );
    expect(readBratRelations(at('deep/er/b.ann'))).toMatchObject([
      { subject: 0, object: 1, isNegated: true },
    ]);
    const first = readBrat('a.md', documents[0]?.text ?? '', at('a.md.ann'));
    expect(annotatorsOf(first.mentions)).toEqual(annotators.mentions);
    expect(annotatorsOf(readBratRelations(at('a.md.ann')))).toEqual(annotators.relations);
    expect(annotatorsOf(readBratRelations(at('export.nbib.ann'))).slice(0, 2)).toEqual(annotators.later);
    const notes = at('export.nbib.ann').match(/^#\d+/gm) ?? [];
    expect(new Set(notes).size).toBe(notes.length);
    expect(at('annotation.conf')).toContain('inhibitor\tArg1:<ENTITY>, Arg2:<ENTITY>\n');
    expect(at('annotation.conf')).toContain('[entities]\nChemical\nDisease\nGene\n');
  });

  it('writes an annotation page for each document', async () => {
    const place = await exported('webAnnotation');
    for (const { name, text, source, relations } of documents) {
      const file = fs.readFileSync(path.join(place, `${name.replace(/\.txt$/, '')}.jsonld`), 'utf8');
      const read = readWebAnnotations(file, text);
      expect(read.relations).toHaveLength(relations.length);
      if (read.mentions.length > 0) expect(read.id).toBe(source);
      expectPageSchema(JSON.parse(file));
      if (name !== 'a.md') continue;
      expect(annotatorsOf(read.mentions)).toEqual(annotators.mentions);
      expect(annotatorsOf(read.relations)).toEqual(annotators.relations);
      const hash = `nih:sha-256;${models.entities.hash}`;
      expect(file).toContain(`"id": "${hash}"`);
    }
  });

  it('writes CSV that csv-parse and our reader read alike', async () => {
    const file = fs.readFileSync(await exported('csv'), 'utf8');
    const read = readAnnotationCsv(file);
    expect(read.map(({ document }) => document)).toEqual(['a.md', 'export.nbib', 'deep/er/b.txt']);
    expect(wordsOf(read[2]?.mentions ?? [])).toEqual(gefitinibEgfr);
    expect(read[1]?.relations).toHaveLength(4);
    expect(annotatorsOf(read[0]?.mentions ?? [])).toEqual(annotators.mentions);
    expect(annotatorsOf(read[0]?.relations ?? [])).toEqual(annotators.relations);
    expect(annotatorsOf(read[1]?.relations ?? []).slice(0, 2)).toEqual(annotators.later);
    const rows = parse<Record<string, string>>(file, { columns: true });
    expect(rows[0]).toMatchObject({ annotator: 'Tagger 2.0', model_sha256: models.entities.hash });
    for (const { document, mentions } of read) {
      const own = rows.filter((row) => row['document'] === document && row['kind'] === 'entity');
      expect(own.map(({ start, end, text }) => [Number(start), Number(end), text])).toEqual(
        mentions.map(({ start, end, text }) => [start, end, text]),
      );
    }
  });

  it('is well-formed without documents, as after a run that was cancelled at once', async () => {
    expect(readBioc(fs.readFileSync(await exported('bioc', []), 'utf8'))).toEqual([]);
    expect(readAnnotationCsv(fs.readFileSync(await exported('csv', []), 'utf8'))).toEqual([]);
  });

  it('refuses a folder that is not empty or cannot be written', async () => {
    fs.mkdirSync(path.join(folder, 'out'));
    fs.writeFileSync(path.join(folder, 'out/a.ann'), 'T1\tGene 0 4\tmine\n');
    await expect(openTarget('brat', path.join(folder, 'out'))).rejects.toThrow('not empty');
    await expect(openTarget('csv', path.join(folder, 'no/such/folder.csv'))).rejects.toThrow(
      'cannot be written',
    );
  });

  it('stays inside its folder, whatever the names of documents', async () => {
    const place = await exported('brat', [{ ...annotated('x', 'plain', 'EGFR'), name: '../../up:load.txt' }]);
    expect(fs.readdirSync(place).sort()).toEqual(['annotation.conf', 'up_load.ann', 'up_load.txt']);
  });
});

/** The shape of BioC JSON as NCBI serves it: there is no well-kept parser of it for Node. */
function expectBiocSchema(collection: unknown): void {
  const location = { offset: expect.any(Number) as number, length: expect.any(Number) as number };
  expect(collection).toMatchObject({ source: 'BioBERT', date: expect.any(String) as string, infons: {} });
  const { documents: found } = collection as { documents: Record<string, unknown>[] };
  for (const document of found) {
    const { passages, relations } = document as {
      passages: { offset: number; text: string; annotations: { locations: unknown[]; text: string }[] }[];
      relations: { nodes: unknown[]; infons: unknown }[];
    };
    const text = Array.from(passages.map((passage) => passage.text).join('\n'));
    for (const { annotations } of passages) {
      for (const { locations, text: own } of annotations) {
        expect(locations).toEqual([location]);
        const [{ offset, length }] = locations as [{ offset: number; length: number }];
        expect(text.slice(offset, offset + length).join('')).toBe(own);
      }
    }
    const node = { refid: expect.stringMatching(/^\d+$/) as string, role: expect.any(String) as string };
    for (const { nodes } of relations) expect(nodes).toEqual([node, node]);
  }
}

/** The fields that the W3C model requires (sections 3.1, 4.2.4, 4.2.5 and 5.2). */
function expectPageSchema(page: unknown): void {
  expect(page).toMatchObject({
    '@context': ['http://www.w3.org/ns/anno.jsonld', {}],
    type: 'AnnotationPage',
  });
  const { items } = page as { items: { motivation: string; target: unknown }[] };
  for (const item of items) {
    expect(item).toMatchObject({
      id: expect.stringContaining('#') as string,
      type: 'Annotation',
    });
    if (item.motivation !== 'tagging') continue;
    expect(item.target).toMatchObject({
      source: expect.any(String) as string,
      selector: [
        {
          type: 'TextPositionSelector',
          start: expect.any(Number) as number,
          end: expect.any(Number) as number,
        },
        { type: 'TextQuoteSelector', exact: expect.any(String) as string },
      ],
    });
  }
}
