import { BioBertError, errorCodes } from '../../core/errors';
import { createAskedQuestion } from '../../core/questions/askedQuestion';
import { withoutCopies } from '../../core/questions/paperKeys';
import { fuseRankings } from '../../core/questions/rank';
import type {
  FoundPassage,
  FoundRelations,
  IndexStats,
  KnownDocument,
  PutDocument,
  PutFindings,
  RelationsRequest,
  Restamp,
  SearchRequest,
} from '../../protocol/indexMessages';
import { findingsSchema, FindingsTable } from './findingsTable';
import { publicationSchema, PublicationTable, textOf } from './publicationTable';
import type { Sql } from './sqlite';
import { decodePlace, encodePlace } from './storedPlace';
import { VectorSearch } from './vectorSearch';
import { rankByWords } from './wordRanking';

/** Increased whenever the meaning of the stored data changes; an index of another version is built again. */
const version = 7;

const schema = `
CREATE TABLE documents (id INTEGER PRIMARY KEY, name TEXT UNIQUE NOT NULL, stamp TEXT NOT NULL, content TEXT NOT NULL, models TEXT NOT NULL, unasked INTEGER NOT NULL DEFAULT 0, part_models TEXT NOT NULL DEFAULT '', parts INTEGER NOT NULL DEFAULT 0, tagging TEXT NOT NULL DEFAULT '', tagger TEXT NOT NULL DEFAULT '');
${publicationSchema}
CREATE TABLE passages (id INTEGER PRIMARY KEY, document INTEGER NOT NULL, publication INTEGER NOT NULL, place TEXT NOT NULL, vector BLOB);
CREATE INDEX passages_document ON passages (document);
CREATE INDEX passages_publication ON passages (publication);
CREATE INDEX passages_embedded ON passages (id) WHERE vector IS NOT NULL;
CREATE VIRTUAL TABLE words USING fts5 (text, tokenize = "porter unicode61 remove_diacritics 2");
${findingsSchema}
CREATE TABLE changes (state INTEGER NOT NULL, rebuilt INTEGER NOT NULL);
INSERT INTO changes VALUES (abs(random() % 1000000000), 0);
PRAGMA user_version = ${version};
`;

/** Number of passages of each ranking that enter the fused ranking. */
const rankedPassages = 200;

/** Number of passages that are looked at for each one returned, because some are copies. */
const copiesRead = 3;

/**
 * The passages of a folder, with search by words and by embedding, and the relations of its documents. A store lives
 * as long as the connection; the vectors outlive it, since reading all of them takes long.
 */
export class PassageStore {
  readonly publications: PublicationTable;
  readonly findings: FindingsTable;

  /**
   * @param isReplaced Whether the database takes the place of a damaged one.
   * @throws {BioBertError} OUTPUT_UNWRITABLE if a newer version of this program made the database.
   */
  constructor(
    private readonly sql: Sql,
    private readonly vectors = new VectorSearch(),
    isReplaced = false,
  ) {
    this.publications = new PublicationTable(sql);
    this.findings = new FindingsTable(sql, vectors, this.publications);
    const found = this.number('PRAGMA user_version', 'user_version');
    if (found > version) throw newerVersion();
    if (found < version) this.create(isReplaced || found > 0);
  }

  stats(): IndexStats {
    const count = (of: string): number => this.number(`SELECT count(*) AS n FROM ${of}`, 'n');
    return {
      ...this.publications.counts(),
      passages: count('passages'),
      relations: count('relations'),
      embedded: count('passages WHERE vector IS NOT NULL'),
      skippedPairs: this.number('SELECT coalesce(sum(unasked), 0) AS n FROM documents', 'n'),
      isRebuilt: this.number('SELECT rebuilt FROM changes', 'rebuilt') !== 0,
    };
  }

  /** Notes that all documents are indexed. */
  complete(): void {
    this.inTransaction(() => this.sql.run('UPDATE changes SET rebuilt = 0'));
  }

  known(): readonly KnownDocument[] {
    const rows = this.sql.all(
      `SELECT name, stamp, content, models, part_models, parts,
         (SELECT count(*) FROM publications WHERE publications.document = documents.id) AS papers FROM documents`,
    );
    return rows.map((row) => ({
      document: String(row['name']),
      stamp: String(row['stamp']),
      content: String(row['content']),
      models: String(row['models']),
      partModels: String(row['part_models']),
      parts: Number(row['parts']),
      papers: Number(row['papers']),
    }));
  }

  /** Stores a document and replaces its earlier version. */
  put({ document, stamp, content, passages }: PutDocument): void {
    this.inTransaction(() => {
      this.drop(document);
      this.sql.run(
        'INSERT INTO documents (name, stamp, content, models) VALUES (?, ?, ?, ?)',
        document,
        stamp,
        content,
        '',
      );
      const id = this.idOf(document) ?? 0;
      const publicationOf = this.publications.adder(id);
      for (const each of passages) {
        const values = [id, publicationOf(each.passage), encodePlace(each)];
        this.sql.run('INSERT INTO passages (document, publication, place) VALUES (?, ?, ?)', ...values);
        this.sql.run('INSERT INTO words (rowid, text) VALUES (last_insert_rowid(), ?)', each.passage.text);
      }
    });
  }

  /** Gives a document another stamp. Does nothing if the document was removed meanwhile. */
  restamp({ document, stamp }: Restamp): void {
    this.inTransaction(() => {
      this.sql.run('UPDATE documents SET stamp = ? WHERE name = ?', stamp, document);
    });
  }

  /** Adds what the models found in a part of a document. Does nothing if the document was removed meanwhile. */
  putFindings(findings: PutFindings): void {
    const id = this.idOf(findings.document);
    if (id !== undefined) this.inTransaction(() => this.findings.put(id, findings));
  }

  remove(documents: readonly string[]): void {
    this.inTransaction(() => {
      for (const document of documents) this.drop(document);
    });
  }

  /**
   * Passages that may answer, best first: the rankings by words (BM25) and by embedding, fused by rank. Passages that the
   * filter leaves out are not ranked, so that the limit is reached however few publications it lets pass. Of the copies of a
   * passage in several exports of one paper, one is returned.
   */
  search({ question, concepts, vector, limit, only }: SearchRequest): readonly FoundPassage[] {
    const among = this.publications.passing(only);
    const byWords = rankByWords(this.sql, createAskedQuestion(question, concepts), rankedPassages, among);
    if (vector) this.loadVectors();
    const ids = vector && among !== undefined ? this.publications.passagesOf(among) : undefined;
    const byMeaning = vector ? this.vectors.nearest(vector, rankedPassages, ids) : [];
    const rankings = [byWords, byMeaning].filter((ranking) => ranking.length > 0);
    const found = fuseRankings(rankings, copiesRead * limit).flatMap((id) => passageOf(this.sql, id) ?? []);
    return withoutCopies(found).slice(0, limit);
  }

  /** The most probable relations, beginning with number `from`, grouped by document. */
  relations({ from, limit, only }: RelationsRequest): readonly FoundRelations[] {
    const among = this.publications.passing(only);
    const where = among === undefined ? '' : 'WHERE publication IN (SELECT value FROM json_each(?))';
    const rows = this.sql.all(
      `SELECT name, payload FROM
         (SELECT * FROM relations ${where} ORDER BY probability DESC, id LIMIT ? OFFSET ?) AS found
       JOIN documents ON documents.id = found.document ORDER BY name, found.id`,
      ...(among === undefined ? [] : [among]),
      limit,
      from,
    );
    const found: { document: string; payloads: string[] }[] = [];
    for (const { name, payload } of rows) {
      const document = String(name);
      const last = found.at(-1);
      if (last?.document === document) last.payloads.push(String(payload));
      else found.push({ document, payloads: [String(payload)] });
    }
    return found;
  }

  private idOf(document: string): number | undefined {
    const [row] = this.sql.all('SELECT id FROM documents WHERE name = ?', document);
    return row && Number(row['id']);
  }

  private drop(document: string): void {
    const id = this.idOf(document);
    if (id === undefined) return;
    for (const row of this.sql.all('SELECT id FROM passages WHERE document = ?', id)) {
      this.vectors.remove(Number(row['id']));
      this.sql.run('DELETE FROM words WHERE rowid = ?', Number(row['id']));
    }
    this.sql.run('DELETE FROM passages WHERE document = ?', id);
    this.publications.drop(id);
    this.findings.drop(id);
    this.sql.run('DELETE FROM documents WHERE id = ?', id);
  }

  /** Reads the vectors unless they are those of the database, which another window may have changed. */
  private loadVectors(): void {
    const state = this.state();
    if (this.vectors.state === state) return;
    this.vectors.clear();
    for (const { id, vector } of this.sql.all('SELECT id, vector FROM passages WHERE vector IS NOT NULL')) {
      if (vector instanceof Uint8Array) this.vectors.set(Number(id), vector);
    }
    this.vectors.state = state;
  }

  private inTransaction(work: () => void): void {
    this.sql.exec('BEGIN IMMEDIATE');
    try {
      const before = this.state();
      work();
      this.sql.run('UPDATE changes SET state = state + 1');
      this.sql.exec('COMMIT');
      if (this.vectors.state === before) this.vectors.state = before + 1;
    } catch (error) {
      this.vectors.clear();
      rollBack(this.sql);
      throw error;
    }
  }

  /** A number that every transaction changes. */
  private state(): number {
    return this.number('SELECT state FROM changes', 'state');
  }

  private number(query: string, column: string): number {
    return Number(this.sql.all(query)[0]?.[column] ?? 0);
  }

  /** @param isRebuilt Whether there was an index before. */
  private create(isRebuilt: boolean): void {
    const drop = ['documents', 'publications', 'passages', 'words', 'relations', 'marks', 'changes']
      .map((table) => `DROP TABLE IF EXISTS ${table};`)
      .join('');
    // One transaction, so that a process that is killed here leaves no half of a schema.
    const note = isRebuilt ? 'UPDATE changes SET rebuilt = 1;' : '';
    this.sql.exec(`BEGIN IMMEDIATE; ${drop} ${schema} ${note} COMMIT;`);
  }
}

function newerVersion(): BioBertError {
  return new BioBertError(
    errorCodes.OUTPUT_UNWRITABLE,
    'A newer version of this extension made the index of the folder.',
    'Reload the window.',
  );
}

function passageOf(sql: Sql, id: number): FoundPassage | undefined {
  const [row] = sql.all(
    `SELECT documents.name AS document, place, text, publications.name AS publication, citation FROM passages
     JOIN documents ON documents.id = passages.document JOIN words ON words.rowid = passages.id
     JOIN publications ON publications.id = passages.publication WHERE passages.id = ?`,
    id,
  );
  if (!row) return undefined;
  const { document, place, text, publication, citation } = row;
  const { passage, sentenceLines } = decodePlace(String(place), String(text));
  const stated = { publication: textOf(publication), citation: textOf(citation) };
  return { document: String(document), passage: { ...passage, ...stated }, sentenceLines };
}

/** After some errors, such as a full disk, SQLite has rolled back already and would report that as another error. */
function rollBack(sql: Sql): void {
  try {
    sql.exec('ROLLBACK');
  } catch {
    // The first error says what went wrong.
  }
}
