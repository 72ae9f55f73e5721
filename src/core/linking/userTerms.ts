import type { EntityType, UserTerm } from '../types';

/** Maximum number of terms in a file. Each request for tags carries all of them. */
export const maxUserTerms = 20_000;

/** Maximum length of a name or an identifier, in UTF-16 code units. Longer ones are columns of another kind of table. */
const maxLength = 500;

/** A line of a file of terms that is not read, and why. */
export interface TermProblem {
  /** Counted from 1. */
  readonly line: number;
  /** A sentence that says what is wrong, and one that says what to do. */
  readonly message: string;
}

export interface ParsedTerms {
  readonly terms: readonly UserTerm[];
  /** In the order of the lines. */
  readonly problems: readonly TermProblem[];
}

const columnNames = ['name', 'id', 'type'] as const;
type Column = (typeof columnNames)[number];
type Columns = Readonly<Record<Column, number>>;

const defaultColumns: Columns = { name: 0, id: 1, type: 2 };

const nouns: Readonly<Record<Column, string>> = { name: 'name', id: 'identifier', type: 'type' };

/**
 * Reads a file of terms: a table with tabs between the columns name, identifier and type. The first line may name the
 * columns `name`, `id` and `type` in another order, with further columns, which are ignored. Empty lines and lines that
 * begin with `#` are comments. Quotation marks are ordinary characters. White space around a value is left out. A term
 * that stands in several lines is returned once.
 *
 * A line that cannot be read as a term is a problem, and the other lines are read. A file with more than
 * {@link maxUserTerms} terms has one problem and no terms.
 *
 * @param typeOf Returns the entity type for a type as the file names it; undefined for an unknown one.
 *
 * @example
 * parseUserTerms('name\tid\ttype\ncompound 7\tLAB:7\tchemical\n', typeNamed).terms
 * // [{ name: 'compound 7', id: 'LAB:7', type: 'Chemical' }]
 */
export function parseUserTerms(text: string, typeOf: (name: string) => EntityType | undefined): ParsedTerms {
  const terms = new Map<string, UserTerm>();
  const problems: TermProblem[] = [];
  let columns: Columns | undefined;
  for (const [index, row] of rowsOf(text)) {
    const header: Columns | undefined = columns === undefined ? headerOf(row) : undefined;
    columns ??= header ?? defaultColumns;
    if (header !== undefined) continue;
    const line = index + 1;
    const term = termOf(row, columns, typeOf);
    if (typeof term === 'string') problems.push({ line, message: term });
    else terms.set(JSON.stringify([term.name, term.id, term.type]), term);
    if (terms.size > maxUserTerms) return { terms: [], problems: [{ line, message: tooMany() }] };
  }
  return { terms: [...terms.values()], problems };
}

function tooMany(): string {
  const most = maxUserTerms.toLocaleString('en');
  return `The file has more than ${most} terms, so none of them is used. Leave out terms that your documents do not have.`;
}

/** The cells of each line that is neither empty nor a comment, with the index of the line. */
function* rowsOf(text: string): Generator<readonly [index: number, row: readonly string[]]> {
  const lines = text.replace(/^\uFEFF/u, '').split(/\r\n|\n|\r/u);
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue;
    yield [index, line.split('\t').map((cell) => cell.trim())];
  }
}

/** The places of the columns, if a row names all of them. */
function headerOf(row: readonly string[]): Columns | undefined {
  const names = row.map((cell) => cell.toLowerCase());
  const [name = -1, id = -1, type = -1] = columnNames.map((column) => names.indexOf(column));
  return name < 0 || id < 0 || type < 0 ? undefined : { name, id, type };
}

/** @returns the term of a row, or what is wrong with the row and what to do. */
function termOf(
  row: readonly string[],
  columns: Columns,
  typeOf: (name: string) => EntityType | undefined,
): UserTerm | string {
  const cell = (column: Column): string => row[columns[column]] ?? '';
  const missing = columnNames.filter((column) => cell(column) === '').map((column) => `no ${nouns[column]}`);
  if (missing.length > 0) {
    const what = missing.join(' and ');
    return `The line has ${what}. Write the name, the identifier and the type, with tabs between them.`;
  }
  const long = columnNames.find((column) => cell(column).length > maxLength);
  if (long !== undefined) {
    return `The ${nouns[long]} has more than ${maxLength} characters. Write a name, an identifier and a type.`;
  }
  if (!/[\p{L}\p{N}]/u.test(cell('name'))) {
    return `The name "${cell('name')}" has no letter and no digit, so it would be found everywhere. Write another name.`;
  }
  const type = typeOf(cell('type'));
  if (type !== undefined) return { name: cell('name'), id: cell('id'), type };
  return `The type "${cell('type')}" is not known. Write a type such as Gene, Disease, Chemical or Species.`;
}
