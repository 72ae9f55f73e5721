import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { errnoOf, fileError } from '../runtime/documents/fileErrors';

/** Writes finished documents. */
export interface Sink<Document> {
  /** Called before the first document. Checks that the output can be written before any work is done. */
  open(): Promise<void>;
  write(document: Document): Promise<void>;
  /** Whether a large file of records may come as several documents of the same name. Default: false. */
  readonly takesParts?: boolean;
  /** Called after the last document, also if the run was interrupted, so that the output is well-formed. */
  close(): Promise<void>;
}

/** Formats documents as text of one output format. */
export interface DocumentWriter<Document> {
  start(): string;
  document(document: Document): string;
  end(): string;
}

/** Thrown if the reader of the output has closed it, as `| head` does. The run ends without an error message. */
export class OutputClosedError extends Error {
  override readonly name = 'OutputClosedError';
}

/** Writes a stream of text to standard output or a file. It waits if the reader is slower. */
export class StreamSink<Document> implements Sink<Document> {
  readonly takesParts = true;
  private stream: Writable | undefined;
  private failure: Error | undefined;

  constructor(
    private readonly writer: DocumentWriter<Document>,
    /** Default: standard output. */
    private readonly path?: string,
  ) {}

  async open(): Promise<void> {
    this.stream = this.path === undefined ? process.stdout : createWriteStream(this.path);
    this.stream.on('error', (error) => {
      this.failure ??= errnoOf(error) === 'EPIPE' ? new OutputClosedError() : fileError(error, 'write');
    });
    if (this.path !== undefined) await this.settled(once(this.stream, 'open'));
    await this.send(this.writer.start());
  }

  async write(document: Document): Promise<void> {
    await this.send(this.writer.document(document));
  }

  async close(): Promise<void> {
    await this.send(this.writer.end());
    const { stream } = this;
    if (stream === undefined) return;
    if (this.path !== undefined) await this.settled(once(stream.end(), 'close'));
    // The callback of an empty write runs after all earlier writes, so the error of a closed pipe is known by then.
    else await new Promise((resolve) => stream.write('', resolve));
    this.throwIfFailed();
  }

  private async send(text: string): Promise<void> {
    this.throwIfFailed();
    if (text === '' || this.stream === undefined) return;
    if (!this.stream.write(text)) await this.settled(once(this.stream, 'drain'));
    this.throwIfFailed();
  }

  /** Waits for an event of the stream. If the stream fails, the error from its `error` listener is thrown. */
  private async settled(event: Promise<unknown>): Promise<void> {
    await event.catch((error: unknown) => {
      throw this.failure ?? error;
    });
  }

  private throwIfFailed(): void {
    if (this.failure !== undefined) throw this.failure;
  }
}
