import type { Span } from '../types';
import { addressMasks, masksOf, mergedMasks, ordered } from './masks';
import type { Mask } from './segmentBuilder';

/**
 * Syntax of Pandoc, Quarto, MyST, Manubot and Obsidian that CommonMark and its GitHub dialect treat as text; it is not
 * prose.
 */
const omitted = [
  // Citations: [see @smith2019, p. 3; @lee2020] and, in running text, @smith2019.
  /\[(?:[^[\]@]{0,400}[\s;-])?-?@[\w{][^[\]]{0,2000}\]/g,
  /\((?:-?@[\w{][^\s();,@]{0,100}[,;]?[ \t]?){1,50}\)/g,
  /(?<![\w@./\\])-?@(?:\{[^}\s]{1,200}\}|[A-Za-z_](?:[\w:.#$%&+?<>~/-]{0,100}\w)?)/g,
  // Footnote marks whose definition is not in this document.
  /\[\^[^[\]\s]{1,100}\]/g,
  // Attributes, other than those of a fenced div, whose title is prose: {#fig:cells width="50%"}, {.unnumbered}, {-};
  // templates; the role before code: {cite}`key`.
  /(?<![)\]`]|:::[ \t]{0,20})\{(?:[#.=@][^{}\n]{0,300}|-)\}/g,
  /\{\{[^{}]{0,400}\}\}|\{%[^{}]{0,400}%\}|\{##[^{}]{0,2000}##\}|\{[\w:-]{1,40}\}(?=`)/g,
  /!\[\[[^[\]\n]{1,200}\]\]/g,
  // TeX commands for references and layout.
  /\\(?:cite[a-z]*|[a-zA-Z]{0,8}ref|label|begin|end|vspace|hspace)\*?(?:\[[^[\]\n]{0,100}\]){0,2}\{[^{}\n]{0,300}\}/g,
  /\\(?:newpage|pagebreak|clearpage|toc|appendix)(?![a-zA-Z])/g,
];

/**
 * Marks that are removed so that the letters around them join: highlighting, links between notes, spans with attributes
 * (`[Ca]{.mark}2+`), the backslash of a space that does not break.
 */
const transparent = [
  /==()(?=\S)/g,
  /(?<=[^\s=])==()/g,
  /\[\[()(?:[^[\]|\n]{1,200}\|)?(?=[^[\]\n]{1,200}\]\])/g,
  /(?<=[^\s[\]])\]\]()/g,
  /(?<!\])\[()(?=[^[\]\n]{1,300}\]\{[#.a-zA-Z-][^{}\n]{0,300}\})/g,
  /(?<=[^\s[\]])\]()(?=\{[#.a-zA-Z-][^{}\n]{0,300}\})/g,
  /(?<=[)\]`])\{[^{}\n]{0,300}\}()/g,
  /\\()(?= \S)/g,
];

/** The mark of Pandoc's inline notes: `^[Text of the note.]`. */
const notes = [/\^(?=\[[^\]])/g];

/** Pandoc's scripts: `H~2~O`, `Ca^2+^` and, with an escaped space, `P~a\ b~`. They may be emphasised. */
const scripts = [/(?<!~)~((?:\\ |[^\s~]){1,16})~(?!~)/g, /\^((?:\\ |[^\s^[\]]){1,16})\^/g];

function scriptMasks(source: string): Mask[] {
  return masksOf(source, scripts).map((mask) => {
    const prose = (mask.prose ?? '')
      .replace(/\\(.)/g, '$1')
      .replace(/^[*_]{1,3}(?=[^*_])|(?<=[^*_])[*_]{1,3}$/g, '');
    return { ...mask, prose };
  });
}

/**
 * Masks for the parts of a Markdown block that are not read as they are, in addition to the markup that the parser
 * knows.
 *
 * @param formulas The displayed formulas.
 */
export function markdownMasks(source: string, formulas: readonly Span[]): Mask[] {
  const marks = masksOf(source, [...omitted, ...transparent, ...notes]);
  const others = ordered([...addressMasks(source), ...marks, ...scriptMasks(source)]);
  // Marks inside a formula or across its border are left out.
  return formulas.length === 0 ? others : mergedMasks(formulas, others);
}
