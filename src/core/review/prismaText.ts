import { escapeMarkdown } from '../exports/escapeMarkdown';
import type { PrismaCounts } from './prisma';
import { prismaDiagram, type PrismaBox, type PrismaLine, type PrismaWords } from './prismaDiagram';

/** The flow diagram as Markdown: a list for each column, with the stages of the diagram in bold. */
export function prismaMarkdown(counts: PrismaCounts, words: PrismaWords): string {
  const { boxes } = prismaDiagram(counts, words);
  const [included] = boxes.filter(({ id }) => id === 'included').map(({ lines }) => lines[0]?.text ?? '');
  const headings = [words.viaDatabases, words.viaOthers];
  const parts = headings.flatMap((heading, index) => {
    const column = boxes.filter((box) => box.id !== 'included' && Math.floor(box.column / 2) === index);
    return column.length === 0 ? [] : [`### ${escapeMarkdown(heading)}\n`, markdownList(column, words)];
  });
  return [...parts, `### ${escapeMarkdown(words.stages[2])}\n`, `- ${escapeMarkdown(included ?? '')}\n`].join(
    '\n',
  );
}

function markdownList(boxes: readonly PrismaBox[], words: PrismaWords): string {
  return boxes
    .map(({ lines, stage }, index) => {
      const isNewStage = boxes[index - 1]?.stage !== stage;
      const heading = isNewStage
        ? `${index === 0 ? '' : '\n'}**${escapeMarkdown(words.stages[stage] ?? '')}**\n\n`
        : '';
      return (
        heading + lines.map((line, at) => `${indentOf(lines, at)}- ${escapeMarkdown(line.text)}\n`).join('')
      );
    })
    .join('');
}

/** The first line of a box is an item; the others stand below it, and parts of a number below that number. */
function indentOf(lines: readonly PrismaLine[], at: number): string {
  const isPart = lines[at]?.level === 1 && lines.slice(1, at).some(({ level }) => level === 0);
  return at === 0 ? '' : isPart ? '    ' : '  ';
}

/**
 * The flow diagram as a flowchart of Mermaid (https://mermaid.js.org/syntax/flowchart.html), which GitHub, Quarto and the
 * preview of Markdown in VS Code show.
 */
export function prismaMermaid(counts: PrismaCounts, words: PrismaWords): string {
  const { boxes, arrows } = prismaDiagram(counts, words);
  const headings = [words.viaDatabases, words.viaOthers];
  const columns = headings.flatMap((heading, index) => {
    const column = boxes.filter((box) => box.id !== 'included' && Math.floor(box.column / 2) === index);
    if (column.length === 0) return [];
    return [
      `  subgraph column${index}["${mermaidText(heading)}"]`,
      ...column.map((box) => `    ${mermaidBox(box)}`),
      '  end',
    ];
  });
  const included = boxes.filter(({ id }) => id === 'included').map((box) => `  ${mermaidBox(box)}`);
  const links = arrows.map(([from, to]) => `  ${mermaidId(from)} --> ${mermaidId(to)}`);
  return `${['flowchart TD', ...columns, ...included, ...links].join('\n')}\n`;
}

function mermaidBox({ id, lines }: PrismaBox): string {
  return `${mermaidId(id)}["${lines.map(({ text }) => mermaidText(text)).join('<br/>')}"]`;
}

function mermaidId(id: string): string {
  return id.replaceAll('-', '_');
}

/**
 * Writes all signs that may mean something in a label as the entity codes of Mermaid, `#35;`. A colon is among them because
 * Mermaid looks for `style …:…#…;` in the whole source, and a mark of a list because labels are read as Markdown.
 */
function mermaidText(text: string): string {
  const code = (sign: string): string => `#${sign.codePointAt(0) ?? 0};`;
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[^\p{L}\p{M}\p{N} .,()=/-]/gu, code)
    .replace(/^(\d*)([-.)])(?=\s)/, (_, number: string, mark: string) => number + code(mark));
}
