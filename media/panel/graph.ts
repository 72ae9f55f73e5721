/**
 * A separate bundle with the layout and the drawing of graphs, which the side panel loads when the graph is first
 * shown.
 */
import { type DrawGraph, drawGraph } from './graphDrawing';

declare global {
  var drawBioBertGraph: DrawGraph | undefined;
}

globalThis.drawBioBertGraph = drawGraph;
