import type { AskProgress, AskResult, PanelState } from '../../src/protocol/panel';
import type { AnswerItemActions } from './answerItems';
import { AnswersView } from './answersView';
import { el, setHidden } from './dom';
import { QuestionHistory } from './questionHistory';
import { DraftsSwitch } from './draftsSwitch';
import { iconButton, textBox, type TextBox } from './toolkit';
import type { Words } from './words';

export interface QuestionActions extends AnswerItemActions {
  ask(question: string, onProgress: (progress: AskProgress) => void, signal: AbortSignal): Promise<AskResult>;
  clearHistory(): void;
  setWithoutDrafts(isWithout: boolean): void;
  openFile(): void;
  onChange(): void;
}

/** The state that is saved while the panel is hidden. */
export interface QuestionState {
  /** The content of the box. */
  readonly question: string;
  /** The question that `result` answers. */
  readonly asked: string;
  readonly result: AskResult | undefined;
}

/** The question box and the running request, with the answers below them. */
export class QuestionView {
  readonly element: HTMLElement;
  private readonly box: TextBox;
  private readonly askButton: HTMLElement;
  private readonly stopButton: HTMLElement;
  private readonly answers: AnswersView;
  private readonly history: QuestionHistory;
  private readonly draftsSwitch: DraftsSwitch;
  private running: AbortController | undefined;
  /** The question that is answered or was answered last. */
  private asked = '';
  /** Whether the answers leave drafts out. Undefined before the first state. */
  private recordsOnly: boolean | undefined;

  constructor(
    words: Words,
    private readonly actions: QuestionActions,
  ) {
    this.askButton = iconButton('send', words.text('ask'), () => this.submit());
    this.stopButton = iconButton('debug-stop', words.text('cancel'), () => this.cancel());
    const historyButton = iconButton('history', words.text('history'), () => this.history.toggle());
    this.box = textBox({
      label: words.text('question'),
      hint: words.text('questionHint'),
      onKey: (event) => this.onKey(event),
      end: [historyButton, this.askButton, this.stopButton],
    });
    this.box.element.classList.add('question-box');
    setHidden(this.stopButton, true);
    this.history = new QuestionHistory(words, {
      choose: (question) => this.ask(question),
      returnToBox: () => this.box.focus(),
      clear: () => actions.clearHistory(),
    });
    this.draftsSwitch = new DraftsSwitch(words, (isOn) => actions.setWithoutDrafts(isOn));
    this.answers = new AnswersView(words, { ...actions, returnToBox: () => this.box.focus() });
    this.element = el(
      'section',
      { class: 'question' },
      this.box.element,
      this.draftsSwitch.element,
      ...this.history.elements,
      ...this.answers.elements,
    );
  }

  get state(): QuestionState {
    return { question: this.box.value, asked: this.asked, result: this.answers.result };
  }

  restore({ question, asked, result }: QuestionState): void {
    this.box.value = question;
    this.asked = asked;
    if (result) this.answers.showResult(result);
  }

  setState({ history, scope, recordsOnly }: PanelState): void {
    this.history.questions = history;
    // One document is read and listed in any case.
    const isOneDocument = scope === 'document';
    setHidden(this.draftsSwitch.element, isOneDocument);
    const isChanged = this.recordsOnly !== undefined && recordsOnly !== this.recordsOnly;
    this.recordsOnly = recordsOnly;
    if (isChanged && !isOneDocument) this.askAgain();
  }

  set withoutDrafts(isWithout: boolean) {
    this.draftsSwitch.isOn = isWithout;
  }

  /** Asks a question. An empty question only moves the caret into the box. */
  ask(question: string): void {
    this.box.focus();
    if (question === '') return;
    this.box.value = question;
    this.submit();
  }

  private submit(): void {
    const question = this.box.value.trim();
    this.history.hide();
    if (question === '') {
      this.box.focus();
      return;
    }
    // The box keeps the focus, and the caret at the end of a long question would keep its beginning out of sight.
    this.box.showStart();
    this.start(question);
  }

  /** An answer on the screen would not agree with what is read now. What the user types meanwhile stays in the box. */
  private askAgain(): void {
    if (this.asked !== '' && (this.running ?? this.answers.result)) this.start(this.asked);
  }

  private start(question: string): void {
    this.cancel();
    this.asked = question;
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

  private cancel(): void {
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
    setHidden(this.askButton, running !== undefined);
    setHidden(this.stopButton, running === undefined);
    this.actions.onChange();
  }

  private onKey(event: KeyboardEvent): void {
    switch (event.key) {
      case 'Enter':
        this.submit();
        break;
      case 'Escape':
        if (this.running) this.cancel();
        else if (this.history.isShown) this.history.hide();
        else return;
        break;
      case 'ArrowUp':
        this.show(this.history.move(1));
        break;
      case 'ArrowDown':
        this.show(this.history.move(-1));
        break;
      default:
        this.history.resetPosition();
        return;
    }
    event.preventDefault();
  }

  private show(question: string | undefined): void {
    if (question !== undefined) this.box.value = question;
  }
}
