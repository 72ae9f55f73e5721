import { parseMinimal } from '@unified-latex/unified-latex-util-parse';
import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { parseDocument } from '../../../../src/core/documents/parse';

vi.setConfig({ testTimeout: 60_000 });

interface LatexNode {
  readonly type: string;
  readonly content?: unknown;
  readonly position?: {
    readonly start: { readonly offset: number };
    readonly end: { readonly offset: number };
  };
}

const sentences = [
  'The \\textit{BRCA1} gene~\\cite{smith2019} binds \\emph{p\\"{a}rt} of it.',
  'Here 5\\% of cells % a remark with $ and {\ngrow.',
  'With $x + \\frac{a}{b}$ and \\(y\\), \\[ z \\] it ends.',
  '{\\em In} a {\\small group {in a} group}, \\LaTeX{} does.',
  '\\section{Results\\label{sec:r}}',
  '\\begin{itemize}\n\\item One\n\\item[Two] three\n\\end{itemize}',
  '\\begin{equation}\nE = mc\n\\end{equation}',
  '\\begin{tabular}{lr}\na & b \\\\\nc & d\n\\end{tabular}',
  '\\begin{verbatim}\n{ not \\TeX\n\\end{verbatim}',
  "``Quoted'' --- text's dash--es",
  'A note\\footnote{Of the foot with \\verb|{|.} stands.',
];

it('extracts prose only where unified-latex also reads text', () => {
  const document = fc.array(fc.constantFrom(...sentences), { minLength: 1, maxLength: 8 });
  let compared = 0;
  const holds = fc.property(document, fc.constantFrom(' ', '\n', '\n\n'), (parts, separator) => {
    const text = parts.join(separator);
    const isText = textPlaces(text);
    for (const { base, runs } of parseDocument(text, 'latex').segments) {
      for (const run of runs.filter((each) => each.length === each.documentLength)) {
        const start = base + run.documentStart;
        const stray = [...Array(run.length).keys()]
          .map((at) => start + at)
          .filter((at) => /\w/.test(text.charAt(at)) && !isText[at]);
        compared += 1;
        expect(stray.map((at) => text.slice(Math.max(0, at - 10), at + 10))).toEqual([]);
      }
    }
  });
  fc.assert(holds, { numRuns: 100 });
  expect(compared).toBeGreaterThan(0);
});

/** For each offset, whether unified-latex reads the character as printed text. */
function textPlaces(text: string): boolean[] {
  const places = Array<boolean>(text.length).fill(false);
  const visit = (node: LatexNode): void => {
    if (node.type === 'string' && node.position)
      places.fill(true, node.position.start.offset, node.position.end.offset);
    const isProse = !['inlinemath', 'displaymath', 'mathenv', 'verbatim', 'verb', 'comment'].includes(
      node.type,
    );
    if (isProse && Array.isArray(node.content)) (node.content as LatexNode[]).forEach(visit);
  };
  visit(parseMinimal(text));
  return places;
}
