/**
 * The lines of an index as rows of four tables. `docs/cluster.md` describes them; a change of a column is a change of
 * {@link tablesVersion}.
 */
import { firstWhere } from '../firstWhere';
import type { ConceptLink } from '../types';
import type { JsonIndexed, JsonMention, JsonPublication, JsonRelation } from './jsonl';

/** Version of the columns, in the metadata of the files. */
export const tablesVersion = 1;

/** `strings`: a list of texts. All but the columns marked so may be null. */
export interface TableColumn {
  readonly name: string;
  readonly type: 'string' | 'int32' | 'double' | 'boolean' | 'strings';
  readonly isRequired: boolean;
}

const required = (type: TableColumn['type'], ...names: readonly string[]): TableColumn[] =>
  names.map((name) => ({ name, type, isRequired: true }));
const optional = (type: TableColumn['type'], ...names: readonly string[]): TableColumn[] =>
  names.map((name) => ({ name, type, isRequired: false }));

/** The document of a row, and the publication in it. */
const place = [...required('string', 'document'), ...required('int32', 'record')];
const identifiers = optional('string', 'pmid', 'doi');

/** The columns of each table, in their order. */
export const indexTables = {
  documents: [
    ...place,
    ...optional('int32', 'start', 'end'),
    ...optional('string', 'publication', 'title'),
    ...optional('int32', 'year'),
    ...optional('string', 'pmid', 'pmcid', 'doi', 'id'),
    ...required('int32', 'entities'),
    ...optional('int32', 'relations', 'passages'),
    ...required('string', 'stamp', 'models'),
  ],
  entities: [
    ...place,
    ...identifiers,
    ...required('int32', 'entity', 'start', 'end'),
    ...required('string', 'text', 'name', 'type'),
    ...optional('double', 'probability'),
    ...optional('strings', 'concept_ids', 'concept_names', 'concept_sources', 'link_methods', 'species'),
  ],
  relations: [
    ...place,
    ...identifiers,
    ...required('int32', 'relation'),
    ...required('string', 'type'),
    ...optional('int32', 'subject', 'object'),
    ...required('string', 'subject_name', 'subject_type'),
    ...optional('strings', 'subject_ids'),
    ...required('string', 'object_name', 'object_type'),
    ...optional('strings', 'object_ids'),
    ...required('double', 'probability'),
    ...required('boolean', 'negated'),
    ...optional('string', 'negation_cue'),
    ...required('boolean', 'speculated'),
    ...optional('string', 'speculation_cue'),
    ...required('int32', 'evidence_start', 'evidence_end'),
    ...required('string', 'evidence'),
  ],
  passages: [
    ...place,
    ...identifiers,
    ...required('int32', 'passage', 'start', 'end'),
    ...required('string', 'text'),
  ],
} satisfies Readonly<Record<string, readonly TableColumn[]>>;

export type IndexTable = keyof typeof indexTables;

export type Cell = string | number | boolean | readonly string[] | undefined;

/** A row by the names of its columns; a missing cell is null. */
export type TableRow = Readonly<Record<string, Cell>>;

/** The rows of a line in each table. */
export function tableRows(line: JsonIndexed): Readonly<Record<IndexTable, readonly TableRow[]>> {
  const { document, publications = [], entities, relations, passages } = line;
  const recordAt = (offset: number) =>
    Math.max(0, firstWhere(publications, ({ start }) => start > offset) - 1);
  const placeOf = (offset: number): TableRow => {
    const record = recordAt(offset);
    return { document, record, pmid: publications[record]?.pmid, doi: publications[record]?.doi };
  };
  const numbers = new Map(entities.map((entity, number) => [mentionKey(entity), number]));
  const rows = {
    entities: entities.map((entity, number) => ({
      ...placeOf(entity.start),
      entity: number,
      ...entityCells(entity),
    })),
    relations: (relations ?? []).map((relation, number) => ({
      ...placeOf(relation.evidence.start),
      relation: number,
      subject: numbers.get(mentionKey(relation.subject)),
      object: numbers.get(mentionKey(relation.object)),
      ...relationCells(relation),
    })),
    passages: (passages ?? []).map(({ start, end, text }, number) => ({
      ...placeOf(start),
      passage: number,
      start,
      end,
      text,
    })),
  };
  return { documents: documentRows(line, rows), ...rows };
}

/** A row for each publication, or one for a document that names none. */
function documentRows(
  { document, publications, stamp, models, relations, passages }: JsonIndexed,
  rows: Readonly<Record<Exclude<IndexTable, 'documents'>, readonly TableRow[]>>,
): TableRow[] {
  const counts = {
    entities: countsOf(rows.entities),
    relations: countsOf(rows.relations),
    passages: countsOf(rows.passages),
  };
  const places: readonly (JsonPublication | undefined)[] = publications ?? [undefined];
  return places.map((publication, record) => ({
    document,
    record,
    ...publication,
    entities: counts.entities.get(record) ?? 0,
    relations: relations && (counts.relations.get(record) ?? 0),
    passages: passages && (counts.passages.get(record) ?? 0),
    stamp,
    models,
  }));
}

/** Number of rows by record. */
function countsOf(rows: readonly TableRow[]): ReadonlyMap<Cell, number> {
  const counts = new Map<Cell, number>();
  for (const { record } of rows) counts.set(record, (counts.get(record) ?? 0) + 1);
  return counts;
}

function mentionKey({ start, end, type }: JsonMention): string {
  return `${start} ${end} ${type}`;
}

function entityCells({ start, end, text, name = text, type, probability, concepts }: JsonMention): TableRow {
  return {
    start,
    end,
    text,
    name,
    type,
    probability,
    concept_ids: concepts?.map(({ id }) => id),
    concept_names: concepts?.map((concept) => concept.name),
    concept_sources: concepts?.map(({ source }) => source),
    link_methods: concepts?.map(({ method }) => method),
    species: speciesOf(concepts),
  };
}

function speciesOf(concepts: readonly ConceptLink[] | undefined): readonly string[] | undefined {
  const species = concepts?.flatMap((concept) => concept.species ?? []);
  return species === undefined || species.length === 0 ? undefined : [...new Set(species)];
}

function relationCells({
  type,
  subject,
  object,
  probability,
  negated,
  speculated,
  evidence,
}: JsonRelation): TableRow {
  return {
    type,
    subject_name: subject.name ?? subject.text,
    subject_type: subject.type,
    subject_ids: subject.concepts?.map(({ id }) => id),
    object_name: object.name ?? object.text,
    object_type: object.type,
    object_ids: object.concepts?.map(({ id }) => id),
    probability,
    negated: negated !== false,
    negation_cue: negated === false ? undefined : negated.text,
    speculated: speculated !== false,
    speculation_cue: speculated === false ? undefined : speculated.text,
    evidence_start: evidence.start,
    evidence_end: evidence.end,
    evidence: evidence.text,
  };
}
