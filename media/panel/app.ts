import {
  type EvidenceView as EvidenceData,
  panelScopes,
  type PanelScope,
  type PanelState,
  type RelationRow,
} from '../../src/protocol/panel';
import {
  actMethod,
  askEvent,
  askMethod,
  clearHistoryMethod,
  curateMethod,
  evidenceEvent,
  exportEvidenceMethod,
  noteMethod,
  pinMethod,
  relationRowsEvent,
  revealMethod,
  saveMethod,
  scopeMethod,
  stateEvent,
  stopMethod,
  type PanelStart,
  type RowName,
} from '../../src/protocol/panelMessages';
import type { Rpc } from '../../src/protocol/rpc';
import { el, setHidden } from './dom';
import { EvidenceView } from './evidenceView';
import { GraphView } from './graphView';
import { QuestionView } from './questionView';
import { RelationsView } from './relationsView';
import { readSavedState } from './savedState';
import { select, tabs, type Select, type Tabs } from './toolkit';
import { Words } from './words';
import { ProgressBar } from './progressBar';

export interface AppParts {
  readonly root: HTMLElement;
  readonly rpc: Rpc;
  readonly api: { getState(): unknown; setState(state: unknown): unknown };
  readonly start: PanelStart;
}

const scopeLabels = { document: 'scopeDocument', open: 'scopeOpen', folder: 'scopeFolder' } as const;

/** Creates the views of the panel and connects them with each other and with the host. */
export class App {
  private readonly words: Words;
  private readonly rpc: Rpc;
  private readonly scope: Select;
  private readonly summary = el('span', { class: 'summary' });
  private readonly relationsProgress: ProgressBar;
  private readonly indexProgress: ProgressBar;
  private readonly failure = el('div', { class: 'failure', attributes: { role: 'alert' } });
  private readonly questions: QuestionView;
  private readonly relations: RelationsView;
  private readonly graph: GraphView;
  private readonly evidence: EvidenceView;
  private readonly tabs: Tabs;
  private listVersion = 0;
  private pendingRows: readonly RelationRow[] = [];
  private isReady = false;

  constructor(private readonly parts: AppParts) {
    const { words, locale, state } = parts.start;
    this.rpc = parts.rpc;
    this.words = new Words(words, locale);
    this.scope = select(this.words.text('scope'), (value) => {
      this.send(this.rpc.request(scopeMethod, value as PanelScope));
    });
    this.scope.setChoices(
      panelScopes.map((value) => ({ value, label: this.words.text(scopeLabels[value]) })),
    );
    this.relationsProgress = this.createProgressBar('relations');
    this.indexProgress = this.createProgressBar('index');
    this.questions = this.createQuestions();
    this.relations = this.createRelations();
    this.graph = this.createGraph();
    this.evidence = this.createEvidence();
    this.tabs = this.createTabs();
    this.build();
    this.listen();
    this.setState(state);
    this.restore();
    this.isReady = true;
  }

  private build(): void {
    const header = el('header', { class: 'header' }, this.scope.element, this.summary);
    setHidden(this.failure, true);
    this.parts.root.replaceChildren(
      header,
      this.relationsProgress.element,
      this.indexProgress.element,
      this.failure,
      this.questions.element,
      this.tabs.element,
    );
  }

  private listen(): void {
    const { rpc } = this;
    this.parts.root.addEventListener('keydown', (event) => {
      // A view that used the key has prevented its default.
      if (event.key === 'Escape' && !event.defaultPrevented) this.send(rpc.request(actMethod, 'toText'));
    });
    rpc.on(stateEvent, (state) => this.setState(state));
    rpc.on(relationRowsEvent, ({ list, isFirst, isLast, rows }) => {
      if (list < this.listVersion) return;
      this.listVersion = list;
      this.pendingRows = isFirst ? rows : [...this.pendingRows, ...rows];
      // Showing an incomplete list would lose the reader's position in it.
      if (isLast) this.relations.show(this.pendingRows);
    });
    rpc.on(evidenceEvent, (view) => this.setEvidence(view));
    rpc.on(askEvent, (question) => this.questions.ask(question));
  }

  private createQuestions(): QuestionView {
    const { rpc } = this;
    return new QuestionView(this.words, {
      ask: (question, onProgress, signal) => rpc.request(askMethod, { question }, { onProgress, signal }),
      reveal: (id, keepFocus) => this.reveal({ kind: 'answer', id }, keepFocus),
      pin: ({ id, isPinned }) => this.pin({ kind: 'answer', id }, !isPinned),
      clearHistory: () => this.send(rpc.request(clearHistoryMethod, undefined)),
      onChange: () => this.save(),
    });
  }

  private createRelations(): RelationsView {
    const { rpc } = this;
    return new RelationsView(this.words, {
      reveal: (id, keepFocus) => this.reveal({ kind: 'relation', id }, keepFocus),
      pin: ({ id, isPinned }) => this.pin({ kind: 'relation', id }, !isPinned),
      curate: ({ id }, verdict) => this.send(rpc.request(curateMethod, { id, verdict })),
      act: (action) => this.send(rpc.request(actMethod, action)),
      onRowsChanged: (rows, entity) => this.showGraph(rows, entity),
      onOptions: () => this.save(),
    });
  }

  private createGraph(): GraphView {
    return new GraphView(this.words, {
      script: document.body.dataset['graphScript'] ?? '',
      filterBy: (entity) => this.relations.filterByEntity(entity),
      save: (file) => this.send(this.rpc.request(saveMethod, file)),
    });
  }

  private createEvidence(): EvidenceView {
    const { rpc } = this;
    return new EvidenceView(this.words, {
      reveal: ({ id, isPinned }, keepFocus) =>
        this.reveal({ kind: isPinned ? 'evidence' : 'relation', id }, keepFocus),
      pin: (id) => this.pin({ kind: 'relation', id }, true),
      drop: (id) => this.pin({ kind: 'evidence', id }, false),
      note: (id, note) => this.send(rpc.request(noteMethod, { id, note })),
      exportAs: (format) => this.send(rpc.request(exportEvidenceMethod, format)),
      onOptions: () => this.save(),
    });
  }

  private createTabs(): Tabs {
    const { words } = this;
    return tabs(
      words.text('tabRelations'),
      [
        { id: 'relations', label: words.text('tabRelations'), content: this.relations.element },
        { id: 'graph', label: words.text('tabGraph'), content: this.graph.element },
        { id: 'evidence', label: words.text('tabEvidence'), content: this.evidence.element },
      ],
      (id) => {
        this.graph.setShown(id === 'graph');
        this.save();
      },
    );
  }

  private setState(state: PanelState): void {
    this.scope.value = state.scope;
    this.summary.textContent = state.summary;
    this.summary.title = [state.summary, state.model].filter(Boolean).join(' · ');
    this.questions.setHistory(state.history);
    this.relations.setState(state);
    this.relationsProgress.show(state.relationsWork);
    this.indexProgress.show(state.indexWork);
  }

  private createProgressBar(which: 'relations' | 'index'): ProgressBar {
    return new ProgressBar(this.words, () => this.send(this.rpc.request(stopMethod, which)));
  }

  private showGraph(rows: readonly RelationRow[], entity: string | undefined): void {
    // The list is created before the graph.
    if (this.isReady) this.graph.show(rows, entity);
  }

  private setEvidence(view: EvidenceData): void {
    this.evidence.show(view);
  }

  private reveal(row: RowName, keepFocus: boolean): void {
    this.send(this.rpc.request(revealMethod, { ...row, keepFocus }));
  }

  private pin(row: RowName, pinned: boolean): void {
    this.send(this.rpc.request(pinMethod, { ...row, pinned }));
  }

  /** Handles a request whose result is shown elsewhere; only a failure is shown here. */
  private send(request: Promise<unknown>): void {
    request.then(
      () => setHidden(this.failure, true),
      (error: unknown) => {
        const words = error instanceof Error ? error.message : String(error);
        const next = error instanceof Error && 'nextStep' in error ? ` ${String(error.nextStep)}` : '';
        this.failure.textContent = this.words.text('failed', words + next);
        setHidden(this.failure, false);
      },
    );
  }

  private restore(): void {
    const saved = readSavedState(this.parts.api.getState(), this.parts.start.session);
    this.questions.restore(saved);
    this.relations.restore(saved.options);
    this.evidence.restore(saved.evidence);
    this.tabs.active = saved.tab;
    this.graph.setShown(saved.tab === 'graph');
  }

  private save(): void {
    if (!this.isReady) return;
    const { session } = this.parts.start;
    const options = this.relations.currentOptions;
    const evidence = this.evidence.currentOptions;
    const { tabs, questions } = this;
    this.parts.api.setState({ session, ...questions.state, options, evidence, tab: tabs.active });
  }
}
