import { formatOf } from '../../core/documents/format';
import { keysOfPlace, publicationTest, type StatedPublication } from '../../core/records/publicationKeys';
import { isPublished } from '../../core/records/published';
import { countDocuments, type DocumentCounts } from '../../core/records/paperCount';
import type { PublicationFilter, SearchResult } from '../../protocol/indexMessages';
import type { Sql } from './sqlite';

export const publicationSchema = `
CREATE TABLE publications (id INTEGER PRIMARY KEY, document INTEGER NOT NULL, name TEXT, citation TEXT);
CREATE INDEX publications_document ON publications (document);
`;

/** A condition of SQL: `id` is that of a passage of one of the publications in a JSON array. */
export const amongPassages =
  'IN (SELECT id FROM passages WHERE publication IN (SELECT value FROM json_each(?)))';

/** The publications of the index: each document has one or more, and each passage belongs to one. */
export class PublicationTable {
  constructor(private readonly sql: Sql) {}

  /** Returns a function that gives the id of a publication of a document, which is added when it is first needed. */
  adder(document: number): (stated: StatedPublication) => number {
    const ids = new Map<string, number>();
    return ({ publication, citation }) => {
      const key = JSON.stringify([publication, citation]);
      const known = ids.get(key);
      if (known !== undefined) return known;
      const values = [document, publication ?? null, citation ?? null];
      this.sql.run('INSERT INTO publications (document, name, citation) VALUES (?, ?, ?)', ...values);
      const id = Number(this.sql.all('SELECT last_insert_rowid() AS id')[0]?.['id']);
      ids.set(key, id);
      return id;
    };
  }

  /** The publication of a document that has this name and citation. */
  find(document: number, { publication, citation }: StatedPublication): number | null {
    const [row] = this.sql.all(
      'SELECT id FROM publications WHERE document = ? AND name IS ? AND citation IS ?',
      document,
      publication ?? null,
      citation ?? null,
    );
    return row ? Number(row['id']) : null;
  }

  drop(document: number): void {
    this.sql.run('DELETE FROM publications WHERE document = ?', document);
  }

  /** The ids of the passages of publications, which are given as a JSON array. */
  passagesOf(publications: string): ReadonlySet<number> {
    const rows = this.sql.all(`SELECT id FROM passages WHERE id ${amongPassages}`, publications);
    return new Set(rows.map(({ id }) => Number(id)));
  }

  /** How much a filter leaves to be searched. Default: the whole index. */
  extent(only: PublicationFilter | undefined): Omit<SearchResult, 'found'> {
    const among = this.passing(only);
    const [row] =
      among === undefined
        ? this.sql.all('SELECT count(*) AS searched FROM passages')
        : this.sql.all(`SELECT count(*) AS searched FROM passages WHERE id ${amongPassages}`, among);
    return { ...this.counts(among), searched: Number(row?.['searched']) };
  }

  /**
   * Counts papers and other documents.
   *
   * @param among The ids of the publications to count, as a JSON array. Default: all.
   */
  counts(among?: string): DocumentCounts {
    const rows = this.sql.all(
      `SELECT publications.name AS publication, citation, documents.name AS document
       FROM publications JOIN documents ON documents.id = publications.document
       ${among === undefined ? '' : 'WHERE publications.id IN (SELECT value FROM json_each(?))'}`,
      ...(among === undefined ? [] : [among]),
    );
    const places = rows.map((row) => {
      const stated = { publication: textOf(row['publication']), citation: textOf(row['citation']) };
      const document = String(row['document']);
      return { document, stated, isPublished: isOfPublication(document, stated) };
    });
    return countDocuments(places);
  }

  /** The ids of the publications that a filter lets pass, as a JSON array. Undefined without a filter. */
  passing(filter: PublicationFilter | undefined): string | undefined {
    if (!filter) return undefined;
    const passes = filter.keys && publicationTest(filter);
    const rows = this.sql.all(
      `SELECT publications.id AS id, publications.name AS publication, citation, documents.name AS document
       FROM publications JOIN documents ON documents.id = publications.document`,
    );
    const ids = rows.flatMap((row) => {
      const stated = { publication: textOf(row['publication']), citation: textOf(row['citation']) };
      if (passes && !passes(keysOfPlace(stated))) return [];
      return filter.recordsOnly !== true || isOfPublication(String(row['document']), stated)
        ? [Number(row['id'])]
        : [];
    });
    return JSON.stringify(ids);
  }
}

/** The text of a column that may be NULL. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The index does not keep formats; a file of records names the publication of each passage. */
function isOfPublication(document: string, { publication }: StatedPublication): boolean {
  const fileName = fileNameOf(document);
  return isPublished(fileName, formatOf({ fileName }), publication);
}

/** The name of a document's file, with its extension. The text of a paper has the name of its file and ` (text)`. */
function fileNameOf(document: string): string {
  return document.replace(/[?#].*$/, '').replace(/(?: |%20)(?:\(|%28)text(?:\)|%29)$/, '');
}
