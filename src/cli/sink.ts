import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { errnoOf, fileError } from './report';

/** Takes the finished documents. */
export interface Sink<Document> {
  /** Before the first document. Checks the place, so that nothing is tagged for nothing. */
  open(): Promise<void>;
  write(document: Document): Promise<void>;
  /** After the last document, also of an interrupted run: what was written is well-formed. */
  close(): Promise<void>;
}

/** Turns documents into the text of one output format. */
export interface DocumentWriter<Document> {
  start(): string;
  document(document: Document): string;
  end(): string;
}

/** The reader of our output has gone (`| head`): not an error, but nobody is left to work for. */
export class OutputClosedError extends Error {
  override readonly name = 'OutputClosedError';
}

/** Writes one stream of text, to standard output or a file, no faster than its reader reads. */
export class StreamSink<Document> implements Sink<Document> {
  private stream: Writable | undefined;
  private failure: Error | undefined;

  constructor(
    private readonly writer: DocumentWriter<Document>,
    /** Absent: standard output. */
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
    // An empty write is called back when all before it has left: a closed pipe shows by then.
    else await new Promise((resolve) => stream.write('', resolve));
    this.throwIfFailed();
  }

  private async send(text: string): Promise<void> {
    this.throwIfFailed();
    if (text === '' || this.stream === undefined) return;
    if (!this.stream.write(text)) await this.settled(once(this.stream, 'drain'));
    this.throwIfFailed();
  }

  /** The stream's own listener keeps why it failed; `once` rejects with the same. */
  private async settled(event: Promise<unknown>): Promise<void> {
    await event.catch((error: unknown) => {
      throw this.failure ?? error;
    });
  }

  private throwIfFailed(): void {
    if (this.failure !== undefined) throw this.failure;
  }
}
