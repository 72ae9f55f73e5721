/** Writes a graph for the Cytoscape application. Without side effects. */
import { lookNameOf } from '../../src/protocol/typeLooks';
import type { GraphData } from './graphData';
import type { Places } from './graphLayout';

/** @returns plain nodes and edges with their data and positions, as JSON that Cytoscape opens. */
export function cytoscapeJson({ nodes, edges }: GraphData, places: Places): string {
  const drawnNodes = nodes.map(({ id, label, type, count, concept, others }) => ({
    data: {
      id,
      label,
      name: label,
      type,
      kind: lookNameOf(type),
      count,
      ...(concept && { concept: concept.id, preferredName: concept.name }),
      ...(others.length > 0 && { alsoCalled: others }),
    },
    position: places.get(id) ?? { x: 0, y: 0 },
  }));
  const drawnEdges = edges.map(({ rows: _, ...data }) => ({ data }));
  const elements = { nodes: drawnNodes, edges: drawnEdges };
  return JSON.stringify({ data: { name: 'BioBERT relations' }, elements }, null, 1);
}
