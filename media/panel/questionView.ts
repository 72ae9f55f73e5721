import type { AskResult, PanelState } from '../../src/protocol/panel';
import type { AnswerItemActions } from './answerItems';
import { AnswersView } from './answersView';
import { el, setHidden } from './dom';
import { QuestionHistory } from './questionHistory';
import { QuestionRequest, type RequestActions } from './questionRequest';
import { DraftsSwitch } from './draftsSwitch';
import { iconButton, textBox, type TextBox } from './toolkit';
import type { Words } from './words';

export interface QuestionActions extends AnswerItemActions, Pick<RequestActions, 'ask'> {
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

/** The question box, with the answers below it. */
export class QuestionView {
  readonly element: HTMLElement;
  private readonly box: TextBox;
  private readonly askButton: HTMLElement;
  private readonly stopButton: HTMLElement;
  private readonly answers: AnswersView;
  private readonly history: QuestionHistory;
  private readonly draftsSwitch: DraftsSwitch;
  private readonly request: QuestionRequest;
  /** Whether the answers leave drafts out. Undefined before the first state. */
  private recordsOnly: boolean | undefined;

  constructor(words: Words, actions: QuestionActions) {
    this.askButton = iconButton('send', words.text('ask'), () => this.submit());
    this.stopButton = iconButton('debug-stop', words.text('cancel'), () => this.request.cancel());
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
    this.request = new QuestionRequest(this.answers, {
      ask: (...request) => actions.ask(...request),
      onChange: (isRunning) => {
        setHidden(this.askButton, isRunning);
        setHidden(this.stopButton, !isRunning);
        actions.onChange();
      },
    });
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
    return { question: this.box.value, asked: this.request.question, result: this.answers.result };
  }

  restore({ question, asked, result }: QuestionState): void {
    this.box.value = question;
    this.request.question = asked;
    if (result) this.answers.showResult(result);
  }

  setState({ history, scope, recordsOnly }: PanelState): void {
    this.history.questions = history;
    // One document is read and listed in any case.
    const isOneDocument = scope === 'document';
    setHidden(this.draftsSwitch.element, isOneDocument);
    const isChanged = this.recordsOnly !== undefined && recordsOnly !== this.recordsOnly;
    this.recordsOnly = recordsOnly;
    if (isChanged && !isOneDocument) this.request.startAgain();
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
    this.request.start(question);
  }

  private onKey(event: KeyboardEvent): void {
    switch (event.key) {
      case 'Enter':
        this.submit();
        break;
      case 'Escape':
        if (this.request.isRunning) this.request.cancel();
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
