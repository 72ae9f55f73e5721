import { SaxesParser } from 'saxes';
import type { FetchedRecord } from './literature';
import { DamagedAnswer } from './literatureErrors';
import { readCount } from './literatureRequest';

export interface EuropePmcRecord extends FetchedRecord {
  /** The PMID, or undefined for a record that PubMed does not have. */
  readonly pmid: string | undefined;
}

export interface EuropePmcAnswer {
  /** Number of all records of the search. */
  readonly count: number;
  readonly records: readonly EuropePmcRecord[];
  /** The cursor of the next page; undefined on the last one. */
  readonly nextCursor: string | undefined;
}

/** Characters that XML does not allow, and that abstracts contain all the same. */
const forbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/gu;

const recordPath = 'responseWrapper/resultList/result';

/** Elements whose text is read, by the names of the elements around them. */
const textPaths: ReadonlySet<string> = new Set([
  'responseWrapper/hitCount',
  'responseWrapper/nextCursorMark',
  `${recordPath}/id`,
  `${recordPath}/source`,
  `${recordPath}/pmid`,
]);

/**
 * Reads a page of search results. The text of each record is the XML as it was sent; entities are not expanded.
 * @throws {DamagedAnswer} if it is not well-formed, or lacks what identifies a record.
 */
export function readEuropePmc(answer: string): EuropePmcAnswer {
  const text = answer.replace(/\r\n?/gu, '\n').replace(forbidden, '');
  const reader = new PageReader(text);
  const count = readCount(reader.textOf('responseWrapper/hitCount'));
  return { count, records: reader.records, nextCursor: reader.textOf('responseWrapper/nextCursorMark') };
}

class PageReader {
  readonly records: EuropePmcRecord[] = [];
  private readonly path: string[] = [];
  private readonly texts = new Map<string, string>();
  private start = 0;

  constructor(text: string) {
    const parser = new SaxesParser();
    parser.on('error', () => {
      throw new DamagedAnswer('XML that is not well-formed');
    });
    parser.on('doctype', () => {
      throw new DamagedAnswer('XML with declarations, which are not read');
    });
    parser.on('opentag', ({ name }) => this.open(name, text.lastIndexOf('<', parser.position - 1)));
    parser.on('text', (part) => this.add(part));
    parser.on('cdata', (part) => this.add(part));
    parser.on('closetag', () => this.close(text, parser.position));
    parser.write(text).close();
  }

  textOf(path: string): string | undefined {
    const text = this.texts.get(path)?.trim();
    return text === '' ? undefined : text;
  }

  private open(name: string, start: number): void {
    this.path.push(name);
    if (this.path.join('/') !== recordPath) return;
    this.start = start;
    for (const field of ['id', 'source', 'pmid']) this.texts.delete(`${recordPath}/${field}`);
  }

  private add(part: string): void {
    // Deep elements are the content of records, which is not read here.
    if (this.path.length > 4) return;
    const path = this.path.join('/');
    if (textPaths.has(path)) this.texts.set(path, (this.texts.get(path) ?? '') + part);
  }

  private close(text: string, end: number): void {
    if (this.path.length === 3 && this.path.join('/') === recordPath)
      this.takeRecord(text.slice(this.start, end));
    this.path.pop();
  }

  private takeRecord(text: string): void {
    const [id, source, pmid] = ['id', 'source', 'pmid'].map((field) => this.textOf(`${recordPath}/${field}`));
    if (id === undefined || source === undefined) throw new DamagedAnswer('a record without an identifier');
    this.records.push({ id: `${source}:${id}`, text, pmid });
  }
}
