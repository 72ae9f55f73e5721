import type { DecideParams, RecordView, ScreeningState } from '../../src/protocol/screening';
import {
  actMethod,
  addKeywordMethod,
  decideMethod,
  findMethod,
  fullTextMethod,
  marksMethod,
  moveMethod,
  noteMethod,
  orderMethod,
  phaseMethod,
  recordEvent,
  showMethod,
  stateEvent,
  tagsMethod,
  undoMethod,
  type ScreeningStart,
} from '../../src/protocol/screeningMessages';
import type { Method, Rpc } from '../../src/protocol/rpc';
import { el } from '../panel/dom';
import { FailureBox } from '../panel/failureBox';
import type { PageStorage } from '../panel/stateStore';
import { Words } from '../panel/words';
import { ChoiceBox } from './choiceBox';
import { commandOf, type Command } from './keys';
import { ScreenViews } from './screenViews';
import type { ScreenWords } from './screenWords';
import { ViewStore } from './viewStore';

export interface AppParts {
  readonly root: HTMLElement;
  readonly rpc: Rpc;
  readonly api: PageStorage;
  readonly start: ScreeningStart;
}

/** Connects the views with each other and with the host. */
export class ScreeningApp {
  private readonly rpc: Rpc;
  private readonly words: ScreenWords;
  private readonly store: ViewStore;
  private readonly failure: FailureBox;
  private readonly box: ChoiceBox;
  private readonly views: ScreenViews;
  /** Read out by screen readers. */
  private readonly spoken = el('div', {
    class: 'spoken',
    attributes: { role: 'status', 'aria-live': 'polite' },
  });
  private state: ScreeningState;
  private record: RecordView | undefined;
  /** The last action of the reviewer, to be read out before the next record. */
  private lastDone = '';

  constructor({ root, rpc, api, start }: AppParts) {
    this.rpc = rpc;
    this.words = new Words(start.words, start.locale);
    this.store = new ViewStore(api);
    this.failure = new FailureBox((text) => this.words.text('failed', text));
    this.box = new ChoiceBox(this.words.text('cancel'));
    this.state = start.state;
    this.views = this.createViews();
    root.replaceChildren(...this.views.elements, this.failure.element, this.views.bar.element, this.spoken);
    document.addEventListener('keydown', (event) => this.onKey(event));
    rpc.on(stateEvent, (state) => this.setState(state));
    rpc.on(recordEvent, ({ record }) => this.show(record));
    this.setState(start.state);
    // A note that was typed when the page was hidden.
    const { draft } = this.store.value;
    if (!draft) return;
    this.store.update({ draft: undefined });
    this.send(noteMethod, draft);
  }

  private createViews(): ScreenViews {
    const { rpc } = this;
    return new ScreenViews(this.words, this.store, this.box, {
      run: (command) => this.run(command),
      setPhase: (phase) => this.send(phaseMethod, phase),
      setOrder: (order) => this.send(orderMethod, order),
      act: (action) => this.send(actMethod, action),
      fullText: (action) => {
        if (this.record) this.send(fullTextMethod, { record: this.record.id, action });
      },
      setNote: (record, note) => this.send(noteMethod, { record, note }),
      setTags: (record, tags) => this.send(tagsMethod, { record, tags }),
      find: (params) => rpc.request(findMethod, params),
      show: (record) => this.send(showMethod, record),
      findNames: (record, signal) => rpc.request(marksMethod, record, { signal }),
    });
  }

  private setState(state: ScreeningState): void {
    this.state = state;
    this.views.setState(state, this.record);
  }

  private show(record: RecordView | undefined): void {
    const isOther = record?.id !== this.record?.id;
    if (isOther) this.box.close();
    this.record = record;
    this.views.show(record, this.state);
    if (!isOther) return;
    this.views.say('');
    const title = record ? record.title : this.words.text('allDone');
    this.spoken.textContent = [this.lastDone, title].filter(Boolean).join(' ');
    this.lastDone = '';
  }

  private send<Params>(method: Method<Params, undefined>, params: Params): void {
    this.failure.watch(this.rpc.request(method, params));
  }

  private onKey(event: KeyboardEvent): void {
    const command = commandOf(event);
    if (event.defaultPrevented || command === undefined || isTyping(event)) return;
    // A key that is held down must not decide on the next record.
    if (event.repeat && command !== 'previous' && command !== 'next') return;
    const isSingle = event.key.length === 1 && !event.ctrlKey && !event.metaKey;
    if (isSingle && !this.store.value.withKeys && command !== 'keys') return;
    event.preventDefault();
    this.run(command);
  }

  private run(command: Command): void {
    const { remarks, finder, keys } = this.views;
    const actions: Readonly<Record<Command, () => void>> = {
      include: () => this.decide('include'),
      exclude: () => this.askReason(),
      maybe: () => this.decide('maybe'),
      skip: () => this.decide('skip'),
      undo: () => this.undo(),
      note: () => remarks.focusNote(),
      tag: () => remarks.focusTag(),
      search: () => finder.open(),
      highlight: () => this.askGroup(),
      previous: () => this.send(moveMethod, 'previous'),
      next: () => this.send(moveMethod, 'next'),
      back: () => this.send(moveMethod, 'queue'),
      keys: () => keys.open(),
    };
    actions[command]();
  }

  private undo(): void {
    this.lastDone = this.words.text('undo');
    this.send(undoMethod, undefined);
  }

  private decide(choice: DecideParams['choice'], reason?: string): void {
    const { record, words } = this;
    if (!record) return;
    // A note that is being written belongs to this record.
    this.views.remarks.flush();
    const { screened, total } = this.state.progress;
    const isNew = record.choice === undefined && choice !== 'skip';
    this.lastDone = words.text('saidDone', words.text(choice), screened + (isNew ? 1 : 0), total);
    this.send(decideMethod, { record: record.id, choice, ...(reason !== undefined && { reason }) });
  }

  private askReason(): void {
    const { words, record } = this;
    if (!record) return;
    this.box.ask({
      label: words.text('reason'),
      hint: words.text('reasonHint'),
      noNumber: (number) => words.text('noSuchNumber', number),
      choices: [...this.state.criteria.exclude, ...this.state.reasons],
      none: words.text('noReason'),
      choose: (reason) => this.decide('exclude', reason === '' ? undefined : reason),
    });
  }

  private askGroup(): void {
    const { words } = this;
    const word = this.views.reading.selection.replace(/\s+/g, ' ');
    if (word === '') {
      this.views.say(words.text('addKeywordHint'));
      return;
    }
    this.box.ask({
      label: `${words.text('groupName')}: “${word}”`,
      hint: words.text('newGroup'),
      noNumber: (number) => words.text('noSuchNumber', number),
      choices: this.state.keywords.map(({ name }) => name),
      choose: (group) => this.send(addKeywordMethod, { group, word }),
    });
  }
}

const typing = 'input, textarea, select, vscode-dropdown, dialog, .choice-box, .finder';

/** Whether a key belongs to a field, a list or a dialog. */
function isTyping({ target }: KeyboardEvent): boolean {
  return target instanceof Element && target.closest(typing) !== null;
}
