import * as path from 'node:path';
import type { JsonIndexed } from '../core/exports/jsonl';
import { isArrayOf, isRecord, isShape, isString } from '../protocol/guards';
import type { ByteRange } from './copyRanges';
import { rawLines } from './rawLines';

/** The content of a document and how its line was made. A document is read again if its key differs. */
export type IndexKey = Pick<JsonIndexed, 'stamp' | 'models'>;

type Line = IndexKey & Pick<JsonIndexed, 'document' | 'entities'>;

const isLine = isShape<Line>({
  document: isString,
  stamp: isString,
  models: isString,
  entities: isArrayOf((value): value is Line['entities'][number] => isRecord(value)),
});

/** A line of an index file: its key, its place, and the number of mentions in it. */
export interface IndexEntry extends IndexKey, ByteRange {
  readonly mentions: number;
}

/** The content of an index file. */
export interface ReadEntries {
  readonly entries: IndexEntries;
  /** Size of the file in bytes, without an incomplete last line. */
  readonly size: number;
  /** False if the last line lacks its line feed, which the entries count in. */
  readonly isTerminated: boolean;
}

/** The lines of a document. There are several until the end of a run: the new one and those that it replaces. */
interface DocumentEntries {
  readonly document: string;
  readonly lines: IndexEntry[];
  /** The line that stays. */
  chosen: IndexEntry;
}

/** The positions of the lines of an index file by document. Two paths of one file are the same document. */
export class IndexEntries {
  private readonly byPath = new Map<string, DocumentEntries>();
  private damagedLines = 0;

  /** Number of damaged lines, without one that an interrupted run left incomplete at the end. */
  get damaged(): number {
    return this.damagedLines;
  }

  get documents(): readonly string[] {
    return [...this.byPath.values()].map(({ document }) => document);
  }

  /** Reads a file. @returns undefined if no line is one of an index. @throws {Error} of the file system. */
  static async read(file: string): Promise<ReadEntries | undefined> {
    const entries = new IndexEntries();
    let size = 0;
    let isForeign = false;
    let isTerminated = true;
    for await (const line of rawLines(file)) {
      const parsed = parseLine(line.bytes);
      if (parsed) {
        isTerminated = line.isTerminated;
        entries.add(parsed, { start: line.start, end: isTerminated ? line.end : line.end + 1 });
      } else if (line.isTerminated) {
        // Blank lines do no harm.
        if (line.bytes.some((byte) => byte > 32)) entries.damagedLines += 1;
      } else {
        // The process was killed while it wrote this line.
        isForeign = !line.bytes.toString('latin1', 0, lineStart.length).startsWith(lineStart);
        continue;
      }
      size = line.end;
    }
    const isIndex = entries.byPath.size > 0 || (entries.damagedLines === 0 && !isForeign);
    return isIndex ? { entries, size, isTerminated } : undefined;
  }

  has(document: string, models: string): boolean {
    return this.linesOf(document).some((line) => line.models === models);
  }

  /** Finds the line with a key; {@link keptRanges} keeps it. */
  choose(document: string, { stamp, models }: IndexKey): IndexEntry | undefined {
    const found = this.linesOf(document).find((line) => line.stamp === stamp && line.models === models);
    const known = this.byPath.get(path.resolve(document));
    if (found && known) known.chosen = found;
    return found;
  }

  /** Adds a line, which replaces the other lines of its document. */
  add({ document, stamp, models, entities }: Line, { start, end }: ByteRange): void {
    const entry = { stamp, models, mentions: entities.length, start, end };
    const known = this.byPath.get(path.resolve(document));
    if (known) {
      known.lines.push(entry);
      known.chosen = entry;
    } else {
      this.byPath.set(path.resolve(document), { document, lines: [entry], chosen: entry });
    }
  }

  remove(documents: readonly string[]): void {
    for (const document of documents) this.byPath.delete(path.resolve(document));
  }

  /** The places of the lines that stay, in the order of the file. */
  keptRanges(): readonly ByteRange[] {
    return [...this.byPath.values()].map(({ chosen }) => chosen).sort((a, b) => a.start - b.start);
  }

  /** The line of each document that stays, in any order. */
  *chosenLines(): Generator<Pick<DocumentEntries, 'document' | 'chosen'>> {
    yield* this.byPath.values();
  }

  private linesOf(document: string): readonly IndexEntry[] {
    return this.byPath.get(path.resolve(document))?.lines ?? [];
  }
}

const lineStart = '{"document":"';

/** @returns undefined for bytes that are no line of an index. */
export function parseLine(bytes: Buffer): Line | undefined {
  try {
    const line: unknown = JSON.parse(bytes.toString('utf8'));
    return isLine(line) ? line : undefined;
  } catch {
    return undefined;
  }
}
