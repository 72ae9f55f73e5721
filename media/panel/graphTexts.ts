import type { ElementTitles } from './graphElements';
import { type GraphNode, neighboursOf, noGraph } from './graphData';
import { legendEntries, typeLabel } from './graphLegend';
import type { PictureWords } from './graphPicture';
import { nameDetails } from './nameGroups';
import { relationName, type Words } from './words';

/** The names and relations of a graph in words. */
export class GraphTexts implements ElementTitles {
  data = noGraph;

  constructor(private readonly words: Words) {}

  node(id: string | undefined): GraphNode | undefined {
    return this.data.nodes.find((node) => node.id === id);
  }

  /** The concept and the other spellings of a name. */
  details(node: GraphNode): readonly string[] {
    return nameDetails(node, (names) => this.words.text('alsoCalled', names));
  }

  /** The tooltip of a node. */
  ofNode(id: string): string {
    const node = this.node(id);
    return node ? [`${node.label} · ${typeLabel(node.type)}`, ...this.details(node)].join('\n') : '';
  }

  /** The tooltip of an edge. */
  ofEdge(id: string): string {
    const edge = this.data.edges.find((each) => each.id === id);
    if (!edge) return '';
    const [source, target] = [this.node(edge.source), this.node(edge.target)];
    const statement = `${source?.label ?? ''} ${relationName(edge.type)} ${target?.label ?? ''}`;
    return `${statement}\n${this.words.text('graphSentences', edge.count)}`;
  }

  /** A node with its neighbours, for screen readers. */
  spoken(node: GraphNode): string {
    const known = [typeLabel(node.type), ...this.details(node)].join(', ');
    const related = neighboursOf(this.data, node.id).map(({ label }) => label);
    return `${node.label} (${known}): ${related.join(', ')}`;
  }

  /** The texts of a saved picture. */
  get picture(): PictureWords {
    const { words, data } = this;
    return {
      title: words.text('graphLabel'),
      description: words.text('graphShown', data.nodes.length, data.names),
      legend: legendEntries(data, words),
    };
  }
}
