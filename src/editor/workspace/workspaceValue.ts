import * as vscode from 'vscode';
import { Disposable } from '../dispose';
import { describeError, type Logger } from '../log';
import type { WorkspaceFile } from './workspaceFile';

/** How a value stands in its file. */
export interface FileFormat<Value, Unread> {
  /** What holds while there is no file. */
  readonly empty: Value;
  /** In words, for the log. */
  readonly what: string;
  /** @returns undefined for a text that is no such file: it must not be written over. */
  readonly read: (text: string) => ReadFile<Value, Unread> | undefined;
  /** @param unread What {@link read} could not make sense of, to be kept. */
  readonly write: (value: Value, unread: Unread | undefined) => string;
}

interface ReadFile<Value, Unread> {
  readonly value: Value;
  readonly unread: Unread;
  /** Entries in it. */
  readonly unreadCount: number;
}

type File = Pick<WorkspaceFile, 'onDidChange' | 'read' | 'write' | 'refuse'>;

/** A value that the reader keeps in a file of the workspace, which others may change at any time. */
export class WorkspaceValue<Value, Unread = unknown> extends Disposable {
  private readonly changed = this._register(new vscode.EventEmitter<void>());
  readonly onDidChange = this.changed.event;
  private now: Value;
  /** The file as it was last read or written from here; undefined: there was none. */
  private known: string | undefined;
  private unread: Unread | undefined;
  private isForeign = false;
  private loaded: Promise<void> | undefined;
  /**
   * Reads and writes follow one another. Two changes at once would lose one; a file read while it is being written is
   * empty or half there, and would be taken for all that the reader has.
   */
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly file: File,
    private readonly format: FileFormat<Value, Unread>,
    private readonly log: Logger,
  ) {
    super();
    this.now = format.empty;
    this._register(file.onDidChange(() => void this.load(true)));
  }

  /** As far as it was read. */
  get value(): Value {
    return this.now;
  }

  /** Reads the file, once. A file that cannot be read is said in the log, and what is known holds on. */
  load(isNews = false): Promise<void> {
    if (isNews || !this.loaded)
      this.loaded = this.inTurn(() => this.refresh()).catch((error: unknown) => {
        this.log.warn(describeError(error));
      });
    return this.loaded;
  }

  /**
   * Changes what stands in the file now, be it news or not.
   *
   * @throws {BioBertError} as {@link WorkspaceFile} does; then nothing has changed.
   */
  change(make: (value: Value) => Value): Promise<void> {
    return this.inTurn(async () => {
      await this.refresh();
      if (this.isForeign) this.file.refuse();
      const next = make(this.now);
      const text = this.format.write(next, this.unread);
      await this.file.write(text);
      this.known = text;
      this.take(next);
    });
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.last.then(work);
    this.last = done.catch(() => undefined);
    return done;
  }

  private async refresh(): Promise<void> {
    const { format, log } = this;
    const text = await this.file.read();
    if (text === this.known) return;
    this.known = text;
    const read = text === undefined ? undefined : format.read(text);
    this.unread = read?.unread;
    this.isForeign = text !== undefined && read === undefined;
    if (this.isForeign) log.warn(`The file of ${format.what} is none that can be read.`);
    else if (read && read.unreadCount > 0)
      log.warn(`${read.unreadCount} entries of the file of ${format.what} cannot be read.`);
    this.take(read?.value ?? format.empty);
  }

  private take(value: Value): void {
    this.now = value;
    this.changed.fire();
  }
}
