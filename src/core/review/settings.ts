/** The file `review.json`: it states what a review is about, and where its records come from. */
import { parseObject } from '../curation/sidecar';
import { countOf, oneOf, stringOf, stringsOf } from './jsonLines';
import { phases } from './screeningLog';
import type { FormColumn, KeywordGroup, ReviewSettings, ReviewSource, SourceKind } from './reviewData';

const version = 1;

const sourceKinds = ['database', 'register', 'other'] as const satisfies readonly SourceKind[];

export const emptySettings: ReviewSettings = {
  title: '',
  question: '',
  criteria: { include: [], exclude: [] },
  keywords: [],
  phases: ['abstract', 'fulltext'],
  sources: [],
  form: [],
};

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads `review.json`. People edit it, so a missing or invalid field has the value of {@link emptySettings}.
 *
 * @returns undefined if the text is no file of a review, or was written by a newer version; then it must not be
 *   overwritten.
 */
export function readSettings(text: string): ReviewSettings | undefined {
  const value = parseObject(text);
  if (value?.['biobertReview'] !== version) return undefined;
  const criteria = fieldsOf(value['criteria']);
  const stated = stringsOf(value['phases']).flatMap((each) => oneOf(each, phases) ?? []);
  return {
    title: stringOf(value['title']) ?? '',
    question: stringOf(value['question']) ?? '',
    criteria: { include: stringsOf(criteria['include']), exclude: stringsOf(criteria['exclude']) },
    keywords: entriesOf(value['keywords'], keywordGroup),
    phases: stated.length > 0 ? phases.filter((phase) => stated.includes(phase)) : emptySettings.phases,
    sources: entriesOf(value['sources'], source),
    form: entriesOf(value['form'], formColumn),
  };
}

/** The extraction form in `review.json` alone. Empty if there is no review that can be read. */
export function readForm(text: string): readonly FormColumn[] {
  const value = parseObject(text);
  return value?.['biobertReview'] === version ? entriesOf(value['form'], formColumn) : [];
}

/**
 * The text of `review.json`.
 *
 * @param previous The text that is replaced. Fields and entries of it that this version cannot read are kept, and so is
 *   what a person wrote in a field whose value does not change.
 */
export function writeSettings(settings: ReviewSettings, previous = ''): string {
  const raw = parseObject(previous) ?? {};
  const before = readSettings(previous);
  const fields = Object.entries(settings).map(([name, value]: [string, unknown]) => {
    const stated = raw[name];
    if (stated === undefined || before === undefined) return [name, value];
    if (isEqual(value, before[name as keyof ReviewSettings])) return [name, stated];
    return [name, Array.isArray(value) && Array.isArray(stated) ? keepEntries(name, value, stated) : value];
  });
  const written = { biobertReview: version, ...raw, ...(Object.fromEntries(fields) as object) };
  return `${JSON.stringify({ ...written, biobertReview: version }, undefined, 2)}\n`;
}

/** The new entries of a list, each as it was written before, and after them the entries that cannot be read. */
function keepEntries(
  name: string,
  entries: readonly unknown[],
  stated: readonly unknown[],
): readonly unknown[] {
  const read = entryReaders[name];
  if (!read) return entries;
  const known = new Map<string, unknown>();
  const unread: unknown[] = [];
  for (const each of stated) {
    const entry = read(fieldsOf(each));
    if (entry === undefined) unread.push(each);
    else known.set(JSON.stringify(entry), each);
  }
  return [...entries.map((entry) => known.get(JSON.stringify(entry)) ?? entry), ...unread];
}

function isEqual(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function keywordGroup({ name, words }: Fields): KeywordGroup | undefined {
  return typeof name === 'string' ? { name, words: stringsOf(words) } : undefined;
}

function source({ id, file, database, kind, query, records, imported }: Fields): ReviewSource | undefined {
  if (typeof id !== 'string' || typeof file !== 'string') return undefined;
  return {
    id,
    file,
    database: stringOf(database) ?? '',
    kind: oneOf(kind, sourceKinds) ?? 'database',
    ...(typeof query === 'string' && { query }),
    records: countOf(records) ?? 0,
    imported: stringOf(imported) ?? '',
  };
}

function formColumn({ id, label, question }: Fields): FormColumn | undefined {
  if (typeof id !== 'string' || typeof label !== 'string') return undefined;
  return { id, label, ...(typeof question === 'string' && { question }) };
}

const entryReaders: Readonly<Record<string, (fields: Fields) => object | undefined>> = {
  keywords: keywordGroup,
  sources: source,
  form: formColumn,
};

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function entriesOf<Entry>(value: unknown, read: (fields: Fields) => Entry | undefined): readonly Entry[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((each) => read(fieldsOf(each)) ?? []);
}
