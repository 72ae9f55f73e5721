import * as vscode from 'vscode';
import type { Phase, ReviewRecord } from '../../../core/review/reviewData';
import type { ProgressEstimate } from '../../../core/screening/progress';
import type { RankedText, RelevanceDecision } from '../../../core/screening/ranker';
import { Disposable } from '../../dispose';
import { describeError, type Logger } from '../../log';

export interface RecordRanking {
  /** Ids of the records without a decision, most relevant first. */
  readonly order: readonly string[];
  /** Undefined while too little is known. */
  readonly progress?: Pick<ProgressEstimate, 'found' | 'left' | 'confidence'> | undefined;
}

/** Ranks records in another process or thread. */
export interface RankingClient {
  load(records: readonly RankedText[], question: string): Promise<void>;
  rank(decisions: readonly RelevanceDecision[]): Promise<RecordRanking>;
  dispose(): unknown;
}

export interface RankingInput {
  /** The phase of the records and of the decisions. */
  readonly phase: Phase;
  readonly records: readonly ReviewRecord[];
  /** The question and the criteria of the review. */
  readonly question: string;
  readonly decisions: readonly RelevanceDecision[];
}

/**
 * Keeps a ranking of the records up to date in the background. Changes that come while it is computed are taken
 * together. If the client fails, there is no ranking until an {@link update} succeeds.
 */
export class RecordRanker extends Disposable {
  private readonly ranked = this._register(new vscode.EventEmitter<void>());
  /** Fires when there is a new ranking, and when ranking has failed. */
  readonly onDidRank = this.ranked.event;
  private readonly client: RankingClient;
  private loaded: Pick<RankingInput, 'records' | 'question'> | undefined;
  private wanted: RankingInput | undefined;
  private isRunning = false;
  private current: { readonly phase: Phase; readonly ranking: RecordRanking } | undefined;
  private failed = false;

  constructor(
    createClient: () => RankingClient,
    private readonly log: Logger,
  ) {
    super();
    this.client = this._register(createClient());
  }

  /** The last ranking. Undefined while the records of the phase have not been ranked. */
  rankingOf(phase: Phase): RecordRanking | undefined {
    return this.current?.phase === phase ? this.current.ranking : undefined;
  }

  /** Whether the last attempt has failed. */
  get hasFailed(): boolean {
    return this.failed;
  }

  /** Ranks again soon. */
  update(input: RankingInput): void {
    if (this.isDisposed) return;
    this.wanted = input;
    if (!this.isRunning) void this.run();
  }

  /** Never rejects. */
  private async run(): Promise<void> {
    this.isRunning = true;
    try {
      for (let input = this.wanted; input; input = this.wanted) {
        this.wanted = undefined;
        this.current = { phase: input.phase, ranking: await this.rank(input) };
        this.failed = false;
        if (this.isDisposed) return;
        this.ranked.fire();
      }
    } catch (error) {
      if (this.isDisposed) return;
      this.log.warn(`Ranking of records: ${describeError(error)}`);
      this.failed = true;
      this.current = undefined;
      this.loaded = undefined;
      this.ranked.fire();
    } finally {
      this.isRunning = false;
    }
  }

  private async rank(input: RankingInput): Promise<RecordRanking> {
    if (!isSameContent(this.loaded, input)) {
      await this.client.load(input.records.map(rankedText), input.question);
      this.loaded = input;
    }
    return this.client.rank(input.decisions);
  }
}

function rankedText({ id, title = '', abstract = '' }: ReviewRecord): RankedText {
  return { id, title, abstract };
}

/** Records do not change after their import, so their ids suffice. */
function isSameContent(
  loaded: Pick<RankingInput, 'records' | 'question'> | undefined,
  { records, question }: RankingInput,
): boolean {
  if (loaded?.question !== question || loaded.records.length !== records.length) return false;
  return records.every(({ id }, index) => id === loaded.records[index]?.id);
}
