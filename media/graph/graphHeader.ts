import { el } from '../panel/dom';
import type { GraphData, GraphNode } from '../panel/graphData';
import type { GraphFile } from '../panel/graphDrawing';
import type { Words } from '../panel/words';
import { ChoiceField, textButton } from './controls';
import { NameSearch } from './nameSearch';
import { offeredLimits } from './savedView';

export interface HeaderActions {
  found(node: GraphNode): void;
  leaveSearch(): void;
  /** @param limit Number of names to show; 0 for all. */
  setLimit(limit: number): void;
  save(kind: GraphFile): void;
}

/** The tools above the drawing, and a line that says what is drawn. */
export class GraphHeader {
  readonly element: HTMLElement;
  readonly search: NameSearch;
  private readonly limit: ChoiceField;
  private readonly summary = el('p', { class: 'summary', attributes: { role: 'status' } });

  constructor(
    private readonly words: Words,
    actions: HeaderActions,
  ) {
    this.search = new NameSearch(words, {
      found: (node) => actions.found(node),
      leave: () => actions.leaveSearch(),
    });
    this.limit = new ChoiceField(words.text('graphLimit'), (value) => actions.setLimit(Number(value)));
    const save = (icon: string, kind: GraphFile, word: 'Png' | 'Svg' | 'Json'): HTMLElement =>
      textButton(icon, words.text(`save${word}`), () => actions.save(kind), words.text(`export${word}`));
    const tools = el(
      'div',
      { class: 'tools' },
      this.search.element,
      this.limit.element,
      save('file-media', 'png', 'Png'),
      save('symbol-color', 'svg', 'Svg'),
      save('json', 'json', 'Json'),
    );
    this.element = el('header', { class: 'graph-head' }, tools, this.summary);
  }

  show({ nodes, names }: GraphData, texts: readonly string[], limit: number): void {
    const { words } = this;
    const shown = nodes.length === 0 ? [] : [words.text('graphShown', nodes.length, names)];
    const summary = [...texts, ...shown].filter(Boolean).join(' · ');
    if (this.summary.textContent !== summary) this.summary.textContent = summary;
    const choices = offeredLimits(names).map((value) => ({
      value: String(value),
      label: value === 0 ? words.text('graphAll', names) : words.text('graphStrongest', value),
    }));
    this.limit.show(choices, limit >= names ? '0' : String(limit));
  }
}
