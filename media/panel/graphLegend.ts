/** The legend, which explains the shapes and the lines of a graph. */
import { lookNameOf, lookNames, typeLooks } from '../../src/protocol/typeLooks';
import { el } from './dom';
import type { GraphData } from './graphData';
import { svgElement } from './graphElements';
import { legendEdge, type LegendEntry } from './graphPicture';
import { nodePath } from './graphShapes';
import type { Words } from './words';

/** The entries for what a graph contains. */
export function legendEntries({ nodes, edges }: GraphData, words: Words): readonly LegendEntry[] {
  const types = lookNames.flatMap((look): LegendEntry[] => {
    const names = new Set(nodes.filter(({ type }) => lookNameOf(type) === look).map(({ type }) => type));
    return names.size === 0 ? [] : [{ kind: 'type', look, text: [...names].map(typeLabel).join(', ') }];
  });
  const lines = [
    ['directed', 'legendDirected', edges.some(({ isDirected, isDenied }) => isDirected && !isDenied)],
    ['mutual', 'legendMutual', edges.some(({ isDirected, isDenied }) => !isDirected && !isDenied)],
    ['many', 'legendMany', edges.some(({ count }) => count >= 4)],
    ['unstated', 'legendUnstated', edges.some(({ isUnstated }) => isUnstated)],
    ['denied', 'legendDenied', edges.some(({ isDenied }) => isDenied)],
  ] as const;
  return [
    ...types,
    ...lines.flatMap(([line, word, isThere]): LegendEntry[] =>
      isThere ? [{ kind: 'line', line, text: words.text(word) }] : [],
    ),
  ];
}

/** `Cell line` for `CellLine`. */
export function typeLabel(type: string): string {
  const spaced = type.replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ').replace(/_/gu, ' ');
  return spaced.charAt(0) + spaced.slice(1).toLowerCase();
}

export function legendElement(entries: readonly LegendEntry[], label: string): HTMLElement {
  const items = entries.map((entry) => el('li', {}, sample(entry), entry.text));
  return el('ul', { class: 'graph-legend', attributes: { 'aria-label': label } }, ...items);
}

function sample(entry: LegendEntry): SVGSVGElement {
  if (entry.kind === 'type') {
    const { shape, colour } = typeLooks[entry.look];
    const path = svgElement('path', { d: nodePath(shape, { x: 8, y: 8 }, 5.5) });
    return svgElement(
      'svg',
      { width: '16', height: '16', 'aria-hidden': 'true' },
      svgElement('g', { class: `node type-${colour}` }, path),
    );
  }
  const { line, head, width, isDashed } = legendEdge(entry.line);
  return svgElement(
    'svg',
    { width: '36', height: '16', viewBox: '-1 -8 36 16', 'aria-hidden': 'true' },
    svgElement(
      'g',
      { class: 'edge' },
      svgElement('path', {
        class: 'edge-line',
        d: line,
        'stroke-width': String(width),
        'stroke-dasharray': isDashed ? '6 4' : 'none',
      }),
      svgElement('path', { class: 'edge-head', d: head }),
    ),
  );
}
