/** A bundle of its own: the drawing library is loaded when the graph is first looked at. */
import cytoscape from 'cytoscape';
import { type LookName, lookNameOf, lookNames, typeLooks } from '../../src/protocol/typeLooks';
import type { GraphData } from './graphData';

export interface GraphColours {
  readonly foreground: string;
  readonly background: string;
  readonly line: string;
  readonly focus: string;
  readonly types: Readonly<Record<LookName, string>>;
  readonly font: string;
}

export interface DrawnGraph {
  show(data: GraphData): void;
  /** Marks a node; undefined: none. */
  mark(id: string | undefined): void;
  fit(): void;
  /** Base64. */
  png(): string;
  /** In the form that Cytoscape opens. */
  json(): string;
}

export interface DrawGraph {
  (container: HTMLElement, colours: GraphColours, onNode: (id: string) => void): DrawnGraph;
}

declare global {
  var drawBioBertGraph: DrawGraph | undefined;
}

const largestLabel = 24;

/** Sizes of letters, in pixels of the graph; on the screen they are as large as the zoom leaves them. */
const letterSize = { usual: 11, largest: 22, onScreen: 10, least: 6 };

globalThis.drawBioBertGraph = (container, colours, onNode) => {
  const graph = cytoscape({
    container,
    style: styleOf(colours),
    wheelSensitivity: 0.3,
    minZoom: 0.2,
    maxZoom: 4,
    boxSelectionEnabled: false,
  });
  graph.on('tap', 'node', (event) => {
    onNode((event.target as cytoscape.NodeSingular).id());
  });
  const fit = (): void => {
    graph.fit(undefined, 24);
    const { usual, largest, onScreen } = letterSize;
    graph.nodes().style('font-size', Math.min(largest, Math.max(usual, onScreen / graph.zoom())));
  };
  return {
    show: (data) => {
      graph.elements().remove();
      graph.add(elementsOf(data));
      graph
        .layout({
          name: 'cose',
          animate: false,
          padding: 24,
          randomize: true,
          nodeDimensionsIncludeLabels: true,
        })
        .run();
      fit();
    },
    mark: (id) => {
      graph.nodes().unselect();
      if (id === undefined) return;
      const node = graph.getElementById(id);
      node.select();
      graph.center(node);
    },
    fit: () => {
      graph.resize();
      fit();
    },
    png: () => graph.png({ full: true, scale: 2, bg: colours.background, output: 'base64' }),
    json: () => cytoscapeJson(graph),
  };
};

/** As a desktop Cytoscape reads it: plain nodes and edges with their data and places. */
function cytoscapeJson(graph: cytoscape.Core): string {
  const nodes = graph.nodes().map((node) => {
    const { x, y } = node.position();
    return { data: node.data() as unknown, position: { x, y } };
  });
  const edges = graph.edges().map((edge) => ({ data: edge.data() as unknown }));
  return JSON.stringify({ data: { name: 'BioBERT relations' }, elements: { nodes, edges } }, null, 1);
}

function elementsOf({ nodes, edges }: GraphData): cytoscape.ElementDefinition[] {
  return [
    ...nodes.map(({ id, label, type, count }) => ({
      data: { id, label: shortened(label), name: label, type, kind: lookNameOf(type), count },
    })),
    ...edges.map(({ id, source, target, type, count, isDenied, probability }) => ({
      data: { id, source, target, type, count, isDenied, probability },
      ...(isDenied && { classes: 'denied' }),
    })),
  ];
}

function shortened(label: string): string {
  return label.length > largestLabel ? `${label.slice(0, largestLabel - 1)}…` : label;
}

function styleOf({ foreground, line, focus, types, font }: GraphColours): cytoscape.StylesheetJson {
  const byKind = lookNames.map((kind) => ({
    selector: `node[kind = "${kind}"]`,
    style: { 'background-color': types[kind], shape: typeLooks[kind].shape },
  }));
  return [
    {
      selector: 'node',
      style: {
        label: 'data(label)',
        color: foreground,
        'font-family': font,
        'font-size': letterSize.usual,
        // Smaller, nobody reads them: they come back when one zooms in.
        'min-zoomed-font-size': letterSize.least,
        'text-valign': 'bottom',
        'text-margin-y': 4,
        width: 'mapData(count, 1, 40, 14, 36)',
        height: 'mapData(count, 1, 40, 14, 36)',
      },
    },
    ...byKind,
    {
      selector: 'edge',
      style: {
        width: 'mapData(count, 1, 20, 1, 5)',
        'line-color': line,
        'target-arrow-color': line,
        'target-arrow-shape': 'triangle',
        'arrow-scale': 0.8,
        'curve-style': 'bezier',
      },
    },
    { selector: 'edge.denied', style: { 'line-style': 'dashed', 'target-arrow-shape': 'tee' } },
    { selector: 'node:selected', style: { 'border-width': 3, 'border-color': focus } },
  ];
}
