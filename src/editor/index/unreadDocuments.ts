import type * as vscode from 'vscode';
import { BioBertError, documentFaults, errorCodes } from '../../core/errors';
import type { ReadingReport } from '../../protocol/engine';
import { lineCounter } from '../../core/documents/lineCounter';
import { readingMessages } from '../entities/readingMessages';
import type { SkippedDocument } from '../folder/folderReader';
import type { Logger } from '../log';

/** Whether more than the frequent footnotes within sentences was left out. What was garbled is read. */
function isWorthANotice({ simplified = [], unread = [] }: ReadingReport): boolean {
  return (
    simplified.some(({ limit }) => limit !== 'footnotes') ||
    unread.some(({ reason }) => reason !== 'encoding')
  );
}

/** Counts and logs the documents of an index run that were not read, or only in part. */
export class UnreadDocuments {
  private readonly names = new Set<string>();
  private readonly faulty = new Map<string, SkippedDocument>();

  constructor(private readonly log: Logger) {}

  /** Number of documents. Tables and JSON without records are data, and not counted. */
  get count(): number {
    return this.names.size;
  }

  /** The documents that were not read at all. */
  get skipped(): readonly SkippedDocument[] {
    return [...this.faulty.values()];
  }

  /** Notes what of a document was not read. */
  note(uri: vscode.Uri, text: string, report: ReadingReport): void {
    const messages = readingMessages(uri.path, report, lineCounter(text));
    for (const message of messages) this.log.warn(`Index: ${message}`);
    if (isWorthANotice(report)) this.names.add(uri.toString());
  }

  /** Skips a file that cannot be read. Any other error, such as one of the engine, is thrown. */
  async skipFaulty(uri: vscode.Uri, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof BioBertError) || !documentFaults.has(error.code)) throw error;
      const isData = error.code === errorCodes.DOCUMENT_FORMAT_UNKNOWN;
      this.log[isData ? 'info' : 'warn'](`Index: skipped ${uri.path}: ${error.userMessage}`);
      if (isData) return;
      this.names.add(uri.toString());
      this.faulty.set(uri.toString(), { uri, error });
    }
  }
}
