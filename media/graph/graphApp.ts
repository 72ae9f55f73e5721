import type { PanelState } from '../../src/protocol/panel';
import {
  actMethod,
  filterEvent,
  filterMethod,
  namedConceptsMethod,
  type PanelStart,
  recordsOnlyMethod,
  relationRowsEvent,
  saveMethod,
  stateEvent,
} from '../../src/protocol/panelMessages';
import type { Rpc } from '../../src/protocol/rpc';
import { el, setHidden } from '../panel/dom';
import { noGraph } from '../panel/graphData';
import type { GraphFocus } from '../panel/graphScene';
import { HostRequests } from '../panel/hostRequests';
import { RelationParts } from '../panel/relationParts';
import { defaultOptions } from '../panel/listOptions';
import type { PageStorage } from '../panel/stateStore';
import { Words } from '../panel/words';
import { GraphHeader } from './graphHeader';
import { GraphNotice } from './graphNotice';
import { GraphStage } from './graphStage';
import { ListedRelations } from './listedRelations';
import { NamePane } from './namePane';
import { readSavedView, type SavedView } from './savedView';

export interface GraphAppParts {
  readonly root: HTMLElement;
  readonly rpc: Rpc;
  readonly api: PageStorage;
  readonly start: PanelStart;
}

/** The graph in its own editor: the drawing with tools above it and the list of names beside it. */
export class GraphApp {
  private readonly host: HostRequests;
  private readonly header: GraphHeader;
  private readonly notice: GraphNotice;
  private readonly stage: GraphStage;
  private readonly pane: NamePane;
  private readonly body: HTMLElement;
  private readonly relations: ListedRelations;
  private state: PanelState;
  private data = noGraph;
  private saved: SavedView;

  constructor(private readonly parts: GraphAppParts) {
    const { root, rpc, api, start } = parts;
    const words = new Words(start.words, start.locale);
    this.host = new HostRequests(rpc, words);
    this.state = start.state;
    this.saved = readSavedView(api.getState());
    this.relations = new ListedRelations(
      (text) => rpc.request(namedConceptsMethod, text),
      () => this.refresh(),
    );
    this.header = this.createHeader(words);
    this.notice = new GraphNotice(words, {
      act: (action) => this.host.send(actMethod, action),
      clearFilter: () => this.clearFilter(),
    });
    this.stage = new GraphStage(words, {
      focus: (to) => this.focus(to, false),
      enterList: () => this.pane.enter(),
    });
    this.pane = this.createPane(words);
    this.body = el('div', { class: 'graph-body' }, this.stage.element, this.pane.element);
    root.replaceChildren(this.header.element, this.host.element, this.notice.element, this.body);
    this.listen();
    this.relations.setWithoutDrafts(start.state.recordsOnly);
    this.relations.setFilter(start.filter);
  }

  private createHeader(words: Words): GraphHeader {
    return new GraphHeader(words, {
      found: ({ id }) => this.focus({ node: id }, true),
      leaveSearch: () => this.stage.enter(),
      setLimit: (limit) => {
        this.save({ limit });
        this.refresh();
      },
      save: (kind) => this.host.send(saveMethod, this.stage.file(kind)),
    });
  }

  private createPane(words: Words): NamePane {
    return new NamePane(words, {
      focus: (to) => this.focus(to, true),
      reveal: (id, keepFocus) => this.host.reveal({ kind: 'relation', id }, keepFocus),
      leave: () => this.stage.enter(),
    });
  }

  private listen(): void {
    const { rpc } = this.parts;
    const parts = new RelationParts();
    rpc.on(relationRowsEvent, (part) => {
      const rows = parts.add(part);
      if (rows) this.relations.setRows(rows, part.scope);
    });
    rpc.on(stateEvent, (state) => {
      this.state = state;
      this.relations.setWithoutDrafts(state.recordsOnly);
      this.showTexts();
    });
    rpc.on(filterEvent, (filter) => this.relations.setFilter(filter));
    document.addEventListener('keydown', (event) => {
      if (event.key !== 'f' || !(event.ctrlKey || event.metaKey)) return;
      this.header.search.focus();
      event.preventDefault();
    });
  }

  /** Draws the relations that the list shows. */
  private refresh(): void {
    const { drawn, all } = this.relations.graph(this.saved.limit);
    this.data = drawn;
    this.showTexts();
    this.header.search.setNodes(drawn.nodes, all.nodes);
    this.stage.show(drawn);
    const { node } = this.saved;
    // A name that is not there may come with the next part of the list.
    this.focus(drawn.nodes.some(({ id }) => id === node) ? { node } : {}, false, node);
  }

  private showTexts(): void {
    const { data, state, relations } = this;
    const isEmpty = data.nodes.length === 0;
    setHidden(this.body, isEmpty);
    this.notice.show({ state, isEmpty, isFiltered: relations.isFiltered, hasRows: !relations.isEmpty });
    this.header.show(data, [state.summary, state.relationsWork?.label ?? ''], this.saved.limit);
  }

  /** @param kept Name that is remembered. Default: the focused one. */
  private focus(focus: GraphFocus, isCentred: boolean, kept = focus.node): void {
    this.save({ node: kept });
    this.stage.focus(focus, isCentred);
    this.pane.show(this.data, focus);
  }

  private save(change: Partial<SavedView>): void {
    this.saved = { ...this.saved, ...change };
    this.parts.api.setState(this.saved);
  }

  private clearFilter(): void {
    const filter = JSON.stringify(defaultOptions);
    this.host.send(filterMethod, filter);
    if (this.state.recordsOnly && this.state.scope !== 'document') this.host.send(recordsOnlyMethod, false);
    this.relations.setFilter(filter);
  }
}
