import type { DocumentPart, FoundMarks, PutFindings } from '../../protocol/indexMessages';
import type { PublicationTable } from './publicationTable';
import type { Sql } from './sqlite';
import type { VectorSearch } from './vectorSearch';

export const findingsSchema = `
CREATE TABLE relations (id INTEGER PRIMARY KEY, document INTEGER NOT NULL, publication INTEGER, probability REAL NOT NULL, payload TEXT NOT NULL);
CREATE INDEX relations_document ON relations (document);
CREATE INDEX relations_probability ON relations (probability);
CREATE TABLE marks (document INTEGER NOT NULL, part INTEGER NOT NULL, record TEXT NOT NULL, PRIMARY KEY (document, part)) WITHOUT ROWID;
`;

const wholeDocument: DocumentPart = { number: 0, isLast: true, start: 0, end: Number.MAX_SAFE_INTEGER };

/**
 * The findings of the models in the documents: entities, relations and the vectors of passages. A file of many records is stored
 * part by part, so that a run that is stopped goes on with the next part.
 */
export class FindingsTable {
  constructor(
    private readonly sql: Sql,
    private readonly vectors: VectorSearch,
    private readonly publications: PublicationTable,
  ) {}

  /** Stores what was found in a part of a document. The first part replaces all that was found before. */
  put(document: number, findings: PutFindings): void {
    const { models, part = wholeDocument, relations, skippedPairs, marks } = findings;
    if (part.number === 0) this.drop(document);
    this.sql.run(
      'UPDATE documents SET models = ?, part_models = ?, parts = ?, unasked = unasked + ? WHERE id = ?',
      part.isLast ? models : '',
      models,
      part.number + 1,
      skippedPairs,
      document,
    );
    if (marks) this.putMarks(document, part.number, marks);
    for (const { probability, payload, publication, citation } of relations) {
      this.sql.run(
        'INSERT INTO relations (document, publication, probability, payload) VALUES (?, ?, ?, ?)',
        document,
        this.publications.find(document, { publication, citation }),
        probability,
        payload,
      );
    }
    this.putVectors(document, findings);
  }

  /** The entities of those of some documents that the models have read to their end. */
  marks(documents: readonly string[]): readonly FoundMarks[] {
    const rows = this.sql.all(
      `SELECT id, name, content, tagging, tagger FROM documents
       WHERE name IN (SELECT value FROM json_each(?)) AND models <> '' AND tagging <> ''`,
      JSON.stringify(documents),
    );
    return rows.map((row) => ({
      document: String(row['name']),
      content: String(row['content']),
      tagging: String(row['tagging']),
      model: String(row['tagger']),
      records: this.sql
        .all('SELECT record FROM marks WHERE document = ? ORDER BY part', Number(row['id']))
        .map(({ record }) => String(record)),
    }));
  }

  /** Removes what was found in a document, except for its vectors, which belong to its passages. */
  drop(document: number): void {
    this.sql.run('DELETE FROM relations WHERE document = ?', document);
    this.sql.run('DELETE FROM marks WHERE document = ?', document);
    this.sql.run("UPDATE documents SET unasked = 0, tagging = '', tagger = '' WHERE id = ?", document);
  }

  private putMarks(
    document: number,
    part: number,
    { tagging, model, record }: NonNullable<PutFindings['marks']>,
  ): void {
    this.sql.run('INSERT INTO marks (document, part, record) VALUES (?, ?, ?)', document, part, record);
    this.sql.run('UPDATE documents SET tagging = ?, tagger = ? WHERE id = ?', tagging, model, document);
  }

  private putVectors(document: number, { part: { start, end } = wholeDocument, vectors }: PutFindings): void {
    const passages = this.sql.all(
      `SELECT id FROM passages WHERE document = ? AND json_extract(place, '$[0]') >= ?
         AND json_extract(place, '$[0]') < ? ORDER BY id`,
      document,
      start,
      end,
    );
    passages.forEach((row, index) => {
      const passage = Number(row['id']);
      const vector = vectors.length === passages.length ? vectors[index] : undefined;
      // A vector of an earlier model must not stay, because vectors of two models cannot be compared.
      if (!vector) this.vectors.remove(passage);
      const stored = vector ? this.vectors.add(passage, vector) : null;
      this.sql.run('UPDATE passages SET vector = ? WHERE id = ?', stored, passage);
    });
  }
}
