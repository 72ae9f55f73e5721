import * as vscode from 'vscode';
import type { PanelWork } from '../../protocol/panel';
import { formatCount } from '../entities/countLabels';
import { secondsLeft } from '../folder/timeLeft';
import { timeLeftLabel } from '../folder/timeLeftLabel';
import type { IndexedPart } from '../../runtime/folder/indexDocument';

/** The share of the first stage of a run, which only looks through the files, in its progress. */
export const fileShare = 0.1;

/**
 * The progress of the models in papers: a file of 220 records counts as 220. It moves within a file, and the remaining time
 * follows from the papers that this run has read.
 */
export class PaperProgress {
  private readonly started = performance.now();
  private readonly total: number;
  /** Papers of the documents that have ended. */
  private ended = 0;
  /** Papers that have been read, with those of the current document. */
  private done = 0;
  /** Papers of the current document that an earlier run has read. */
  private skipped = 0;
  private reported = 0;
  private isDocumentBegun = false;

  /** @param documents The documents that will be read. One without papers has no text and takes no time. */
  constructor(
    documents: readonly { readonly papers: number }[],
    private readonly onWork: (work: PanelWork) => void,
  ) {
    this.total = documents.reduce((sum, { papers }) => sum + papers, 0);
  }

  /** Notes that a part of the current document has been read. @param papers Number of papers in the document. */
  reached(papers: number, { done, total, from = 0 }: IndexedPart): void {
    const share = (records: number): number => (total > 0 ? Math.round((papers * records) / total) : 0);
    if (!this.isDocumentBegun) this.skipped += share(from);
    this.isDocumentBegun = true;
    this.done = this.ended + share(done);
    this.show();
  }

  /** Notes that the current document has been read, or is skipped. */
  endDocument(papers: number): void {
    this.isDocumentBegun = false;
    this.ended += papers;
    this.done = this.ended;
    this.show();
  }

  /**
   * Whether new results are shown now: often at first, later seldom, to save work. After `true` it counts anew.
   */
  isReportDue(): boolean {
    const step = this.done < 50 ? 5 : this.done < 500 ? 20 : 50;
    if (this.done - this.reported < step) return false;
    this.reported = this.done;
    return true;
  }

  private show(): void {
    const { done, total, skipped, started } = this;
    if (total === 0) return;
    const left = secondsLeft(performance.now() - started, done - skipped, total - done);
    const words = [
      vscode.l10n.t('Reading papers: {0} of {1}', formatCount(done), formatCount(total)),
      ...(left === undefined || done === total ? [] : [timeLeftLabel(left)]),
    ].join(' · ');
    this.onWork({ label: words, fraction: fileShare + (1 - fileShare) * (done / total) });
  }
}
