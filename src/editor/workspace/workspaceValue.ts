import * as vscode from 'vscode';
import { Disposable } from '../dispose';
import { describeError, type Logger } from '../log';
import type { WorkspaceFile } from './workspaceFile';

/** Serialises a value to a text file. */
export interface FileFormat<Value, Unread> {
  /** The value without a file. */
  readonly empty: Value;
  /** Name of the content, for the log. */
  readonly name: string;
  /** @returns undefined if the text has another format; such a file must not be overwritten. */
  readonly read: (text: string) => ReadFile<Value, Unread> | undefined;
  /** @param unread Entries that {@link read} did not understand. They are written back unchanged. */
  readonly write: (value: Value, unread: Unread | undefined) => string;
}

interface ReadFile<Value, Unread> {
  readonly value: Value;
  readonly unread: Unread;
  /** Number of entries in `unread`. */
  readonly unreadCount: number;
}

type File = Pick<WorkspaceFile, 'onDidChange' | 'read' | 'write' | 'refuse'>;

/** A value that is stored in a workspace file. Other programs may change the file at any time. */
export class WorkspaceValue<Value, Unread = unknown> extends Disposable {
  private readonly changed = this._register(new vscode.EventEmitter<void>());
  readonly onDidChange = this.changed.event;
  private current: Value;
  /** The text that was last read or written; undefined if there was no file. */
  private lastText: string | undefined;
  private unread: Unread | undefined;
  /** True if the file has another format and must not be overwritten. */
  private isForeign = false;
  private loaded: Promise<void> | undefined;
  /**
   * The last read or write. Reads and writes run one after another: of two concurrent changes one would be lost, and a
   * file that is read while it is being written looks empty or incomplete.
   */
  private queue: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly file: File,
    private readonly format: FileFormat<Value, Unread>,
    private readonly log: Logger,
  ) {
    super();
    this.current = format.empty;
    this._register(file.onDidChange(() => void this.load(true)));
  }

  /** The value read so far; the empty value before {@link load}. */
  get value(): Value {
    return this.current;
  }

  /**
   * Reads the file. If it cannot be read, the error is logged and the value stays as it is.
   *
   * @param isChanged Reads again even if the file was read before.
   */
  load(isChanged = false): Promise<void> {
    if (isChanged || !this.loaded)
      this.loaded = this.enqueue(() => this.refresh()).catch((error: unknown) => {
        this.log.warn(describeError(error));
      });
    return this.loaded;
  }

  /**
   * Reads the file, changes the value and writes the file.
   *
   * @throws {BioBertError} as {@link WorkspaceFile} does; the value is unchanged then.
   */
  change(update: (value: Value) => Value): Promise<void> {
    return this.enqueue(async () => {
      await this.refresh();
      if (this.isForeign) this.file.refuse();
      const next = update(this.current);
      const text = this.format.write(next, this.unread);
      await this.file.write(text);
      this.lastText = text;
      this.setValue(next);
    });
  }

  private enqueue<T>(work: () => Promise<T>): Promise<T> {
    const done = this.queue.then(work);
    this.queue = done.catch(() => undefined);
    return done;
  }

  private async refresh(): Promise<void> {
    const { format, log } = this;
    const text = await this.file.read();
    if (text === this.lastText) return;
    this.lastText = text;
    const content = text === undefined ? undefined : format.read(text);
    this.unread = content?.unread;
    this.isForeign = text !== undefined && content === undefined;
    if (this.isForeign) log.warn(`Cannot read the file of ${format.name}: it has another format.`);
    else if (content && content.unreadCount > 0)
      log.warn(`${content.unreadCount} entries of the file of ${format.name} cannot be read.`);
    this.setValue(content?.value ?? format.empty);
  }

  private setValue(value: Value): void {
    this.current = value;
    this.changed.fire();
  }
}
