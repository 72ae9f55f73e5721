import { keywordSpans } from '../../src/core/review/keywordMatches';
import type { KeywordGroup } from '../../src/core/review/reviewData';
import type { RecordMarks, RecordView } from '../../src/protocol/screening';
import { el } from '../panel/dom';
import type { GroupSpans } from './highlight';
import { Legend } from './legend';
import { RecordPane } from './recordPane';
import type { ScreenWords } from './screenWords';
import type { ViewStore } from './viewStore';

/** Finds the names in a record. */
export type NameSearch = (record: string, signal: AbortSignal) => Promise<RecordMarks>;

/** The record with its marks, and their switches. The text is shown at once; names are marked when they are found. */
export class ReadingView {
  readonly element: HTMLElement;
  private readonly pane: RecordPane;
  private readonly legend: Legend;
  private record: RecordView | undefined;
  private groups: readonly KeywordGroup[] = [];
  private names: RecordMarks | undefined;
  private search = new AbortController();

  constructor(
    words: ScreenWords,
    private readonly store: ViewStore,
    private readonly findNames: NameSearch,
  ) {
    this.pane = new RecordPane(words);
    this.legend = new Legend(words, {
      toggleGroup: (name) => this.toggleGroup(name),
      toggleNames: () => this.toggleNames(),
    });
    this.element = el('div', { class: 'reading' }, this.legend.element, this.pane.element);
  }

  /** The words that are selected in the record. */
  get selection(): string {
    return this.pane.selection;
  }

  focus(): void {
    this.pane.element.focus({ preventScroll: true });
  }

  show(record: RecordView): void {
    const isSame = record.id === this.record?.id && record.abstract === this.record.abstract;
    this.record = record;
    if (!isSame) {
      this.names = undefined;
      this.pane.element.scrollTop = 0;
      this.element.scrollIntoView();
    }
    this.pane.show(record, this.marks());
    this.drawLegend();
    if (!isSame) this.requestNames(record);
  }

  setKeywords(groups: readonly KeywordGroup[]): void {
    if (JSON.stringify(groups) === JSON.stringify(this.groups)) return;
    this.groups = groups;
    this.draw();
  }

  private toggleGroup(name: string): void {
    const { hiddenGroups } = this.store.value;
    const isHidden = hiddenGroups.includes(name);
    this.store.update({
      hiddenGroups: isHidden ? hiddenGroups.filter((each) => each !== name) : [...hiddenGroups, name],
    });
    this.draw();
  }

  private toggleNames(): void {
    const withNames = !this.store.value.withNames;
    this.store.update({ withNames });
    this.draw();
    if (withNames && this.record && !this.names) this.requestNames(this.record);
  }

  private draw(): void {
    if (!this.record) return;
    this.pane.showText(this.record, this.marks());
    this.drawLegend();
  }

  private drawLegend(): void {
    const { title, abstract = '' } = this.record ?? { title: '' };
    const { hiddenGroups: hidden, withNames } = this.store.value;
    const counts = this.groups.map((group) =>
      [title, abstract].reduce((sum, text) => sum + keywordSpans(group, text).length, 0),
    );
    this.legend.show({ groups: this.groups, counts, hidden, withNames });
  }

  private marks() {
    return {
      names: this.store.value.withNames ? this.names : undefined,
      keywordsIn: (text: string) => shownKeywords(this.groups, this.store.value.hiddenGroups, text),
    };
  }

  private requestNames({ id }: RecordView): void {
    this.search.abort();
    if (!this.store.value.withNames) return;
    const search = new AbortController();
    this.search = search;
    this.findNames(id, search.signal).then(
      (names) => {
        if (search.signal.aborted) return;
        this.names = names;
        this.drawAroundSelection();
      },
      // The text can be read without marks. The host has logged the reason.
      () => undefined,
    );
  }

  /** Drawing the text again would lose a selection, so the marks wait for its end. */
  private drawAroundSelection(): void {
    if (this.pane.selection === '') this.draw();
    else document.addEventListener('selectionchange', () => this.drawAroundSelection(), { once: true });
  }
}

/** Finds the words of the groups that are not hidden. */
function shownKeywords(
  groups: readonly KeywordGroup[],
  hidden: readonly string[],
  text: string,
): readonly GroupSpans[] {
  return groups.flatMap((group, index) => {
    if (hidden.includes(group.name)) return [];
    return [{ group: index, name: group.name, spans: keywordSpans(group, text) }];
  });
}
