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
import { WorkLine } from './workLine';

export interface AppParts {
  readonly root: HTMLElement;
  readonly rpc: Rpc;
  readonly api: { getState(): unknown; setState(state: unknown): unknown };
  readonly start: PanelStart;
}

const scopeWords = { document: 'scopeDocument', open: 'scopeOpen', folder: 'scopeFolder' } as const;

/** Puts the parts of the panel together and between them and the host. */
export class App {
  private readonly words: Words;
  private readonly rpc: Rpc;
  private readonly scope: Select;
  private readonly summary = el('span', { class: 'summary' });
  private readonly relationsWork: WorkLine;
  private readonly indexWork: WorkLine;
  private readonly failure = el('div', { class: 'failure', attributes: { role: 'alert' } });
  private readonly questions: QuestionView;
  private readonly relations: RelationsView;
  private readonly graph: GraphView;
  private readonly evidence: EvidenceView;
  private readonly tabs: Tabs;
  private list = 0;
  private coming: readonly RelationRow[] = [];
  private isReady = false;

  constructor(private readonly parts: AppParts) {
    const { words, locale, state } = parts.start;
    this.rpc = parts.rpc;
    this.words = new Words(words, locale);
    this.scope = select(this.words.say('scope'), (value) => {
      this.do(this.rpc.request(scopeMethod, value as PanelScope));
    });
    this.scope.setChoices(panelScopes.map((value) => ({ value, label: this.words.say(scopeWords[value]) })));
    this.relationsWork = this.workLine('relations');
    this.indexWork = this.workLine('index');
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
      this.relationsWork.element,
      this.indexWork.element,
      this.failure,
      this.questions.element,
      this.tabs.element,
    );
  }

  private listen(): void {
    const { rpc } = this;
    this.parts.root.addEventListener('keydown', (event) => {
      // Whatever had a use for it has prevented the rest.
      if (event.key === 'Escape' && !event.defaultPrevented) this.do(rpc.request(actMethod, 'toText'));
    });
    rpc.on(stateEvent, (state) => this.setState(state));
    rpc.on(relationRowsEvent, ({ list, isFirst, isLast, rows }) => {
      if (list < this.list) return;
      this.list = list;
      this.coming = isFirst ? rows : [...this.coming, ...rows];
      // A list that is half there would take the place in it away.
      if (isLast) this.relations.show(this.coming);
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
      clearHistory: () => this.do(rpc.request(clearHistoryMethod, undefined)),
      onChange: () => this.save(),
    });
  }

  private createRelations(): RelationsView {
    const { rpc } = this;
    return new RelationsView(this.words, {
      reveal: (id, keepFocus) => this.reveal({ kind: 'relation', id }, keepFocus),
      pin: ({ id, isPinned }) => this.pin({ kind: 'relation', id }, !isPinned),
      curate: ({ id }, verdict) => this.do(rpc.request(curateMethod, { id, verdict })),
      act: (action) => this.do(rpc.request(actMethod, action)),
      onShown: (rows, entity) => this.showGraph(rows, entity),
      onOptions: () => this.save(),
    });
  }

  private createGraph(): GraphView {
    return new GraphView(this.words, {
      script: document.body.dataset['graphScript'] ?? '',
      filterBy: (entity) => this.relations.filterByEntity(entity),
      save: (file) => this.do(this.rpc.request(saveMethod, file)),
    });
  }

  private createEvidence(): EvidenceView {
    const { rpc } = this;
    return new EvidenceView(this.words, {
      reveal: ({ id, isPinned }, keepFocus) =>
        this.reveal({ kind: isPinned ? 'evidence' : 'relation', id }, keepFocus),
      pin: (id) => this.pin({ kind: 'relation', id }, true),
      drop: (id) => this.pin({ kind: 'evidence', id }, false),
      note: (id, note) => this.do(rpc.request(noteMethod, { id, note })),
      exportAs: (format) => this.do(rpc.request(exportEvidenceMethod, format)),
      onOptions: () => this.save(),
    });
  }

  private createTabs(): Tabs {
    const { words } = this;
    return tabs(
      words.say('tabRelations'),
      [
        { id: 'relations', label: words.say('tabRelations'), content: this.relations.element },
        { id: 'graph', label: words.say('tabGraph'), content: this.graph.element },
        { id: 'evidence', label: words.say('tabEvidence'), content: this.evidence.element },
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
    this.relationsWork.show(state.relationsWork);
    this.indexWork.show(state.indexWork);
  }

  private workLine(which: 'relations' | 'index'): WorkLine {
    return new WorkLine(this.words, () => this.do(this.rpc.request(stopMethod, which)));
  }

  private showGraph(rows: readonly RelationRow[], entity: string | undefined): void {
    // The list is made before the graph.
    if (this.isReady) this.graph.show(rows, entity);
  }

  private setEvidence(view: EvidenceData): void {
    this.evidence.show(view);
  }

  private reveal(row: RowName, keepFocus: boolean): void {
    this.do(this.rpc.request(revealMethod, { ...row, keepFocus }));
  }

  private pin(row: RowName, pinned: boolean): void {
    this.do(this.rpc.request(pinMethod, { ...row, pinned }));
  }

  /** The fate of a request whose outcome shows elsewhere: a failure is said here. */
  private do(request: Promise<unknown>): void {
    request.then(
      () => setHidden(this.failure, true),
      (error: unknown) => {
        const words = error instanceof Error ? error.message : String(error);
        const next = error instanceof Error && 'nextStep' in error ? ` ${String(error.nextStep)}` : '';
        this.failure.textContent = this.words.say('failed', words + next);
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
