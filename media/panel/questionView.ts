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

/** What is kept while the panel is hidden. */
export interface QuestionState {
  readonly question: string;
  readonly result: AskResult | undefined;
}

/** The question box with the answers under it. */
export class QuestionView {
  readonly element: HTMLElement;
  private readonly box: TextBox;
  private readonly go: HTMLElement;
  private readonly stop: HTMLElement;
  private readonly answers = el('div', { class: 'answers' });
  private readonly status = el('div', { class: 'ask-status', attributes: { role: 'status' } });
  private readonly history: QuestionHistory;
  private running: AbortController | undefined;
  private asked = '';
  private result: AskResult | undefined;

  constructor(
    private readonly words: Words,
    private readonly actions: QuestionActions,
  ) {
    this.go = iconButton('send', words.say('ask'), () => this.askNow());
    this.stop = iconButton('debug-stop', words.say('cancel'), () => this.cancel());
    const recall = iconButton('history', words.say('history'), () => this.history.toggle());
    this.box = textBox({
      label: words.say('question'),
      hint: words.say('questionHint'),
      onKey: (event) => this.onKey(event),
      end: [recall, this.go, this.stop],
    });
    this.box.element.classList.add('question-box');
    setHidden(this.stop, true);
    this.history = new QuestionHistory(words, {
      choose: (question) => this.ask(question),
      leave: () => this.box.focus(),
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

  /** Asks; an empty question puts the caret into the box. */
  ask(question: string): void {
    this.box.focus();
    if (question === '') return;
    this.box.value = question;
    this.askNow();
  }

  private askNow(): void {
    const question = this.box.value.trim();
    this.history.hide();
    if (question === '') {
      this.box.focus();
      return;
    }
    this.cancel();
    const controller = new AbortController();
    this.running = controller;
    this.asked = question;
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
    setHidden(this.go, true);
    setHidden(this.stop, false);
    this.answers.replaceChildren();
    setHidden(this.answers, true);
    this.status.replaceChildren(spinner(this.words.say('reading', 0, 0)), this.asked);
    this.actions.onChange();
  }

  private end(show: () => void): void {
    this.running = undefined;
    setHidden(this.go, false);
    setHidden(this.stop, true);
    show();
    this.actions.onChange();
  }

  private showProgress({ read, total, answers }: AskProgress): void {
    this.status.replaceChildren(
      spinner(this.words.say('ask')),
      el('span', {}, this.words.say('reading', read, total)),
    );
    if (answers.length > 0) this.showAnswers(answers, []);
  }

  private showResult(result: AskResult): void {
    this.result = result;
    const { words } = this;
    const { answers, verdict, noAnswer = 0, note, read, total, documents, model, modelIdentity } = result;
    const isEmpty = answers.length === 0 && !verdict;
    const close = iconButton('close', words.say('clearAnswers'), () => this.close());
    const found = words.say('searched', read, total, documents, model);
    this.status.replaceChildren(
      el('span', { class: 'searched', attributes: { title: modelIdentity } }, found),
      close,
    );
    if (isEmpty) {
      const message = total === 0 ? words.say('noPassages') : words.say('noAnswer', read);
      this.answers.replaceChildren(el('p', { class: 'no-answer' }, message));
      setHidden(this.answers, false);
      return;
    }
    const doubt =
      noAnswer >= 0.5
        ? [el('p', { class: 'doubt' }, words.say('mayNotAnswer', words.percent(noAnswer)))]
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
    const list = el('ol', { class: 'answer-list', attributes: { 'aria-label': this.words.say('answers') } });
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
    const go = this.goTo(row.id, [
      head,
      el('span', { class: 'quote' }, sentence(excerpt(row.sentence))),
      placeName(row),
    ]);
    const pin = iconButton(row.isPinned ? 'pinned' : 'pin', words.say(row.isPinned ? 'unpin' : 'pin'), () =>
      this.pin(row),
    );
    pin.classList.add('answer-pin');
    const also = otherPlaces(row, words, (place) => this.goTo(place.id, [placeName(place)], 'also'));
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

  private goTo(id: number, content: readonly HTMLElement[], kind = 'answer'): HTMLElement {
    const made = el(
      'button',
      { class: `go ${kind}`, id: `answer-${id}`, attributes: { type: 'button' } },
      ...content,
    );
    made.addEventListener('click', (event) => this.actions.reveal(id, keepsFocus(event)));
    return made;
  }

  private verdict({ yes, no, maybe, reasons }: VerdictView): HTMLElement {
    const { words } = this;
    const parts = [
      ['yes', yes],
      ['no', no],
      ['maybe', maybe],
    ] as const;
    const label = words.say('verdict', words.percent(yes), words.percent(no), words.percent(maybe));
    const bar = el('div', { class: 'verdict-bar', attributes: { role: 'img', 'aria-label': label } });
    for (const [name, share] of parts) {
      const part = el('span', { class: `verdict-part ${name}` });
      part.style.flexGrow = String(share);
      bar.append(part);
    }
    const legend = el('div', { class: 'verdict-legend', attributes: { 'aria-hidden': 'true' } });
    legend.append(
      ...parts.map(([name, share]) =>
        el('span', { class: name }, `${words.say(name)} ${words.percent(share)}`),
      ),
    );
    const list = el('ul', { class: 'reasons', attributes: { 'aria-label': words.say('reasons') } });
    list.append(
      ...reasons.map((reason) => {
        const head = el('span', { class: `reason-verdict ${reason.verdict}` }, words.say(reason.verdict));
        const content = [head, el('span', { class: 'quote' }, sentence(reason.sentence)), placeName(reason)];
        return el('li', {}, this.goTo(reason.id, content));
      }),
    );
    return el('div', { class: 'verdict' }, bar, legend, ...(reasons.length > 0 ? [list] : []));
  }

  private onKey(event: KeyboardEvent): void {
    switch (event.key) {
      case 'Enter':
        this.askNow();
        break;
      case 'Escape':
        if (this.running) this.cancel();
        else if (this.history.isShown) this.history.hide();
        else return;
        break;
      case 'ArrowUp':
        this.show(this.history.walk(1));
        break;
      case 'ArrowDown':
        this.show(this.history.walk(-1));
        break;
      default:
        this.history.stopWalking();
        return;
    }
    event.preventDefault();
  }

  private show(question: string | undefined): void {
    if (question !== undefined) this.box.value = question;
  }
}
