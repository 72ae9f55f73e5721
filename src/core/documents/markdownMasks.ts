import { addressMasks, masksOf, ordered } from './masks';
import type { Mask } from './segmentBuilder';

/**
 * Syntax of Pandoc, Quarto, MyST, Manubot and Obsidian that CommonMark and its GitHub dialect treat as text; it is not
 * prose.
 */
const omitted = [
  // Citations: [see @smith2019, p. 3; @lee2020] and, in running text, @smith2019.
  /\[(?:[^[\]@]{0,400}[\s;-])?-?@[\w{][^[\]]{0,2000}\]/g,
  /(?<![\w@./\\])-?@(?:\{[^}\s]{1,200}\}|[A-Za-z_](?:[\w:.#$%&+?<>~/-]{0,100}\w)?)/g,
  // Footnote marks whose definition is not in this document.
  /\[\^[^[\]\s]{1,100}\]/g,
  // Attributes: {#fig:cells width="50%"}, {.unnumbered}, {-}; templates; the role before code: {cite}`key`.
  /\{(?:[#.=@][^{}\n]{0,300}|-)\}|(?<=[)\]`])\{[^{}\n]{0,300}\}/g,
  /\{\{[^{}]{0,400}\}\}|\{%[^{}]{0,400}%\}|\{##[^{}]{0,2000}##\}|\{[\w:-]{1,40}\}(?=`)/g,
  /^:::.*$/gm,
  /!\[\[[^[\]\n]{1,200}\]\]/g,
  // TeX commands for references and layout.
  /\\(?:cite[a-z]*|[a-zA-Z]{0,8}ref|label|begin|end|vspace|hspace)\*?(?:\[[^[\]\n]{0,100}\]){0,2}\{[^{}\n]{0,300}\}/g,
  /\\(?:newpage|pagebreak|clearpage|toc|appendix)(?![a-zA-Z])/g,
];

/**
 * Marks that are removed so that the letters around them join: highlighting, links between notes, the mark of inline
 * notes.
 */
const transparent = [
  /==()(?=\S)/g,
  /(?<=[^\s=])==()/g,
  /\[\[()(?:[^[\]|\n]{1,200}\|)?(?=[^[\]\n]{1,200}\]\])/g,
  /(?<=[^\s[\]])\]\]()/g,
  /\^()(?=\[[^\]])/g,
];

/** Pandoc's scripts: `H~2~O` and `Ca^2+^`. */
const scripts = [/(?<!~)~([^\s~]{1,16})~(?!~)/g, /\^([^\s^[\]]{1,16})\^/g];

/**
 * Masks for the parts of a Markdown block that are not read as they are, in addition to the markup that the parser
 * knows.
 */
export function markdownMasks(source: string): Mask[] {
  return ordered([...addressMasks(source), ...masksOf(source, [...omitted, ...transparent, ...scripts])]);
}
