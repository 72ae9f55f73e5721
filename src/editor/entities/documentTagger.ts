import * as vscode from 'vscode';
import { CancelledError } from '../../core/errors';
import type { Entity, Span } from '../../core/types';
import type { TaggerProgress } from '../../core/entities/pipeline';
import type { Engine, TagRequest, TagResult } from '../../protocol/engine';
import type { AnnotationStore, PendingResult } from '../annotations/annotationStore';
import { Disposable } from '../dispose';
import { checkedText, formatOfDocument } from '../documents/documents';
import type { Settings } from '../settings';
import { readingMessages } from './readingMessages';

export interface TagDocumentOptions {
  /** Tags only segments that touch this range. Default: the whole document. */
  readonly range?: Span;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: TaggerProgress) => void;
  /** Hides the run from {@link DocumentTagger.activities}; used for automatic tagging. */
  readonly isQuiet?: boolean;
}

/** A tagging run in progress, as the status bar shows it. */
export interface TaggingActivity {
  readonly document: vscode.TextDocument;
  /** Finished fraction, in [0, 1]; undefined until the first progress report. */
  readonly fraction: number | undefined;
}

/**
 * Tags open documents and stores the entities.
 *
 * @example
 * const result = await documentTagger.tagDocument(document, { signal });
 * const entities = store.get(document)?.entities;
 */
export class DocumentTagger extends Disposable {
  private readonly runs = new Map<vscode.TextDocument, Run>();
  /** Documents whose user knows that some markup was not read. */
  private readonly warned = new WeakSet<vscode.TextDocument>();
  private readonly changed = this._register(new vscode.EventEmitter<void>());
  /** Fires when a run started, progressed or ended; see {@link activities}. */
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
    // The engine caches closed documents too, for example those that only hovers have read.
    this._register(
      vscode.workspace.onDidCloseTextDocument((document) => engine.forget(document.uri.toString())),
    );
    this._register({ dispose: () => this.runs.forEach((run) => run.controller.abort()) });
  }

  get activities(): readonly TaggingActivity[] {
    return [...this.runs.values()].filter((run) => !run.isQuiet);
  }

  isTagging(document: vscode.TextDocument): boolean {
    return this.runs.has(document);
  }

  /**
   * Tags a document, or a range of it, and stores the result, moved to the text at the time when it arrives. A previous
   * run on the same document is cancelled; the engine has cached the sentences that it inferred.
   *
   * @throws {CancelledError} when the signal aborts, the document is closed or cleared, or another run begins.
   * @throws {BioBertError} when the document is too large or not text, or the engine cannot work.
   */
  async tagDocument(document: vscode.TextDocument, options: TagDocumentOptions = {}): Promise<TagResult> {
    const text = checkedText(document.getText(), document.uri, this.settings.maxFileSizeMB);
    this.runs.get(document)?.controller.abort();
    const run: Run = {
      document,
      fraction: undefined,
      controller: new AbortController(),
      isQuiet: options.isQuiet ?? false,
    };
    this.runs.set(document, run);
    this.changed.fire();
    const pending = this.store.expectResult(document);
    const buffer = new EarlyEntityBuffer(pending);
    const signals = [run.controller.signal, ...(options.signal ? [options.signal] : [])];
    try {
      const result = await this.engine.tag(this.createRequest(document, text, options.range), {
        signal: AbortSignal.any(signals),
        onProgress: (progress) => {
          buffer.add(progress.entities);
          this.updateProgress(run, progress);
          options.onProgress?.(progress);
        },
      });
      if (!pending.isWanted) throw new CancelledError();
      pending.accept(result);
      if (!run.isQuiet) this.warnOnce(document, result);
      return result;
    } catch (error) {
      // Entities that were found before a cancellation are kept.
      buffer.flush();
      throw error;
    } finally {
      buffer.stop();
      pending.dispose();
      if (this.runs.get(document) === run) this.runs.delete(document);
      this.changed.fire();
    }
  }

  private warnOnce(document: vscode.TextDocument, result: TagResult): void {
    const name = document.uri.path.slice(document.uri.path.lastIndexOf('/') + 1);
    // A footnote within a sentence is frequent, and seen where it stands.
    const simplified = result.simplified?.filter(({ limit }) => limit !== 'footnotes');
    const report = { simplified, unread: result.unread };
    const messages = readingMessages(name, report, (offset) => document.positionAt(offset).line + 1);
    if (messages.length === 0 || this.warned.has(document)) return;
    this.warned.add(document);
    for (const message of messages) void vscode.window.showWarningMessage(message);
  }

  private createRequest(document: vscode.TextDocument, text: string, range: Span | undefined): TagRequest {
    return {
      document: document.uri.toString(),
      text,
      format: formatOfDocument(document, text),
      ...(range && { range }),
      minProbability: this.settings.minProbability(document),
      consistency: this.settings.consistency(document),
      link: this.settings.read('linking.enabled', document),
    };
  }

  private updateProgress(run: Run, { done, total }: TaggerProgress): void {
    run.fraction = total > 0 ? Math.min(1, done / total) : undefined;
    this.changed.fire();
  }
}

interface Run extends TaggingActivity {
  fraction: number | undefined;
  readonly controller: AbortController;
  readonly isQuiet: boolean;
}

/** Interval between two batches. Parts arrive a hundred times a second, and adding one takes longer in a long list. */
const flushIntervalMs = 150;
/** Number of entities that can be added in a few milliseconds, even if the engine sends a whole cached document at once. */
const maxEntitiesPerBatch = 4000;

/** Buffers entities that arrive before the result is complete, and adds them to the store in batches. */
class EarlyEntityBuffer {
  private waiting: Entity[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly pending: PendingResult) {}

  /** @param entities Entities with offsets in the text that was sent to the engine. */
  add(entities: readonly Entity[]): void {
    for (const entity of entities) this.waiting.push(entity);
    if (this.waiting.length > 0) this.timer ??= setTimeout(() => this.flushBatch(), flushIntervalMs);
  }

  /** Adds all buffered entities. */
  flush(): void {
    this.stop();
    this.pending.addEarly(this.waiting.splice(0));
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private flushBatch(): void {
    this.timer = undefined;
    this.pending.addEarly(this.waiting.splice(0, maxEntitiesPerBatch));
    this.add([]);
  }
}
