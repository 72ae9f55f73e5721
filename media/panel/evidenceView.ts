import type { EvidenceView as EvidenceData, PanelWork } from '../../src/protocol/panel';
import { el, setHidden } from './dom';
import type { EvidenceActions } from './evidenceActions';
import { EvidenceList } from './evidenceList';
import { defaultEvidenceOptions, type EvidenceOptions } from './evidenceOptions';
import { EvidenceTable } from './evidenceTable';
import { EvidenceTools } from './evidenceTools';
import { preserveInput } from './cellInput';
import { button } from './toolkit';
import { MoreRows } from './moreRows';
import { ProgressBar } from './progressBar';
import type { Words } from './words';

/** Minimum width of the table in pixels; a narrower one has room for only one column. */
const minTableWidth = 440;

/** The pinned evidence: a table of documents by pairs and questions or, in a narrow side bar, a list. */
export class EvidenceView {
  readonly element: HTMLElement;
  private readonly tools: EvidenceTools;
  private readonly progress: ProgressBar;
  private readonly empty: HTMLElement;
  private readonly list: EvidenceList;
  private readonly table: EvidenceTable;
  private readonly frame: HTMLElement;
  private readonly more: MoreRows;
  private data: EvidenceData = { topics: [], cells: [] };
  private options = defaultEvidenceOptions;
  private isWide = false;

  constructor(
    words: Words,
    private readonly actions: EvidenceActions,
  ) {
    this.tools = new EvidenceTools(words, {
      addQuestion: () => actions.addQuestion(),
      export: () => actions.export(),
      toggleTable: () => this.change({ isTable: !this.isTable }),
      toggleUnpinned: () => this.change({ withUnpinned: !this.options.withUnpinned }),
    });
    this.progress = new ProgressBar(words, () => actions.stop());
    this.empty = el(
      'div',
      { class: 'notice' },
      el('p', {}, words.text('evidenceEmpty')),
      button(words.text('showRelations'), () => actions.showRelations()),
    );
    this.list = new EvidenceList(words, actions);
    this.table = new EvidenceTable(words, actions);
    this.more = new MoreRows(words, () => this.draw());
    this.frame = el('div', { class: 'evidence-frame' }, this.table.element, this.more.element);
    this.element = el(
      'section',
      { class: 'evidence' },
      this.tools.element,
      this.progress.element,
      this.empty,
      this.list.element,
      this.frame,
    );
    new ResizeObserver(([entry]) => this.fit(entry?.contentRect.width ?? 0)).observe(this.element);
    this.draw();
  }

  get currentOptions(): EvidenceOptions {
    return this.options;
  }

  restore(options: EvidenceOptions): void {
    this.options = options;
    this.draw();
  }

  show(data: EvidenceData): void {
    if (JSON.stringify(data) === JSON.stringify(this.data)) return;
    this.data = data;
    this.draw();
  }

  /** Shows the progress of the questions that every paper is asked. */
  showWork(work: PanelWork | undefined): void {
    this.progress.show(work);
  }

  private get isTable(): boolean {
    return this.options.isTable ?? this.isWide;
  }

  private change(change: Partial<EvidenceOptions>): void {
    this.options = { ...this.options, ...change };
    this.actions.onOptions();
    this.draw();
  }

  private fit(width: number): void {
    // A hidden element has no width.
    if (width === 0 || this.isWide === width >= minTableWidth) return;
    this.isWide = !this.isWide;
    this.draw();
  }

  private draw(): void {
    const { data, isTable } = this;
    const { withUnpinned } = this.options;
    const isEmpty =
      !data.cells.some(({ isPinned }) => isPinned) && !data.topics.some(({ isAsked }) => isAsked);
    setHidden(this.empty, !isEmpty);
    setHidden(this.list.element, isEmpty || isTable);
    setHidden(this.frame, isEmpty || !isTable);
    this.tools.show({
      isEmpty,
      isTable,
      withUnpinned,
      hasUnpinned: data.cells.some(({ isPinned }) => !isPinned),
    });
    preserveInput(this.element, () => {
      // The hidden list is empty, so that what is being written is found in the table.
      this.list.show(isTable ? { topics: [], cells: [] } : data, withUnpinned);
      if (!isTable) return;
      this.more.show(this.table.show(data, withUnpinned, this.more.maxRows));
    });
  }
}
