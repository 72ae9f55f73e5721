import * as vscode from 'vscode';
import { BioBertError, isCancelled } from '../../core/errors';
import type { AnnotationStore, AnnotationsChange } from '../annotations/annotationStore';
import { hull } from '../annotations/spans';
import { Disposable } from '../dispose';
import { isReadable } from '../documents/documents';
import { logFailure, type Logger } from '../log';
import type { Settings } from '../settings';
import type { DocumentTagger } from './documentTagger';

/** Pause after the last key press before edited text is tagged again, so that marks do not flicker while typing. */
const pauseMs = 400;

/**
 * Pause before the whole document is tagged again. An edit that opens or closes a code fence or an environment changes
 * how the text far below is parsed. The engine caches sentences, so only changed ones are inferred.
 */
const settleMs = 2500;
/** Maximum number of characters of a document that is tagged as a whole after {@link settleMs}. */
const settleMaxLength = 400_000;

/** If more ranges than this were edited (as by Replace All), one range that spans them all is tagged. */
const maxRanges = 8;

/** Settings on which the entities of a document depend. */
const retaggingSettings = ['minProbability', 'consistency', 'linking.enabled'] as const;

/** Tags documents automatically: tagged documents again after edits and, with live tagging, visible documents at first. */
export class AutoTagger extends Disposable {
  private readonly timers = new Map<vscode.TextDocument, NodeJS.Timeout>();
  private readonly recentlyClosed = new Set<string>();
  /** Documents that are too large or not text. They are not tried again at each change of tabs. */
  private readonly untaggable = new WeakSet<vscode.TextDocument>();

  constructor(
    private readonly documentTagger: DocumentTagger,
    private readonly store: AnnotationStore,
    private readonly settings: Settings,
    private readonly log: Logger,
    /** Shows the marks that are known of a document that was not tagged in this window. Default: none are known. */
    private readonly showKnown?: (document: vscode.TextDocument) => Promise<void>,
  ) {
    super();
    this._register({ dispose: () => this.timers.forEach((timer) => clearTimeout(timer)) });
    this._register(store.onDidChange((change) => this.handleAnnotationsChange(change)));
    this._register(vscode.window.onDidChangeVisibleTextEditors(() => this.tagVisible()));
    this._register(vscode.workspace.onDidOpenTextDocument((document) => this.handleOpenDocument(document)));
    this._register(
      settings.onDidChange((change) => {
        if (retaggingSettings.some((name) => change.affects(name))) this.retagAll();
        if (change.affects('liveTagging') || change.affects('languages')) this.tagVisible();
      }),
    );
    this.tagVisible();
  }

  /** Tags all tagged ranges again. Called when the model, the threshold or the decisions of the user have changed. */
  retagAll(): void {
    for (const { document, covered } of this.store.all()) {
      const [first, ...rest] = covered;
      if (first) this.tagQuietly(document, rest.reduce(hull, first));
    }
  }

  private handleAnnotationsChange({ document, cause }: AnnotationsChange): void {
    if (cause === 'edit') this.schedule(document, pauseMs);
    if (cause !== 'clear') return;
    clearTimeout(this.timers.get(document));
    this.timers.delete(document);
    const key = document.uri.toString();
    this.recentlyClosed.add(key);
    setImmediate(() => this.recentlyClosed.delete(key));
  }

  /**
   * Tags a document again if it was closed just before. VS Code closes and opens a document when the user changes its
   * language, which also changes how its markup is parsed.
   */
  private handleOpenDocument(document: vscode.TextDocument): void {
    if (this.recentlyClosed.has(document.uri.toString())) this.tagQuietly(document);
  }

  private tagVisible(): void {
    for (const { document } of vscode.window.visibleTextEditors) {
      if (!isReadable(document, this.settings.languages) || !this.settings.liveTagging(document)) continue;
      if (this.store.get(document) || this.untaggable.has(document)) continue;
      if (this.showKnown) logFailure(this.tagUnknown(document, this.showKnown), this.log, 'Tagging');
      else this.tagQuietly(document);
    }
  }

  private async tagUnknown(
    document: vscode.TextDocument,
    showKnown: (document: vscode.TextDocument) => Promise<void>,
  ): Promise<void> {
    await showKnown(document);
    if (!document.isClosed && !this.store.get(document)) this.tagQuietly(document);
  }

  private schedule(document: vscode.TextDocument, delayMs: number): void {
    clearTimeout(this.timers.get(document));
    this.timers.set(
      document,
      setTimeout(() => {
        this.timers.delete(document);
        logFailure(
          this.tagEdits(document).catch((error: unknown) => this.handleFailure(document, error)),
          this.log,
          'Tagging edits',
        );
      }, delayMs),
    );
  }

  private async tagEdits(document: vscode.TextDocument): Promise<void> {
    if (this.documentTagger.isTagging(document)) {
      this.schedule(document, pauseMs);
      return;
    }
    const annotations = this.store.get(document);
    if (!annotations) return;
    const { stale, version, covered } = annotations;
    if (stale.length === 0) {
      const isWhole = covered[0]?.start === 0 && covered.length === 1;
      if (isWhole && document.getText().length <= settleMaxLength)
        await this.documentTagger.tagDocument(document, { isQuiet: true });
      return;
    }
    const [first, ...rest] = stale;
    const ranges = first && stale.length > maxRanges ? [rest.reduce(hull, first)] : stale;
    for (const range of ranges) {
      await this.documentTagger.tagDocument(document, { range, isQuiet: true });
      // The document was edited in the meantime, which moved the other ranges. That edit has scheduled another call.
      if (document.version !== version) return;
    }
    this.schedule(document, settleMs);
  }

  /** After a cancellation by another run, schedules the ranges that are still stale. */
  private handleFailure(document: vscode.TextDocument, error: unknown): void {
    if (!isCancelled(error)) throw error;
    if (this.store.get(document)?.stale.length) this.schedule(document, pauseMs);
  }

  /** Tags without an error message, since the user did not ask for it. Failures appear in log and status bar. */
  private tagQuietly(
    document: vscode.TextDocument,
    range?: { readonly start: number; readonly end: number },
  ): void {
    const tagged = this.documentTagger.tagDocument(document, {
      ...(range && { range }),
      isQuiet: this.store.get(document) !== undefined,
    });
    const handled = tagged.then(undefined, (error: unknown) => {
      if (!(error instanceof BioBertError)) throw error;
      this.untaggable.add(document);
      this.log.warn(error.userMessage);
    });
    logFailure(handled, this.log, 'Tagging');
  }
}
