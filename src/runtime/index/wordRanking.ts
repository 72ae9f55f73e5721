/**
 * The ranking of indexed passages by the words of a question (BM25), in which all names of a concept count as one term.
 *
 * The full-text index cannot be told that `paracetamol` is `acetaminophen`. So passages with another name of what the
 * question asks about are looked up by themselves; each gets the score that it would have if it had the name of the
 * question instead. The scores of all other passages are those of the index.
 */
import type { AskedName, AskedQuestion } from '../../core/questions/askedQuestion';
import { searchTerm, searchWords } from '../../core/questions/terms';
import { fullTextQuery, keyQuery } from './fullTextQuery';
import { amongPassages } from './publicationTable';
import type { Sql } from './sqlite';

/** Parameters of BM25, as in FTS5. */
const saturation = 1.2;
const lengthWeight = 0.75;

/** Number of passages with words of the question that are compared with passages that have another name. */
const comparedPassages = 1000;

/** Maximum number of passages that are checked for another name, half a second of work. */
const checkedPassages = 2000;

/**
 * @param among The publications whose passages are ranked, as a JSON array of their ids. Default: all.
 * @returns ids of passages, best first.
 */
export function rankByWords(
  sql: Sql,
  question: AskedQuestion,
  limit: number,
  among?: string,
): readonly number[] {
  const query = fullTextQuery(question.text);
  if (query === '') return [];
  const matching = matchingPassages(query, among);
  const renamed = renamedPassages(sql, question, among);
  if (renamed.length === 0) return [...scoresOf(sql, matching, limit).keys()];
  const scores = scoresOf(sql, matching, comparedPassages);
  const missing = renamed.map(({ id }) => id).filter((id) => !scores.has(id));
  for (const [id, score] of scoresAmong(sql, query, missing)) scores.set(id, score);
  const gainOf = createGain(sql, question.names, renamed);
  for (const passage of renamed) scores.set(passage.id, (scores.get(passage.id) ?? 0) + gainOf(passage));
  return [...scores]
    .sort(([, a], [, b]) => b - a)
    .slice(0, limit)
    .map(([id]) => id);
}

/** A passage with another name of what the question asks about. */
interface RenamedPassage {
  readonly id: number;
  readonly text: string;
  /** The text with the name of the question. */
  readonly unified: string;
}

/** A condition of SQL with its values. */
interface Matching {
  readonly where: string;
  readonly values: readonly string[];
}

/**
 * The passages that match a query, of some publications or of all. The plus sign makes SQLite read the full-text index
 * once and test each passage that it finds, instead of reading it once for each passage of the publications.
 */
function matchingPassages(query: string, among: string | undefined): Matching {
  if (among === undefined) return { where: 'words MATCH ?', values: [query] };
  return { where: `words MATCH ? AND +rowid ${amongPassages}`, values: [query, among] };
}

function renamedPassages(
  sql: Sql,
  { names, unify }: AskedQuestion,
  among: string | undefined,
): readonly RenamedPassage[] {
  const renamed = new Map<number, RenamedPassage>();
  for (const { keys } of names) {
    const query = keyQuery(keys, (words) => occurringWords(sql, words));
    if (query === '') continue;
    const { where, values } = matchingPassages(query, among);
    const rows = sql.all(
      `SELECT rowid AS id, text FROM words WHERE ${where} LIMIT ?`,
      ...values,
      checkedPassages,
    );
    for (const row of rows) {
      const [id, text] = [Number(row['id']), String(row['text'])];
      const unified = unify(text);
      if (unified !== text) renamed.set(id, { id, text, unified });
    }
  }
  return [...renamed.values()];
}

/** Returns the words that occur in at least one passage. */
function occurringWords(sql: Sql, words: readonly string[]): ReadonlySet<string> {
  const rows = sql.all(
    `SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM words WHERE words MATCH '"' || value || '"')`,
    JSON.stringify(words),
  );
  return new Set(rows.map(({ value }) => String(value)));
}

/** The scores of the best passages, best first. FTS5 gives better passages lower numbers. */
function scoresOf(sql: Sql, { where, values }: Matching, limit: number): Map<number, number> {
  return scoreMap(
    sql.all(`SELECT rowid AS id, rank FROM words WHERE ${where} ORDER BY rank LIMIT ?`, ...values, limit),
  );
}

function scoresAmong(sql: Sql, query: string, ids: readonly number[]): Map<number, number> {
  if (ids.length === 0) return new Map();
  return scoreMap(
    sql.all(
      'SELECT rowid AS id, rank FROM words WHERE words MATCH ? AND rowid IN (SELECT value FROM json_each(?))',
      query,
      JSON.stringify(ids),
    ),
  );
}

function scoreMap(rows: ReturnType<Sql['all']>): Map<number, number> {
  return new Map(rows.map(({ id, rank }) => [Number(id), -Number(rank)]));
}

/** Returns a function that computes how much the name of the question adds to the score of a passage without it. */
function createGain(
  sql: Sql,
  names: readonly AskedName[],
  renamed: readonly RenamedPassage[],
): (passage: RenamedPassage) => number {
  const passages = countOf(sql, 'SELECT count(*) AS n FROM passages');
  const meanLength =
    renamed.reduce((sum, { text }) => sum + searchWords(text).length, 0) / Math.max(1, renamed.length);
  const rarity = new Map<string, number>();
  for (const word of names.flatMap(({ text }) => text.match(/[\p{L}\p{N}]+/gu) ?? [])) {
    const term = searchTerm(word);
    if (term === null || rarity.has(term)) continue;
    const named = countOf(sql, 'SELECT count(*) AS n FROM words WHERE words MATCH ?', `"${word}"`);
    // Passages with another name count as passages with this one.
    const frequency = Math.min(passages, named + renamed.length);
    rarity.set(term, Math.max(1e-6, Math.log((passages - frequency + 0.5) / (frequency + 0.5))));
  }
  const scoreOf = (text: string): number => {
    const words = searchWords(text);
    const counts = new Map<string, number>();
    for (const word of words) {
      const term = searchTerm(word);
      if (term !== null && rarity.has(term)) counts.set(term, (counts.get(term) ?? 0) + 1);
    }
    const norm = saturation * (1 - lengthWeight + (lengthWeight * words.length) / Math.max(1, meanLength));
    return [...counts].reduce(
      (sum, [term, count]) => sum + ((rarity.get(term) ?? 0) * count * (saturation + 1)) / (count + norm),
      0,
    );
  };
  return ({ text, unified }) => scoreOf(unified) - scoreOf(text);
}

function countOf(sql: Sql, query: string, ...values: readonly string[]): number {
  return Number(sql.all(query, ...values)[0]?.['n'] ?? 0);
}
