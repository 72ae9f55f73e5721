import type * as vscode from 'vscode';
import type { Engine, TagResult } from '../../protocol/engine';
import { checkedText, formatOfDocument } from '../documents/documents';
import type { Settings } from '../settings';

export interface ParagraphParts {
  readonly engine: Engine;
  readonly settings: Settings;
}

/** Why there is no result yet: the model is loading, or it is still reading the paragraph. */
export type Waiting = 'loading' | 'reading';

/**
 * Maximum wait for a paragraph. VS Code cannot fill in a hover later, so a hover that is not ready says so and the next
 * one has the result.
 */
const maxWaitMs = 1000;

interface RunningRequest {
  readonly document: vscode.TextDocument;
  readonly version: number;
  readonly line: number;
  readonly result: Promise<TagResult>;
  readonly abort: AbortController;
}

/** Tags the paragraph under the pointer in a document that is not tagged. */
export class ParagraphTagger {
  /** The request that the last hover did not wait for. */
  private outlived: RunningRequest | undefined;

  constructor(private readonly parts: ParagraphParts) {}

  /**
   * Tags the paragraph at an offset.
   *
   * @param token Cancels the request, unless it has lasted so long that its result is kept for the next hover.
   * @returns the result with the offsets of the document, or why it is not there yet.
   */
  async tagAt(
    document: vscode.TextDocument,
    offset: number,
    token: vscode.CancellationToken,
  ): Promise<TagResult | Waiting> {
    const { line } = document.positionAt(offset);
    const running = this.takeOutlived(document, line) ?? this.start(document, offset, line);
    const cancellation = token.onCancellationRequested(() => running.abort.abort());
    if (token.isCancellationRequested) running.abort.abort();
    const first = await firstWithin(running.result, maxWaitMs).finally(() => {
      cancellation.dispose();
    });
    if (first) return first;
    // The status bar shows a failure after the wait.
    running.result.catch(() => undefined);
    this.outlived?.abort.abort();
    this.outlived = running;
    return this.parts.engine.status.state === 'loading' ? 'loading' : 'reading';
  }

  /** The request of an earlier hover on the same line. One about another place is stopped, since nobody waits for it. */
  private takeOutlived(document: vscode.TextDocument, line: number): RunningRequest | undefined {
    const { outlived } = this;
    this.outlived = undefined;
    const isSame =
      outlived?.document === document && outlived.version === document.version && outlived.line === line;
    if (isSame) return outlived;
    outlived?.abort.abort();
    return undefined;
  }

  private start(document: vscode.TextDocument, offset: number, line: number): RunningRequest {
    const abort = new AbortController();
    const result = this.request(document, offset, abort.signal);
    return { document, version: document.version, line, result, abort };
  }

  private request(document: vscode.TextDocument, offset: number, signal: AbortSignal): Promise<TagResult> {
    const { engine, settings } = this.parts;
    const text = checkedText(document.getText(), document.uri, settings.maxFileSizeMB);
    const request = {
      document: document.uri.toString(),
      text,
      format: formatOfDocument(document, text),
      range: { start: offset, end: offset },
      minProbability: settings.minProbability(document),
      consistency: settings.consistency(document),
      link: settings.read('linking.enabled', document),
      priority: 'interactive' as const,
    };
    return engine.tag(request, { signal });
  }
}

/** @returns undefined if the result is not there after the wait. @throws what the result throws. */
async function firstWithin<T>(result: Promise<T>, waitMs: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const waited = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), waitMs);
  });
  try {
    return await Promise.race([result, waited]);
  } finally {
    clearTimeout(timer);
  }
}
