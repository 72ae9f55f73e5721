import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { BioBertError, errorCodes } from '../../core/errors';
import type { Sides } from '../../core/curation/merge';
import { workQueue } from '../../runtime/workQueue';
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
  /** Number of entries. */
  readonly count: (value: Value) => number;
  readonly merge: (sides: Sides<Value>) => Value;
}

interface ReadFile<Value, Unread> {
  readonly value: Value;
  readonly unread: Unread;
  /** Number of entries in `unread`. */
  readonly unreadCount: number;
}

/** Why the file does not hold the value any more. */
export interface FileLoss {
  readonly kind: 'unreadable' | 'deleted';
  /** Number of entries that {@link WorkspaceValue.restore} can write back. */
  readonly entries: number;
}

/** A valid content of the file, or of a file that does not exist. */
interface Content<Value, Unread> {
  readonly text: string | undefined;
  readonly value: Value;
  readonly unread: Unread | undefined;
}

type File = Pick<
  WorkspaceFile,
  'onDidChange' | 'read' | 'readCopy' | 'exclusively' | 'replace' | 'setAside' | 'refuse'
>;

/** A change is made again at most this often if another program changed the file meanwhile. */
const maxAttempts = 20;

/** Number of attempts to read a file before it counts as unreadable: another program may be writing it. */
const readAttempts = 4;
const readPauseMs = 150;

export interface WorkspaceValueParts<Value, Unread> {
  readonly file: File;
  readonly format: FileFormat<Value, Unread>;
  readonly log: Logger;
  /** Waits for some milliseconds. Default: a timer. */
  readonly pause?: (ms: number) => Promise<unknown>;
}

/**
 * A value that is stored in a workspace file. Other windows and programs may change the file at any time: a change of
 * this window is merged with theirs. If they damage or delete the file, the last value can be written back.
 */
export class WorkspaceValue<Value, Unread = unknown> extends Disposable {
  private readonly changed = this._register(new vscode.EventEmitter<void>());
  readonly onDidChange = this.changed.event;
  private readonly lost = this._register(new vscode.EventEmitter<FileLoss>());
  /** Fires when the file was damaged or deleted, and again when a change is refused for that reason. */
  readonly onDidLoseFile = this.lost.event;
  /** The content read or written last; undefined before. */
  private current: Content<Value, Unread> | undefined;
  /** The content before the file was damaged or deleted. */
  private kept: Content<Value, Unread> | undefined;
  private isUnreadable = false;
  private loaded: Promise<void> | undefined;
  /** Reads and writes run one after another, because each one depends on the content that it found. */
  private readonly queue = workQueue();

  constructor(private readonly parts: WorkspaceValueParts<Value, Unread>) {
    super();
    this._register(parts.file.onDidChange(() => void this.load(true)));
  }

  /** The value read last. It stays when the file becomes unreadable. The empty value before {@link load}. */
  get value(): Value {
    return this.current ? this.current.value : this.parts.format.empty;
  }

  /**
   * Reads the file. If it cannot be read, the error is logged and the value stays as it is.
   *
   * @param isChanged Reads again even if the file was read before.
   */
  load(isChanged = false): Promise<void> {
    if (isChanged || !this.loaded)
      this.loaded = this.queue(() => this.refresh()).catch((error: unknown) => {
        this.parts.log.warn(describeError(error));
      });
    return this.loaded;
  }

  /**
   * Changes the value and writes the file. Changes that other programs have made to the file are kept.
   *
   * @throws {BioBertError} as {@link WorkspaceFile} does; the value is unchanged then.
   */
  change(update: (value: Value) => Value): Promise<void> {
    const { file, format } = this.parts;
    const work = async (): Promise<void> => {
      // A deleted file is not merged: the next change starts from an empty value, and does not delete entry by entry.
      if (!this.current || (await file.read()) === undefined) await this.refresh();
      const base = this.value;
      const ours = update(base);
      await this.write(async () => {
        const theirs = await this.readValid();
        if (theirs) return [theirs, format.merge({ base, ours, theirs: theirs.value })];
        return file.refuse((await this.reportLoss('unreadable')).entries);
      });
    };
    return this.queue(() => file.exclusively(work));
  }

  /**
   * Writes back what the file held before it was damaged or deleted: the value in memory, or else the last good copy.
   * A damaged file is kept under another name, and what was added since is kept too.
   *
   * @throws {BioBertError} as {@link WorkspaceFile} does.
   */
  restore(): Promise<void> {
    const { file, format } = this.parts;
    const work = async (): Promise<void> => {
      const source = (await this.restorable()) ?? file.refuse(0);
      if (!(await this.readValid())) await file.setAside();
      await this.write(async () => {
        const theirs = (await this.readValid()) ?? file.refuse(0);
        const value = format.merge({ base: format.empty, ours: source.value, theirs: theirs.value });
        return [{ ...theirs, unread: theirs.unread ?? source.unread }, value];
      });
      this.kept = undefined;
    };
    return this.queue(() => file.exclusively(work));
  }

  /** @param next Reads the file and returns its content and the new value. Called again if the file changed meanwhile. */
  private async write(next: () => Promise<readonly [Content<Value, Unread>, Value]>): Promise<void> {
    const { file, format } = this.parts;
    for (let attempt = 0; attempt < maxAttempts; attempt++) {
      const [{ text: before, unread }, value] = await next();
      const text = format.write(value, unread);
      if (text === before || (await file.replace(text, before))) {
        this.take({ text, value, unread });
        return;
      }
    }
    throw new BioBertError(
      errorCodes.FILE_BUSY,
      vscode.l10n.t('Another program keeps changing the file of {0}.', format.name),
      vscode.l10n.t('Try again later.'),
    );
  }

  private async refresh(): Promise<void> {
    const { count } = this.parts.format;
    const content = await this.readValid();
    const hadEntries = count(this.value) > 0;
    if (!content) {
      if (this.isUnreadable) return;
      this.isUnreadable = true;
      if (hadEntries) this.kept = this.current;
      await this.reportLoss('unreadable');
    } else if (content.text !== this.current?.text || this.isUnreadable) {
      const isDeleted = content.text === undefined && hadEntries;
      // A valid file after an unreadable one was repaired by a person: nothing is offered for restoring.
      if (isDeleted || this.isUnreadable) this.kept = isDeleted ? this.current : undefined;
      this.take(content);
      if (isDeleted) await this.reportLoss('deleted');
    } else this.current ??= content;
  }

  /** @returns undefined if the file exists and has another format. An empty file is new if there is nothing to lose. */
  private async readValid(): Promise<Content<Value, Unread> | undefined> {
    const { file, format, log, pause = sleep } = this.parts;
    for (let attempt = 1; ; attempt++) {
      const text = await file.read();
      const content = text === undefined ? undefined : parse(format, text);
      if (content && content.unreadCount > 0 && text !== this.current?.text)
        log.warn(`${content.unreadCount} entries of the file of ${format.name} cannot be read.`);
      if (content) return content;
      const isNew = text === undefined || (text.trim() === '' && !(await this.restorable()));
      if (isNew) return { text, value: format.empty, unread: undefined };
      if (attempt === readAttempts) return undefined;
      await pause(readPauseMs);
    }
  }

  /** The content that can be written back. */
  private async restorable(): Promise<Content<Value, Unread> | undefined> {
    const { file, format } = this.parts;
    if (this.kept) return this.kept;
    if (format.count(this.value) > 0) return this.current;
    const copy = await file.readCopy();
    const content = copy === undefined ? undefined : parse(format, copy);
    return content && format.count(content.value) > 0 ? content : undefined;
  }

  private async reportLoss(kind: FileLoss['kind']): Promise<FileLoss> {
    const { format, log } = this.parts;
    const source = await this.restorable();
    const entries = source ? format.count(source.value) : 0;
    const what = kind === 'deleted' ? 'was deleted' : 'cannot be read: it has another format';
    log.warn(`The file of ${format.name} ${what}. ${entries} entries can be restored.`);
    const loss = { kind, entries };
    this.lost.fire(loss);
    return loss;
  }

  private take(content: Content<Value, Unread>): void {
    this.current = content;
    this.isUnreadable = false;
    this.changed.fire();
  }
}

function parse<Value, Unread>(format: FileFormat<Value, Unread>, text: string) {
  const read = format.read(text);
  return read && { text, ...read };
}
