import * as vscode from 'vscode';
import { CancelledError } from '../../core/errors';
import type { Entity, Span } from '../../core/types';
import type { TaggerProgress } from '../../core/entities/pipeline';
import type { Engine, TagRequest, TagResult } from '../../protocol/engine';
import type { AnnotationStore, Pending } from '../annotations/annotationStore';
import { Disposable } from '../dispose';
import { checkedText, formatOfDocument } from '../documents/documents';
import type { Settings } from '../settings';

export interface TagDocumentOptions {
  /** Only segments that touch this range. Absent: the whole document. */
  readonly range?: Span;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: TaggerProgress) => void;
  /** True for work that nobody asked for just now: it does not show as an activity. */
  readonly isQuiet?: boolean;
}

/** Work in hand, as the status item shows it. */
export interface Activity {
  readonly document: vscode.TextDocument;
  /** In [0, 1]; undefined until the first report. */
  readonly fraction: number | undefined;
}

/** Asks the engine about open documents and puts the answers in the store. */
export class Tagging extends Disposable {
  private readonly runs = new Map<vscode.TextDocument, Run>();
  private readonly changed = this._register(new vscode.EventEmitter<void>());
  /** Something was begun, went on or ended: see {@link activities}. */
  readonly onDidChangeActivity = this.changed.event;

  constructor(
    private readonly engine: Engine,
    private readonly store: AnnotationStore,
    private readonly settings: Settings,
  ) {
    super();
    this._register(
      store.onDidChange(({ document, cause }) => {
        if (cause === 'clear') this.runs.get(document)?.controller.abort();
      }),
    );
    // Hovers, too, leave something of a document in the engine.
    this._register(
      vscode.workspace.onDidCloseTextDocument((document) => engine.forget(document.uri.toString())),
    );
    this._register({ dispose: () => this.runs.forEach((run) => run.controller.abort()) });
  }

  get activities(): readonly Activity[] {
    return [...this.runs.values()].filter((run) => !run.isQuiet);
  }

  isTagging(document: vscode.TextDocument): boolean {
    return this.runs.has(document);
  }

  /**
   * Tags a document, or a range of it, and puts the answer in the store as the text stands when it comes. A run of
   * the same document that is still in hand gives way: what it inferred is remembered by the engine.
   *
   * @throws {CancelledError} when the signal aborts, the document is closed or cleared, or another run begins.
   * @throws {BioBertError} when the document is too large or not text, or the engine cannot work.
   */
  async tagDocument(document: vscode.TextDocument, options: TagDocumentOptions = {}): Promise<TagResult> {
    const text = checkedText(document.getText(), this.settings.maxFileSizeMB);
    this.runs.get(document)?.controller.abort();
    const run: Run = {
      document,
      fraction: undefined,
      controller: new AbortController(),
      isQuiet: options.isQuiet ?? false,
    };
    this.runs.set(document, run);
    this.changed.fire();
    const pending = this.store.expect(document);
    const early = new EarlyMentions(pending);
    const signals = [run.controller.signal, ...(options.signal ? [options.signal] : [])];
    try {
      const result = await this.engine.tag(this.request(document, text, options.range), {
        signal: AbortSignal.any(signals),
        onProgress: (progress) => {
          early.add(progress.entities);
          this.advance(run, progress);
          options.onProgress?.(progress);
        },
      });
      if (!pending.isWanted) throw new CancelledError();
      pending.accept(result);
      return result;
    } catch (error) {
      // What was found before a cancellation is kept.
      early.flush();
      throw error;
    } finally {
      early.stop();
      pending.dispose();
      if (this.runs.get(document) === run) this.runs.delete(document);
      this.changed.fire();
    }
  }

  private request(document: vscode.TextDocument, text: string, range: Span | undefined): TagRequest {
    return {
      document: document.uri.toString(),
      text,
      format: formatOfDocument(document, text),
      ...(range && { range }),
      minProbability: this.settings.minProbability(document),
      consistency: this.settings.consistency(document),
    };
  }

  private advance(run: Run, { done, total }: TaggerProgress): void {
    run.fraction = total > 0 ? Math.min(1, done / total) : undefined;
    this.changed.fire();
  }
}

interface Run extends Activity {
  fraction: number | undefined;
  readonly controller: AbortController;
  readonly isQuiet: boolean;
}

/** Parts of an answer come by the hundred a second, and taking one in costs more the more is known. */
const takeInMs = 150;
/** Mentions. What a few milliseconds are enough for, however much an engine remembers and tells at once. */
const takenAtOnce = 4000;

/** Gathers parts of an answer, and puts them in the store at a pace that is felt neither by hand nor by eye. */
class EarlyMentions {
  private waiting: Entity[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly pending: Pending) {}

  /** @param entities As the text stood when the engine was asked, however late they are taken in. */
  add(entities: readonly Entity[]): void {
    for (const entity of entities) this.waiting.push(entity);
    if (this.waiting.length > 0) this.timer ??= setTimeout(() => this.takeIn(), takeInMs);
  }

  /** Takes in all that waits. */
  flush(): void {
    this.stop();
    this.pending.addEarly(this.waiting.splice(0));
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private takeIn(): void {
    this.timer = undefined;
    this.pending.addEarly(this.waiting.splice(0, takenAtOnce));
    this.add([]);
  }
}
