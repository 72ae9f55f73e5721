import * as vscode from 'vscode';
import { BioBertError, errorCodes } from '../../core/errors';
import type { ReviewSettings } from '../../core/review/reviewData';
import { ReviewFolder } from '../../runtime/review/reviewFolder';
import { Disposable } from '../dispose';
import { logFailure, type Logger } from '../log';
import { problemNotice } from '../notices';
import { reviewerName } from '../workspace/reviewerName';

/** The files of a review, as a glob pattern. */
const reviewFiles = '.biobert/{review.json,records.jsonl,duplicates.jsonl,screening*.jsonl}';

/** A pull changes several files; they are read once it has finished. */
const settleMs = 300;

/** The review of the open folder. It follows changes of its files by other windows and by version control. */
export class ReviewSession extends Disposable {
  private readonly changed = this._register(new vscode.EventEmitter<void>());
  /** Fires after every change, also by {@link notify}. */
  readonly onDidChange = this.changed.event;
  private review: Promise<ReviewFolder | undefined> | undefined;
  private timer: NodeJS.Timeout | undefined;
  /** Whether the user knows that the review cannot be read. */
  private isProblemShown = false;

  constructor(private readonly log: Logger) {
    super();
    const watcher = this._register(vscode.workspace.createFileSystemWatcher(`**/${reviewFiles}`));
    const check = (): void => this.checkSoon();
    this._register(vscode.Disposable.from(watcher.onDidCreate(check), watcher.onDidChange(check)));
    this._register(watcher.onDidDelete(check));
    this._register(vscode.workspace.onDidChangeWorkspaceFolders(() => this.forget()));
    this._register({ dispose: () => clearTimeout(this.timer) });
  }

  /** @returns undefined if the open folder has no review. @throws {BioBertError} as {@link ReviewFolder.open}. */
  async find(): Promise<ReviewFolder | undefined> {
    const folder = localFolder();
    if (!folder) return undefined;
    this.review ??= ReviewFolder.open(folder.fsPath);
    try {
      const review = await this.review;
      if (review?.exists === true) return review;
      this.review = undefined;
      return undefined;
    } catch (error) {
      this.review = undefined;
      throw error;
    }
  }

  /** @throws {BioBertError} ARGUMENT_INVALID if the open folder has no review. */
  async open(): Promise<ReviewFolder> {
    const review = await this.find();
    if (review) return review;
    throw new BioBertError(
      errorCodes.ARGUMENT_INVALID,
      vscode.l10n.t('The open folder has no review.'),
      vscode.l10n.t('Run "BioBERT: New Review" first.'),
    );
  }

  /** Starts a review in the open folder. */
  async create(settings: ReviewSettings): Promise<ReviewFolder> {
    const folder = requiredFolder();
    const review = await ReviewFolder.create(folder.fsPath, settings);
    this.review = Promise.resolve(review);
    this.notify();
    return review;
  }

  /** To be called after each change of the review. */
  notify(): void {
    this.changed.fire();
  }

  /** The name under which decisions are stored. */
  get reviewer(): string {
    return reviewerName();
  }

  private forget(): void {
    this.review = undefined;
    this.notify();
  }

  private checkSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => logFailure(this.check(), this.log, 'reading the review'), settleMs);
  }

  /** Tells once of a review that cannot be read, until it can be read again. @throws the same error, for the log. */
  private async check(): Promise<void> {
    try {
      if (await this.readChanges()) this.isProblemShown = false;
    } catch (error) {
      if (!this.isProblemShown) void vscode.window.showErrorMessage(problemNotice(error).message);
      this.isProblemShown = true;
      throw error;
    }
  }

  /** @returns whether the review was read. */
  private async readChanges(): Promise<boolean> {
    const isKnown = this.review !== undefined;
    const review = await this.find();
    // A review that could not be read before was read just now.
    if (isKnown && (await review?.isChangedOnDisk()) !== true) return false;
    if (isKnown) await review?.reload();
    this.notify();
    return true;
  }
}

function localFolder(): vscode.Uri | undefined {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  return folder?.uri.scheme === 'file' ? folder.uri : undefined;
}

/** @throws {BioBertError} ARGUMENT_INVALID if no folder of this machine is open. */
export function requiredFolder(): vscode.Uri {
  const folder = localFolder();
  if (folder) return folder;
  throw new BioBertError(
    errorCodes.ARGUMENT_INVALID,
    vscode.l10n.t('No folder of this machine is open.'),
    vscode.l10n.t('Open the folder in which the files of the review will be kept.'),
  );
}
