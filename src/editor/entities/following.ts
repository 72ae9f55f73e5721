import * as vscode from 'vscode';
import { BioBertError, isCancelled } from '../../core/errors';
import type { AnnotationStore, AnnotationsChange } from '../annotations/annotationStore';
import { hull } from '../annotations/spans';
import { Disposable } from '../dispose';
import { isReadable } from '../documents/documents';
import { logFailure, type Logger } from '../log';
import type { Settings } from '../settings';
import type { Tagging } from './tagging';

/** Nobody wants marks to blink while typing: what was edited is asked again after so long a pause. */
const pauseMs = 400;

/**
 * A fence or an environment that was opened or closed changes how the text after it is read, far from the edit. So
 * after a longer pause the whole document is asked again; all but what changed comes from the engine's memory.
 */
const settleMs = 2500;
/** Characters. The answer about a larger document is too much to take at each longer pause. */
const settleMaxLength = 400_000;

/** More edited places than this between two pauses (replace all) are asked about as one stretch. */
const maxRanges = 8;

/** Keeps the marks of tagged documents true while they are edited, and with live tagging makes the first ones. */
export class Following extends Disposable {
  private readonly timers = new Map<vscode.TextDocument, NodeJS.Timeout>();
  private readonly justClosed = new Set<string>();
  /** Too large, or not text: not tried again at each switch of tabs. */
  private readonly refused = new WeakSet<vscode.TextDocument>();

  constructor(
    private readonly tagging: Tagging,
    private readonly store: AnnotationStore,
    private readonly settings: Settings,
    private readonly log: Logger,
  ) {
    super();
    this._register({ dispose: () => this.timers.forEach((timer) => clearTimeout(timer)) });
    this._register(store.onDidChange((change) => this.onAnnotations(change)));
    this._register(vscode.window.onDidChangeVisibleTextEditors(() => this.tagVisible()));
    this._register(vscode.workspace.onDidOpenTextDocument((document) => this.onOpen(document)));
    this._register(
      settings.onDidChange((change) => {
        if (change.affects('minProbability') || change.affects('consistency')) this.tagAllAgain();
        if (change.affects('liveTagging') || change.affects('languages')) this.tagVisible();
      }),
    );
    this.tagVisible();
  }

  /** Asks again about everything that was asked about: the model or the threshold is another. */
  tagAllAgain(): void {
    for (const { document, covered } of this.store.all()) {
      const [first, ...rest] = covered;
      if (first) this.tagQuietly(document, rest.reduce(hull, first));
    }
  }

  private onAnnotations({ document, cause }: AnnotationsChange): void {
    if (cause === 'edit') this.schedule(document, pauseMs);
    if (cause !== 'clear') return;
    clearTimeout(this.timers.get(document));
    this.timers.delete(document);
    const key = document.uri.toString();
    this.justClosed.add(key);
    setImmediate(() => this.justClosed.delete(key));
  }

  /** Choosing another language closes the document and opens it again at once: it stays tagged, read the new way. */
  private onOpen(document: vscode.TextDocument): void {
    if (this.justClosed.has(document.uri.toString())) this.tagQuietly(document);
  }

  private tagVisible(): void {
    for (const { document } of vscode.window.visibleTextEditors) {
      if (!isReadable(document, this.settings.languages) || !this.settings.liveTagging(document)) continue;
      if (!this.store.get(document) && !this.refused.has(document)) this.tagQuietly(document);
    }
  }

  private schedule(document: vscode.TextDocument, delayMs: number): void {
    clearTimeout(this.timers.get(document));
    this.timers.set(
      document,
      setTimeout(() => {
        this.timers.delete(document);
        logFailure(
          this.catchUp(document).catch((error: unknown) => this.onFailure(document, error)),
          this.log,
          'Following edits',
        );
      }, delayMs),
    );
  }

  private async catchUp(document: vscode.TextDocument): Promise<void> {
    if (this.tagging.isTagging(document)) {
      this.schedule(document, pauseMs);
      return;
    }
    const annotations = this.store.get(document);
    if (!annotations) return;
    const { stale, version, covered } = annotations;
    if (stale.length === 0) {
      const isWhole = covered[0]?.start === 0 && covered.length === 1;
      if (isWhole && document.getText().length <= settleMaxLength)
        await this.tagging.tagDocument(document, { isQuiet: true });
      return;
    }
    const [first, ...rest] = stale;
    const ranges = first && stale.length > maxRanges ? [rest.reduce(hull, first)] : stale;
    for (const range of ranges) {
      await this.tagging.tagDocument(document, { range, isQuiet: true });
      // What was typed meanwhile moved the other ranges: its own pause brings us back to all of them.
      if (document.version !== version) return;
    }
    this.schedule(document, settleMs);
  }

  /** Another run took the turn; what it does not cover is still to be asked. */
  private onFailure(document: vscode.TextDocument, error: unknown): void {
    if (!isCancelled(error)) throw error;
    if (this.store.get(document)?.stale.length) this.schedule(document, pauseMs);
  }

  /** Nobody asked, so nobody is told of a failure: the log and the status item know. */
  private tagQuietly(
    document: vscode.TextDocument,
    range?: { readonly start: number; readonly end: number },
  ): void {
    const tagged = this.tagging.tagDocument(document, {
      ...(range && { range }),
      isQuiet: this.store.get(document) !== undefined,
    });
    const told = tagged.then(undefined, (error: unknown) => {
      if (!(error instanceof BioBertError)) throw error;
      this.refused.add(document);
      this.log.warn(error.userMessage);
    });
    logFailure(told, this.log, 'Tagging');
  }
}
