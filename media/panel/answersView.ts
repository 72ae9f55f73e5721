import type { AnswerRow, AskProgress, AskResult, StanceRow } from '../../src/protocol/panel';
import { AnswerItems, type AnswerItemActions } from './answerItems';
import { el, setHidden } from './dom';
import { failureText } from './failureText';
import { button, iconButton, spinner } from './toolkit';
import type { Words } from './words';

export interface AnswersActions extends AnswerItemActions {
  /** Called when the user has closed the answers: moves the focus back to the question box. */
  returnToBox(): void;
  /** Called when there is nothing to ask: lets the user open a document. */
  openFile(): void;
  /** Called when the result has changed by an action of the user. */
  onChange(): void;
}

/** The result of a question: a line about the search, and the verdict and the answers below it. */
export class AnswersView {
  private readonly status = el('div', { class: 'ask-status', attributes: { role: 'status' } });
  private readonly answers = el('div', { class: 'answers' });
  private readonly items: AnswerItems;
  private shown: AskResult | undefined;

  constructor(
    private readonly words: Words,
    private readonly actions: AnswersActions,
  ) {
    this.items = new AnswerItems(words, {
      reveal: (id, keepFocus) => actions.reveal(id, keepFocus),
      pin: (row) => this.pin(row),
    });
    this.fill([]);
  }

  get elements(): readonly HTMLElement[] {
    return [this.status, this.answers];
  }

  /** The result on display; undefined during a search. */
  get result(): AskResult | undefined {
    return this.shown;
  }

  showStart(question: string): void {
    this.shown = undefined;
    this.fill([]);
    this.status.replaceChildren(spinner(this.words.text('reading', 0, 0)), question);
  }

  showProgress({ read, total, answers }: AskProgress): void {
    this.status.replaceChildren(
      spinner(this.words.text('ask')),
      el('span', {}, this.words.text('reading', read, total)),
    );
    if (answers.length > 0) this.fill([this.items.list(answers)]);
  }

  /** Shows a new result from its beginning: what was shown before may have been scrolled. */
  showResult(result: AskResult): void {
    this.draw(result);
    this.answers.scrollTop = 0;
  }

  private draw(result: AskResult): void {
    this.shown = result;
    const { words, items } = this;
    const { answers, verdict, read, total, papers, model, modelIdentity } = result;
    const summary = words.text('searched', read, total, papers, model);
    this.status.replaceChildren(
      el('span', { class: 'searched', attributes: { title: modelIdentity } }, summary),
      iconButton('close', words.text('clearAnswers'), () => this.close()),
    );
    if (answers.length === 0 && !verdict) {
      const message =
        total === 0 ? words.text('noPassages') : words.plural(read, 'noAnswerInOne', 'noAnswer');
      const next = total === 0 ? [button(words.text('openFile'), () => this.actions.openFile())] : [];
      this.fill([el('p', { class: 'no-answer' }, message), ...next]);
      return;
    }
    this.fill([
      ...(verdict ? [items.verdict(verdict)] : []),
      ...this.doubts(result),
      ...(answers.length > 0 ? [items.list(answers)] : []),
    ]);
  }

  showFailure(error: unknown): void {
    this.status.replaceChildren();
    this.fill([el('p', { class: 'problem', attributes: { role: 'alert' } }, failureText(error))]);
    this.answers.scrollTop = 0;
  }

  /** Ends a search that was cancelled. The answers that were found before stay. */
  showCancelled(): void {
    this.status.replaceChildren();
  }

  /** Replaces the content. A link that is drawn again keeps the focus, which moves nothing. */
  private fill(content: readonly HTMLElement[]): void {
    const hadFocus = this.answers.contains(document.activeElement) ? document.activeElement?.id : undefined;
    this.answers.replaceChildren(...content);
    setHidden(this.answers, content.length === 0);
    if (hadFocus) document.getElementById(hadFocus)?.focus({ preventScroll: true });
  }

  private doubts({ note, noAnswer = 0 }: AskResult): readonly HTMLElement[] {
    const { words } = this;
    const limits = note === undefined ? [] : [note];
    const doubt = noAnswer >= 0.5 ? [words.text('mayNotAnswer', words.percent(noAnswer))] : [];
    return [...limits, ...doubt].map((text) => el('p', { class: 'doubt' }, text));
  }

  private close(): void {
    this.shown = undefined;
    this.status.replaceChildren();
    this.fill([]);
    this.actions.returnToBox();
    this.actions.onChange();
  }

  private pin(row: AnswerRow | StanceRow): void {
    this.actions.pin(row);
    if (!this.shown) return;
    const { answers, verdict } = this.shown;
    const pinned = <Row extends AnswerRow | StanceRow>(each: Row): Row =>
      each.id === row.id ? { ...each, isPinned: !row.isPinned } : each;
    this.draw({
      ...this.shown,
      answers: answers.map(pinned),
      verdict: verdict && { ...verdict, sentences: verdict.sentences.map(pinned) },
    });
    this.actions.onChange();
  }
}
