import type {
  FullTextAction,
  RecordView,
  ScreeningAction,
  ScreeningState,
} from '../../src/protocol/screening';
import { el, setHidden } from '../panel/dom';
import type { ChoiceBox } from './choiceBox';
import { CriteriaView } from './criteriaView';
import { DecisionBar } from './decisionBar';
import { EmptyView } from './emptyView';
import { Finder, type FinderActions } from './finder';
import { FullTextBar } from './fullTextBar';
import type { Command } from './keys';
import { KeysDialog } from './keysDialog';
import { ProgressView, type ProgressActions } from './progressView';
import { ReadingView, type NameSearch } from './readingView';
import { RemarksView, type RemarkActions } from './remarksView';
import type { ScreenWords } from './screenWords';
import type { ViewStore } from './viewStore';

export interface ViewActions
  extends
    Pick<ProgressActions, 'setPhase' | 'setOrder'>,
    Pick<RemarkActions, 'setNote' | 'setTags'>,
    Pick<FinderActions, 'find' | 'show'> {
  run(command: Command): void;
  act(action: ScreeningAction): void;
  fullText(action: FullTextAction): void;
  readonly findNames: NameSearch;
}

/** All parts of the page: the progress above, the record with the criteria beside it, the decisions below. */
export class ScreenViews {
  readonly elements: readonly HTMLElement[];
  readonly bar: DecisionBar;
  readonly reading: ReadingView;
  readonly remarks: RemarksView;
  readonly finder: Finder;
  readonly keys: KeysDialog;
  private readonly progress: ProgressView;
  private readonly criteria: CriteriaView;
  private readonly fullText: FullTextBar;
  private readonly empty: EmptyView;
  private readonly hint = el('p', { class: 'hint', attributes: { role: 'status' } });

  constructor(words: ScreenWords, store: ViewStore, box: ChoiceBox, actions: ViewActions) {
    const run = (command: Command): void => actions.run(command);
    const act = (action: ScreeningAction): void => actions.act(action);
    this.progress = new ProgressView(words, {
      ...actions,
      showConflicts: () => act('conflicts'),
      search: () => run('search'),
      showKeys: () => run('keys'),
    });
    this.reading = new ReadingView(words, store, actions.findNames);
    this.remarks = new RemarksView(words, {
      ...actions,
      onDraft: (draft) => store.update({ draft }),
      leave: () => this.reading.focus(),
    });
    this.finder = new Finder(words, { ...actions, leave: () => this.reading.focus() });
    this.criteria = new CriteriaView(words, () => act('edit'));
    this.fullText = new FullTextBar(words, (action) => actions.fullText(action));
    this.empty = new EmptyView(words, actions);
    this.bar = new DecisionBar(words, box, run);
    this.keys = new KeysDialog(words, store.value.withKeys, (withKeys) => store.update({ withKeys }));
    const left = el(
      'div',
      { class: 'left' },
      this.fullText.element,
      this.reading.element,
      this.empty.element,
      this.hint,
    );
    const side = el('aside', { class: 'side' }, this.criteria.element, this.remarks.element);
    this.elements = [
      this.progress.element,
      this.finder.element,
      el('div', { class: 'columns' }, left, side),
      this.keys.element,
    ];
    for (const part of [this.reading, this.remarks, this.empty, this.fullText]) setHidden(part.element, true);
    this.say('');
  }

  setState(state: ScreeningState, record: RecordView | undefined): void {
    this.progress.show(state);
    this.criteria.show(state);
    this.remarks.showKnownTags(state.tags);
    this.reading.setKeywords(state.keywords);
    this.empty.show(state);
    this.bar.show(record, state.canUndo);
    this.fullText.show(record, state.phase === 'fulltext');
    this.finder.refresh();
  }

  show(record: RecordView | undefined, state: ScreeningState): void {
    setHidden(this.reading.element, record === undefined);
    setHidden(this.remarks.element, record === undefined);
    setHidden(this.empty.element, record !== undefined);
    if (record) this.reading.show(record);
    // So that the keys for scrolling work from the beginning.
    if (record && document.activeElement === document.body) this.reading.focus();
    this.remarks.show(record);
    this.fullText.show(record, state.phase === 'fulltext');
    this.bar.show(record, state.canUndo);
  }

  /** Shows a hint below the record until the next record. */
  say(text: string): void {
    this.hint.textContent = text;
    setHidden(this.hint, text === '');
  }
}
