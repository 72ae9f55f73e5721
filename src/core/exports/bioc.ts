import { BioBertError, errorCodes } from '../errors';
import type { AnnotatingModels, Annotator, ModelAnnotator } from './annotator';
import { CodePointOffsets } from './codePoints';
import { conceptInfons, ncbiIds } from './conceptColumns';
import { roundProbability, type AnnotatedText, type Mention } from './mention';
import type { Passage, PassageDocument } from './exportPassages';
import type { RelationLink } from './relationLink';

/*
 * BioC (Comeau et al. 2013, Database) in the JSON form of NCBI. The original format counts bytes of UTF-8. NCBI's own
 * JSON services and the Python libraries count characters, and so does this module: offsets and lengths are code
 * points.
 *
 * The infons of a document name the models that annotated it and the SHA-256 hash of each. An annotation or relation
 * that a person accepted, changed or added has `"annotator": "person"`, the key that TeamTat (Islamaj et al. 2020)
 * uses.
 *
 * A linked mention has the infons `identifier`, `database` and `name` of PubTator 3. A relation of two linked mentions
 * has their identifiers as `entity1` and `entity2`, the keys of BioRED (Luo et al. 2022).
 */

/** Starts a collection. Documents follow, joined by {@link biocSeparator}, and {@link biocEnd} ends it. */
export function biocStart(source: string): string {
  const head = JSON.stringify({ source, date: '', key: 'biobert.key', version: '1.0', infons: {} });
  return `${head.slice(0, -1)},"documents":[\n`;
}

export const biocSeparator = ',\n';
export const biocEnd = '\n]}\n';

/** Writes a collection step by step; documents can be added in batches. */
export interface BiocCollection {
  readonly start: () => string;
  readonly add: (documents: readonly PassageDocument[]) => string;
  readonly end: () => string;
}

export function biocCollection(source: string): BiocCollection {
  let separator = '';
  return {
    start: () => biocStart(source),
    add: (documents) => {
      const written = documents.map((document) => {
        const text = separator + writeBiocDocument(document);
        separator = biocSeparator;
        return text;
      });
      return written.join('');
    },
    end: () => biocEnd,
  };
}

/** Writes one document of a collection: one passage per segment of prose, with one line break between two passages. */
export function writeBiocDocument({ id, passages, relations = [], models }: PassageDocument): string {
  let offset = 0;
  let count = 0;
  const written = passages.map((passage, index) => {
    const result = writePassage(passage, { kind: index === 0 ? 'title' : 'paragraph', offset, count });
    offset += new CodePointOffsets(passage.text).toCodePoints(passage.text.length) + 1;
    count += passage.mentions.length;
    return result;
  });
  const ids = new Map(
    passages.flatMap(({ mentions }) => mentions).map((mention, i) => [mention, String(i + 1)]),
  );
  const related = relations.map(({ subject, object, infons }, i) => ({
    id: `R${i + 1}`,
    infons: { ...infons, ...relatedIds(subject, object) },
    nodes: [
      { refid: ids.get(subject) ?? '', role: 'subject' },
      { refid: ids.get(object) ?? '', role: 'object' },
    ],
  }));
  const infons = models === undefined ? {} : modelInfons(models);
  return JSON.stringify({ id, infons, passages: written, annotations: [], relations: related });
}

function relatedIds(subject: Mention, object: Mention): Record<string, string> {
  const [entity1, entity2] = [ncbiIds(subject.concepts), ncbiIds(object.concepts)];
  return entity1 === undefined || entity2 === undefined ? {} : { entity1, entity2 };
}

function modelInfons({ entities, relations }: AnnotatingModels): Record<string, string> {
  return {
    entityModel: entities.name,
    entityModelSha256: entities.hash,
    ...(relations && { relationModel: relations.name, relationModelSha256: relations.hash }),
  };
}

interface PassagePlace {
  readonly kind: string;
  /** Offset of the passage in its document, in code points. */
  readonly offset: number;
  /** Number of annotations before this passage. */
  readonly count: number;
}

function writePassage({ text, mentions }: Passage, { kind, offset, count }: PassagePlace): unknown {
  const offsets = new CodePointOffsets(text);
  const annotations = mentions.map(({ start, end, type, probability, annotator, concepts }, index) => {
    const from = offsets.toCodePoints(start);
    return {
      id: String(count + index + 1),
      infons: {
        type,
        ...(probability === undefined ? {} : { probability: String(roundProbability(probability)) }),
        ...(annotator === 'person' && { annotator }),
        ...conceptInfons(concepts),
      },
      text: text.slice(start, end),
      locations: [{ offset: offset + from, length: offsets.toCodePoints(end) - from }],
    };
  });
  return { offset, infons: { type: kind }, text, sentences: [], annotations, relations: [] };
}

/**
 * Reads the relations of each document of a collection. Their indices refer to the mentions that {@link readBioc}
 * returns.
 */
export function readBiocRelations(file: string): readonly (readonly RelationLink[])[] {
  const collection: unknown = JSON.parse(file);
  return arrayOf(collection, 'documents').map((document) => {
    const ids = arrayOf(document, 'passages').flatMap((passage) =>
      arrayOf(passage, 'annotations').map((annotation) => field(annotation, 'id', 'string')),
    );
    const model = modelOf(document, 'relationModel');
    return arrayOf(document, 'relations').map((relation) => {
      const infons = infonsOf(relation);
      const node = (role: string): number => {
        const match = arrayOf(relation, 'nodes').find((each) => isObject(each) && each['role'] === role);
        return ids.indexOf(field(match, 'refid', 'string'));
      };
      const probability = Number(infons['probability'] ?? NaN);
      const annotator = annotatorOf(infons, model);
      return {
        type: field(infons, 'type', 'string'),
        subject: node('subject'),
        object: node('object'),
        ...(Number.isNaN(probability) ? {} : { probability }),
        isNegated: infons['negated'] === 'true',
        isSpeculated: infons['speculated'] === 'true',
        ...(annotator && { annotator }),
      };
    });
  });
}

/**
 * Reads a collection in BioC JSON. The text of a document is its passages joined by one line break, whatever gaps
 * their offsets leave.
 *
 * @throws {BioBertError} ARGUMENT_INVALID if the file is not BioC JSON.
 */
export function readBioc(file: string): readonly AnnotatedText[] {
  let collection: unknown;
  try {
    collection = JSON.parse(file);
  } catch (cause) {
    throw notBioc(cause);
  }
  return arrayOf(collection, 'documents').map((document) => {
    const mentions: Mention[] = [];
    let text = '';
    const model = modelOf(document, 'entityModel');
    for (const passage of arrayOf(document, 'passages')) {
      if (text !== '') text += '\n';
      mentions.push(...readMentions(passage, text.length, model));
      text += field(passage, 'text', 'string');
    }
    return { id: field(document, 'id', 'string'), text, mentions };
  });
}

/** The model that the infons of a document name for a task. */
function modelOf(document: unknown, task: 'entityModel' | 'relationModel'): ModelAnnotator | undefined {
  const { [task]: name, [`${task}Sha256`]: hash } = infonsOf(document);
  return typeof name === 'string' && typeof hash === 'string' ? { name, hash } : undefined;
}

function annotatorOf(
  infons: Record<string, unknown>,
  model: ModelAnnotator | undefined,
): Annotator | undefined {
  return infons['annotator'] === 'person' ? 'person' : model;
}

function infonsOf(value: unknown): Record<string, unknown> {
  const infons: unknown = isObject(value) ? value['infons'] : undefined;
  return isObject(infons) ? infons : {};
}

function readMentions(passage: unknown, base: number, model: ModelAnnotator | undefined): readonly Mention[] {
  const text = field(passage, 'text', 'string');
  const passageOffset = field(passage, 'offset', 'number');
  const offsets = new CodePointOffsets(text);
  return arrayOf(passage, 'annotations').flatMap((annotation) => {
    const infons = infonsOf(annotation);
    const probability = Number(infons['probability'] ?? NaN);
    const annotator = annotatorOf(infons, model);
    const locations = arrayOf(annotation, 'locations').map((location) => ({
      start: field(location, 'offset', 'number') - passageOffset,
      length: field(location, 'length', 'number'),
    }));
    if (locations.length === 0) return [];
    const start = offsets.toUtf16(Math.min(...locations.map((location) => location.start)));
    const end = offsets.toUtf16(Math.max(...locations.map((location) => location.start + location.length)));
    const mention = {
      start: base + start,
      end: base + end,
      text: text.slice(start, end),
      type: field(infons, 'type', 'string'),
      ...(annotator && { annotator }),
    };
    return [Number.isNaN(probability) ? mention : { ...mention, probability }];
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function arrayOf(value: unknown, key: string): readonly unknown[] {
  const array = isObject(value) ? value[key] : undefined;
  if (!Array.isArray(array)) throw notBioc();
  return array;
}

function field(value: unknown, key: string, type: 'string'): string;
function field(value: unknown, key: string, type: 'number'): number;
function field(value: unknown, key: string, type: 'string' | 'number'): string | number {
  const fieldValue = isObject(value) ? value[key] : undefined;
  if (typeof fieldValue !== type || (typeof fieldValue !== 'string' && typeof fieldValue !== 'number'))
    throw notBioc();
  return fieldValue;
}

function notBioc(cause?: unknown): BioBertError {
  return new BioBertError(
    errorCodes.ARGUMENT_INVALID,
    'The file is not a BioC collection in JSON.',
    'Give BioC JSON: {"documents": [{"id", "passages": [{"offset", "text", "annotations"}]}]}.',
    { cause },
  );
}
