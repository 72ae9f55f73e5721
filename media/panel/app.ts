import type { PanelState } from '../../src/protocol/panel';
import {
  actMethod,
  addColumnMethod,
  askEvent,
  askMethod,
  clearHistoryMethod,
  columnMethod,
  curateMethod,
  evidenceEvent,
  exportEvidenceMethod,
  namedConceptsMethod,
  noteMethod,
  filterEvent,
  openGraphMethod,
  relationRowsEvent,
  saveMethod,
  recordsOnlyMethod,
  scopeMethod,
  stateEvent,
  stopMethod,
  type PanelStart,
  valueMethod,
} from '../../src/protocol/panelMessages';
import type { Rpc } from '../../src/protocol/rpc';
import { DraftsChoice } from './draftsChoice';
import { EvidenceView } from './evidenceView';
import { GraphView } from './graphView';
import { HostRequests } from './hostRequests';
import { QuestionView } from './questionView';
import { RelationParts } from './relationParts';
import { RelationsView } from './relationsView';
import { readFilter } from './savedState';
import { StateStore, type PageStorage } from './stateStore';
import { StatusHeader } from './statusHeader';
import { tabs, type Tabs } from './toolkit';
import { Words } from './words';

export interface AppParts {
  readonly root: HTMLElement;
  readonly rpc: Rpc;
  readonly api: PageStorage;
  readonly start: PanelStart;
}

/** Creates the views of the panel and connects them with each other and with the host. */
export class App {
  private readonly words: Words;
  private readonly rpc: Rpc;
  private readonly host: HostRequests;
  private readonly drafts: DraftsChoice;
  private readonly store: StateStore;
  private readonly header: StatusHeader;
  private readonly questions: QuestionView;
  private readonly graph: GraphView;
  private readonly relations: RelationsView;
  private readonly evidence: EvidenceView;
  private readonly tabs: Tabs;

  constructor({ root, rpc, api, start }: AppParts) {
    this.rpc = rpc;
    this.words = new Words(start.words, start.locale);
    this.host = new HostRequests(rpc, this.words);
    this.drafts = new DraftsChoice({
      send: (isWithout, onFailure) => this.host.send(recordsOnlyMethod, isWithout, onFailure),
      show: (withoutDrafts) => {
        this.questions.withoutDrafts = withoutDrafts;
        this.relations.setWithoutDrafts(withoutDrafts);
      },
    });
    this.store = this.createStore(api, start.session);
    this.header = new StatusHeader(this.words, {
      setScope: (scope) => this.host.send(scopeMethod, scope),
      stop: (work) => this.host.send(stopMethod, work),
    });
    this.questions = this.createQuestions();
    this.graph = this.createGraph();
    // The list fills the graph from the beginning.
    this.relations = this.createRelations();
    this.evidence = this.createEvidence();
    this.tabs = this.createTabs();
    root.replaceChildren(
      ...this.header.elements,
      this.host.element,
      this.questions.element,
      this.tabs.element,
    );
    this.listen(root);
    this.setState(start.state);
    this.restore(start.filter);
  }

  private createStore(api: PageStorage, session: string): StateStore {
    return new StateStore(api, session, () => ({
      ...this.questions.state,
      options: this.relations.currentOptions,
      evidence: this.evidence.currentOptions,
      tab: this.tabs.active,
    }));
  }

  private createQuestions(): QuestionView {
    const { rpc, host } = this;
    return new QuestionView(this.words, {
      ask: (question, onProgress, signal) => rpc.request(askMethod, { question }, { onProgress, signal }),
      reveal: (id, keepFocus) => host.reveal({ kind: 'answer', id }, keepFocus),
      pin: ({ id, isPinned }) => host.pin({ kind: 'answer', id }, !isPinned),
      clearHistory: () => host.send(clearHistoryMethod, undefined),
      setWithoutDrafts: (isWithout) => this.drafts.choose(isWithout),
      openFile: () => host.send(actMethod, 'openFile'),
      onChange: () => this.store.save(),
    });
  }

  private createGraph(): GraphView {
    return new GraphView(this.words, {
      script: document.body.dataset['graphScript'] ?? '',
      filterBy: (entity) => this.relations.filterByEntity(entity),
      save: (file) => this.host.send(saveMethod, file),
      openInEditor: () => this.host.send(openGraphMethod, undefined),
    });
  }

  private createRelations(): RelationsView {
    const { rpc, host } = this;
    return new RelationsView(this.words, {
      reveal: (id, keepFocus) => host.reveal({ kind: 'relation', id }, keepFocus),
      pin: ({ id, isPinned }) => host.pin({ kind: 'relation', id }, !isPinned),
      curate: ({ id }, verdict) => host.send(curateMethod, { id, verdict }),
      act: (action) => host.send(actMethod, action),
      onRowsChanged: (rows, names, entity) => this.graph.show(rows, names, entity),
      conceptsNamed: (text) => rpc.request(namedConceptsMethod, text),
      onOptions: () => {
        const { currentOptions: options } = this.relations;
        this.drafts.choose(options.withoutDrafts);
        this.store.save();
        host.shareFilter(options);
      },
    });
  }

  private createEvidence(): EvidenceView {
    const { host } = this;
    return new EvidenceView(this.words, {
      reveal: ({ id, kind }, keepFocus) => host.reveal({ kind, id }, keepFocus),
      pin: ({ id, kind }) => host.pin({ kind, id }, true),
      drop: (id) => host.pin({ kind: 'evidence', id }, false),
      note: (id, note) => host.send(noteMethod, { id, note }),
      setValue: (id, value) => host.send(valueMethod, { id, value }),
      showRelations: () => (this.tabs.active = 'relations'),
      addQuestion: () => host.send(addColumnMethod, undefined),
      column: ({ id: topic }, action) => host.send(columnMethod, { topic, action }),
      stop: () => host.send(stopMethod, 'columns'),
      export: () => host.send(exportEvidenceMethod, undefined),
      onOptions: () => this.store.save(),
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
        this.store.save();
      },
    );
  }

  private listen(root: HTMLElement): void {
    const { rpc } = this;
    root.addEventListener('keydown', (event) => {
      // A view that used the key has prevented its default.
      if (event.key === 'Escape' && !event.defaultPrevented) this.host.send(actMethod, 'toText');
    });
    rpc.on(stateEvent, (state) => this.setState(state));
    const parts = new RelationParts();
    rpc.on(relationRowsEvent, (part) => {
      const rows = parts.add(part);
      if (rows) this.relations.show(rows, part.scope);
    });
    rpc.on(filterEvent, (text) => {
      const options = readFilter(text);
      // The other page changes the setting itself, and the host tells this one.
      if (options) this.relations.restore({ ...options, withoutDrafts: this.drafts.isWithout });
    });
    rpc.on(evidenceEvent, (view) => this.evidence.show(view));
    rpc.on(askEvent, (question) => this.questions.ask(question));
  }

  private setState(state: PanelState): void {
    this.header.show(state);
    this.questions.setState(state);
    this.relations.setState(state);
    this.drafts.confirm(state.recordsOnly);
    this.evidence.showWork(state.columnsWork);
  }

  /** @param filter The filter that another page has set as JSON. It replaces the saved one. Default: none. */
  private restore(filter: string | undefined): void {
    this.store.restore((saved) => {
      this.questions.restore(saved);
      const options = readFilter(filter) ?? saved.options;
      this.relations.restore({ ...options, withoutDrafts: this.drafts.isWithout });
      this.evidence.restore(saved.evidence);
      this.tabs.active = saved.tab;
      this.graph.setShown(saved.tab === 'graph');
    });
    this.host.shareFilter(this.relations.currentOptions);
  }
}
