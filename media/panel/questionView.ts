import type { AnswerRow, AskProgress, AskResult, VerdictView } from '../../src/protocol/panel';
import { el, keepsFocus, setHidden } from './dom';
import { excerpt } from './excerpt';
import { otherPlaces } from './otherPlaces';
import { QuestionHistory } from './questionHistory';
import { placeName, sentence } from './sentence';
import { iconButton, spinner, textBox, type TextBox } from './toolkit';
import type { Words } from './words';

export interface QuestionActions {
  ask(question: string, onProgress: (progress: AskProgress) => void, signal: AbortSignal): Promise<AskResult>;
  reveal(id: number, keepFocus: boolean): void;
  pin(row: AnswerRow): void;
  clearHistory(): void;
  onChange(): void;
}

/** The state that is saved while the panel is hidden. */
export interface QuestionState {
  readonly question: string;
  readonly result: AskResult | undefined;
}

/** The question box, with the answers below it. */
export class QuestionView {
  readonly element: HTMLElement;
  private readonly box: TextBox;
  private readonly askButton: HTMLElement;
  private readonly stopButton: HTMLElement;
  private readonly answers = el('div', { class: 'answers' });
  private readonly status = el('div', { class: 'ask-status', attributes: { role: 'status' } });
  private readonly history: QuestionHistory;
  private running: AbortController | undefined;
  private currentQuestion = '';
  private result: AskResult | undefined;

  constructor(
    private readonly words: Words,
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
    this.element = el(
      'section',
      { class: 'question' },
      this.box.element,
      ...this.history.elements,
      this.status,
      this.answers,
    );
    setHidden(this.answers, true);
  }

  get state(): QuestionState {
    return { question: this.box.value, result: this.running ? undefined : this.result };
  }

  restore({ question, result }: QuestionState): void {
    this.box.value = question;
    if (result) this.showResult(result);
  }

  setHistory(history: readonly string[]): void {
    this.history.questions = history;
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
    this.cancel();
    const controller = new AbortController();
    this.running = controller;
    this.currentQuestion = question;
    this.result = undefined;
    this.begin();
    const onProgress = (progress: AskProgress): void => {
      if (this.running === controller) this.showProgress(progress);
    };
    this.actions.ask(question, onProgress, controller.signal).then(
      (result) => {
        if (this.running === controller) this.end(() => this.showResult(result));
      },
      (error: unknown) => {
        if (this.running === controller) this.end(() => this.showFailure(error));
      },
    );
  }

  private cancel(): void {
    const { running } = this;
    if (!running) return;
    this.end(() => this.status.replaceChildren());
    running.abort();
  }

  private begin(): void {
    setHidden(this.askButton, true);
    setHidden(this.stopButton, false);
    this.answers.replaceChildren();
    setHidden(this.answers, true);
    this.status.replaceChildren(spinner(this.words.text('reading', 0, 0)), this.currentQuestion);
    this.actions.onChange();
  }

  private end(show: () => void): void {
    this.running = undefined;
    setHidden(this.askButton, false);
    setHidden(this.stopButton, true);
    show();
    this.actions.onChange();
  }

  private showProgress({ read, total, answers }: AskProgress): void {
    this.status.replaceChildren(
      spinner(this.words.text('ask')),
      el('span', {}, this.words.text('reading', read, total)),
    );
    if (answers.length > 0) this.showAnswers(answers, []);
  }

  private showResult(result: AskResult): void {
    this.result = result;
    const { words } = this;
    const { answers, verdict, noAnswer = 0, note, read, total, documents, model, modelIdentity } = result;
    const isEmpty = answers.length === 0 && !verdict;
    const close = iconButton('close', words.text('clearAnswers'), () => this.close());
    const summary = words.text('searched', read, total, documents, model);
    this.status.replaceChildren(
      el('span', { class: 'searched', attributes: { title: modelIdentity } }, summary),
      close,
    );
    if (isEmpty) {
      const message = total === 0 ? words.text('noPassages') : words.text('noAnswer', read);
      this.answers.replaceChildren(el('p', { class: 'no-answer' }, message));
      setHidden(this.answers, false);
      return;
    }
    const doubt =
      noAnswer >= 0.5
        ? [el('p', { class: 'doubt' }, words.text('mayNotAnswer', words.percent(noAnswer)))]
        : [];
    const limits = note === undefined ? [] : [el('p', { class: 'doubt' }, note)];
    this.showAnswers(answers, [...(verdict ? [this.verdict(verdict)] : []), ...limits, ...doubt]);
  }

  private showFailure(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    const next = error instanceof Error && 'nextStep' in error ? String(error.nextStep) : '';
    this.status.replaceChildren();
    this.answers.replaceChildren(
      el('p', { class: 'problem', attributes: { role: 'alert' } }, `${message} ${next}`.trim()),
    );
    setHidden(this.answers, false);
  }

  private close(): void {
    this.result = undefined;
    this.status.replaceChildren();
    this.answers.replaceChildren();
    setHidden(this.answers, true);
    this.box.focus();
    this.actions.onChange();
  }

  private showAnswers(answers: readonly AnswerRow[], before: readonly HTMLElement[]): void {
    const list = el('ol', { class: 'answer-list', attributes: { 'aria-label': this.words.text('answers') } });
    list.append(...answers.map((answer, index) => this.answer(answer, index)));
    const hadFocus = this.answers.contains(document.activeElement) ? document.activeElement?.id : undefined;
    this.answers.replaceChildren(...before, ...(answers.length > 0 ? [list] : []));
    setHidden(this.answers, false);
    if (hadFocus) document.getElementById(hadFocus)?.focus();
  }

  private answer(row: AnswerRow, index: number): HTMLElement {
    const { words } = this;
    const head = el(
      'span',
      { class: 'answer-head' },
      el('span', { class: 'rank' }, String(index + 1)),
      el('span', { class: 'answer-text' }, row.answer),
      el('span', { class: 'probability' }, words.percent(row.probability)),
    );
    const go = this.placeLink(row.id, [
      head,
      el('span', { class: 'quote' }, sentence(excerpt(row.sentence))),
      placeName(row),
    ]);
    const pin = iconButton(row.isPinned ? 'pinned' : 'pin', words.text(row.isPinned ? 'unpin' : 'pin'), () =>
      this.pin(row),
    );
    pin.classList.add('answer-pin');
    const also = otherPlaces(row, words, (place) => this.placeLink(place.id, [placeName(place)], 'also'));
    return el('li', {}, go, ...also, pin);
  }

  private pin(row: AnswerRow): void {
    this.actions.pin(row);
    if (!this.result) return;
    const answers = this.result.answers.map((each) =>
      each.id === row.id ? { ...each, isPinned: !row.isPinned } : each,
    );
    this.showResult({ ...this.result, answers });
    this.actions.onChange();
  }

  private placeLink(id: number, content: readonly HTMLElement[], kind = 'answer'): HTMLElement {
    const element = el(
      'button',
      { class: `go ${kind}`, id: `answer-${id}`, attributes: { type: 'button' } },
      ...content,
    );
    element.addEventListener('click', (event) => this.actions.reveal(id, keepsFocus(event)));
    return element;
  }

  private verdict({ yes, no, maybe, reasons }: VerdictView): HTMLElement {
    const { words } = this;
    const parts = [
      ['yes', yes],
      ['no', no],
      ['maybe', maybe],
    ] as const;
    const label = words.text('verdict', words.percent(yes), words.percent(no), words.percent(maybe));
    const bar = el('div', { class: 'verdict-bar', attributes: { role: 'img', 'aria-label': label } });
    for (const [name, share] of parts) {
      const part = el('span', { class: `verdict-part ${name}` });
      part.style.flexGrow = String(share);
      bar.append(part);
    }
    const legend = el('div', { class: 'verdict-legend', attributes: { 'aria-hidden': 'true' } });
    legend.append(
      ...parts.map(([name, share]) =>
        el('span', { class: name }, `${words.text(name)} ${words.percent(share)}`),
      ),
    );
    const list = el('ul', { class: 'reasons', attributes: { 'aria-label': words.text('reasons') } });
    list.append(
      ...reasons.map((reason) => {
        const head = el('span', { class: `reason-verdict ${reason.verdict}` }, words.text(reason.verdict));
        const content = [head, el('span', { class: 'quote' }, sentence(reason.sentence)), placeName(reason)];
        return el('li', {}, this.placeLink(reason.id, content));
      }),
    );
    return el('div', { class: 'verdict' }, bar, legend, ...(reasons.length > 0 ? [list] : []));
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
