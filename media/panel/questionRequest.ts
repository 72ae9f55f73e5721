import type { AskProgress, AskResult } from '../../src/protocol/panel';
import type { AnswersView } from './answersView';

export interface RequestActions {
  ask(question: string, onProgress: (progress: AskProgress) => void, signal: AbortSignal): Promise<AskResult>;
  /** Called when a request begins and when it ends. */
  onChange(isRunning: boolean): void;
}

/** Asks one question at a time and shows what comes of it. */
export class QuestionRequest {
  /** The question that is answered or was answered last. */
  question = '';
  private running: AbortController | undefined;

  constructor(
    private readonly answers: AnswersView,
    private readonly actions: RequestActions,
  ) {}

  get isRunning(): boolean {
    return this.running !== undefined;
  }

  /** Asks a question in the place of the one that may be running. */
  start(question: string): void {
    this.cancel();
    this.question = question;
    const controller = new AbortController();
    this.answers.showStart(question);
    this.setRunning(controller);
    // A request that was cancelled shows nothing.
    const ifRunning = (show: () => void): void => {
      if (this.running === controller) show();
    };
    const onProgress = (progress: AskProgress): void => ifRunning(() => this.answers.showProgress(progress));
    this.actions.ask(question, onProgress, controller.signal).then(
      (result) => ifRunning(() => this.end(() => this.answers.showResult(result))),
      (error: unknown) => ifRunning(() => this.end(() => this.answers.showFailure(error))),
    );
  }

  /** Asks the last question again, because its answer would not agree with what is read now. */
  startAgain(): void {
    if (this.question !== '' && (this.running ?? this.answers.result)) this.start(this.question);
  }

  cancel(): void {
    const { running } = this;
    if (!running) return;
    this.end(() => this.answers.showCancelled());
    running.abort();
  }

  private end(show: () => void): void {
    show();
    this.setRunning(undefined);
  }

  private setRunning(running: AbortController | undefined): void {
    this.running = running;
    this.actions.onChange(running !== undefined);
  }
}
