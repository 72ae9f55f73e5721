/** A separate bundle with the drawing library, which is loaded when the graph is first shown. */
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
  /** Selects a node, or none if undefined. */
  select(id: string | undefined): void;
  fit(): void;
  /** The graph as a PNG image, in Base64. */
  png(): string;
  /** The graph as JSON that Cytoscape opens. */
  json(): string;
}

export interface GraphListener {
  /** Called with the id of a node that was clicked. */
  onClick(id: string): void;
  /** Called with the id of the node under the pointer; undefined after the pointer has left it. */
  onHover(id: string | undefined): void;
}

export interface DrawGraph {
  (container: HTMLElement, colours: GraphColours, listener: GraphListener): DrawnGraph;
}

declare global {
  var drawBioBertGraph: DrawGraph | undefined;
}

const maxLabelLength = 24;

/** Font sizes in pixels of the graph; their size on the screen depends on the zoom. */
const fontSizes = { usual: 11, largest: 22, onScreen: 10, least: 6 };

globalThis.drawBioBertGraph = (container, colours, listener) => {
  const graph = cytoscape({
    container,
    style: styleOf(colours),
    wheelSensitivity: 0.3,
    minZoom: 0.2,
    maxZoom: 4,
    boxSelectionEnabled: false,
  });
  graph.on('tap', 'node', (event) => {
    listener.onClick((event.target as cytoscape.NodeSingular).id());
  });
  graph.on('mouseover', 'node', (event) => {
    listener.onHover((event.target as cytoscape.NodeSingular).id());
  });
  graph.on('mouseout', 'node', () => {
    listener.onHover(undefined);
  });
  const fit = (): void => {
    graph.fit(undefined, 24);
    const { usual, largest, onScreen } = fontSizes;
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
    select: (id) => {
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

/** The JSON format of the Cytoscape application: plain nodes and edges with their data and positions. */
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
    ...nodes.map(({ id, label, type, count, concept, others }) => ({
      data: {
        id,
        label: shortened(label),
        name: label,
        type,
        kind: lookNameOf(type),
        count,
        ...(concept && { concept: concept.id, preferredName: concept.name }),
        ...(others.length > 0 && { alsoCalled: others }),
      },
    })),
    ...edges.map(({ id, source, target, type, count, isDenied, probability }) => ({
      data: { id, source, target, type, count, isDenied, probability },
      ...(isDenied && { classes: 'denied' }),
    })),
  ];
}

function shortened(label: string): string {
  return label.length > maxLabelLength ? `${label.slice(0, maxLabelLength - 1)}…` : label;
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
        'font-size': fontSizes.usual,
        // Smaller labels are unreadable, so they are hidden until the user zooms in.
        'min-zoomed-font-size': fontSizes.least,
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
