import * as vscode from 'vscode';
import { withKeyword } from '../../../core/review/keywordMatches';
import { learnedDecisions, rankingQuestion } from '../../../core/review/rankingInput';
import { recordsInPhase } from '../../../core/review/reviewState';
import type { Phase, ReviewRecord } from '../../../core/review/reviewData';
import { enoughRecall } from '../../../core/screening/progress';
import type {
  FindRecordsParams,
  FoundRecords,
  RecordMarks,
  RecordView,
  RelevantEstimate,
  ScreeningState,
} from '../../../protocol/screening';
import type { KeywordParams } from '../../../protocol/screeningMessages';
import type { ReviewFolder } from '../../../runtime/review/reviewFolder';
import { Disposable } from '../../dispose';
import type { RecordNames } from './recordNames';
import type { RecordRanker } from './recordRanker';
import { Screener } from './screener';
import { foundRecords, recordView, screeningState, type Viewer } from './screeningViews';

export interface ScreeningModelParts {
  /** The name under which decisions are stored. */
  readonly reviewer: () => string;
  /** Disposed with the model. */
  readonly ranker: RecordRanker;
  readonly names: RecordNames;
  /** Called after each change of the review. */
  readonly onWritten: () => void;
  /** The time in milliseconds since 1970. Default: the clock. */
  readonly now?: () => number;
}

/** Number of records whose names are found in advance. */
const prefetched = 3;

/** How long a page waits for the first ranking. A very large review begins as imported. */
const firstRankingMs = 3000;

/** The state behind the screening view. It lives on while the view is hidden. */
export class ScreeningModel extends Disposable {
  private readonly changed = this._register(new vscode.EventEmitter<void>());
  /** Fires when anything on the page may have changed. */
  readonly onDidChange = this.changed.event;
  readonly screener: Screener;
  /** Settles when the first record is known, which a page should not show before: a later ranking would replace it. */
  readonly begun: Promise<void>;

  constructor(
    private review: ReviewFolder,
    private readonly parts: ScreeningModelParts,
  ) {
    super();
    const { reviewer, ranker, onWritten, now = Date.now } = parts;
    this.screener = this._register(
      new Screener({
        ...{ reviewer, onWritten, now },
        review: () => this.review,
        ranking: (phase) => ranker.rankingOf(phase)?.order,
      }),
    );
    this._register(this.screener.position.onDidChange(() => this.changed.fire()));
    this._register(this._register(ranker).onDidRank(() => this.changed.fire()));
    this.begun = this.firstRanking().then(() => this.screener.position.begin());
    this.rank();
  }

  /** To be called when the files of the review have changed. @param review The review of the folder. */
  refresh(review: ReviewFolder): void {
    this.review = review;
    this.screener.position.refresh();
    this.rank();
  }

  setPhase(phase: Phase): void {
    this.screener.position.setPhase(phase);
    this.rank();
  }

  state(): ScreeningState {
    const { ranker } = this.parts;
    const { position, canUndo } = this.screener;
    return screeningState(this.review.state, {
      ...this.viewer,
      order: position.order,
      canUndo,
      estimate: this.estimate(),
      notice: notice(this.review, ranker.hasFailed),
    });
  }

  /** The record on the screen. Undefined if no record waits for a decision. */
  shown(): RecordView | undefined {
    const { shown } = this.screener.position;
    return shown && recordView(this.review.state, shown, this.viewer);
  }

  recordOf(id: string): ReviewRecord | undefined {
    return this.review.state.records.find((record) => record.id === id);
  }

  find(params: FindRecordsParams): FoundRecords {
    return foundRecords(this.review.state, params, this.viewer);
  }

  /** The names in a record. Those in the next records are found in advance. */
  async marksOf(id: string): Promise<RecordMarks> {
    const record = this.recordOf(id);
    if (!record) return { title: [], abstract: [] };
    const { phase } = this.viewer;
    const text = ({ id: of, title, abstract = '' }: ReviewRecord) => ({
      id: of,
      title,
      abstract: phase === 'title' ? undefined : abstract,
    });
    const next = this.screener.position.queue().slice(0, prefetched + 1);
    return this.parts.names.marksOf(text(record), next.filter((each) => each.id !== id).map(text));
  }

  async addKeyword({ group, word }: KeywordParams): Promise<void> {
    await this.review.changeSettings((settings) => ({
      ...settings,
      keywords: withKeyword(settings.keywords, group, word),
    }));
    this.changed.fire();
    this.parts.onWritten();
  }

  private get viewer(): Viewer {
    return { phase: this.screener.position.phase, who: this.parts.reviewer() };
  }

  private firstRanking(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, firstRankingMs);
      this._register({ dispose: () => clearTimeout(timer) });
      this._register(this.parts.ranker.onDidRank(() => resolve()));
    });
  }

  private rank(): void {
    const { state } = this.review;
    const { phase } = this.viewer;
    this.parts.ranker.update({
      phase,
      records: recordsInPhase(state, phase),
      question: rankingQuestion(state),
      decisions: learnedDecisions(state, this.viewer),
    });
  }

  private estimate(): RelevantEstimate | undefined {
    const progress = this.parts.ranker.rankingOf(this.viewer.phase)?.progress;
    // Before the first relevant record any number is possible.
    if (!progress || progress.found === 0) return undefined;
    const { left, confidence } = progress;
    return {
      left: Math.round(left.estimate),
      low: Math.round(left.low),
      high: Math.round(left.high),
      hint: vscode.l10n.t(
        'Probability that {0} % of them are found: {1} %.',
        Math.round(enoughRecall * 100),
        Math.floor(confidence * 100),
      ),
    };
  }
}

function notice({ problems }: ReviewFolder, isUnranked: boolean): string | undefined {
  const lines = [
    ...(isUnranked
      ? [vscode.l10n.t('The records cannot be ranked, so they come as imported. Screening goes on.')]
      : []),
    ...(problems.length > 0
      ? [vscode.l10n.t('Some lines of the review cannot be read: {0}', problems.join('; '))]
      : []),
  ];
  return lines.length > 0 ? lines.join(' ') : undefined;
}
