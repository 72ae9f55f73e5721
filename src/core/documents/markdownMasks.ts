import { addressMasks, masksOf, ordered } from './masks';
import type { Mask } from './segmentBuilder';

/** Pandoc, Quarto, MyST, Manubot and Obsidian syntax that CommonMark and its GitHub dialect take for text. */
const leftOut = [
  // Citations: [see @smith2019, p. 3; @lee2020] and, in running text, @smith2019.
  /\[(?:[^[\]@]{0,400}[\s;-])?-?@[\w{][^[\]]{0,2000}\]/g,
  /(?<![\w@./\\])-?@(?:\{[^}\s]{1,200}\}|[A-Za-z_](?:[\w:.#$%&+?<>~/-]{0,100}\w)?)/g,
  // Footnote marks whose definition is elsewhere.
  /\[\^[^[\]\s]{1,100}\]/g,
  // Attributes: {#fig:cells width="50%"}, {.unnumbered}, {-}; templates; the role before code: {cite}`key`.
  /\{(?:[#.=@][^{}\n]{0,300}|-)\}|(?<=[)\]`])\{[^{}\n]{0,300}\}/g,
  /\{\{[^{}]{0,400}\}\}|\{%[^{}]{0,400}%\}|\{##[^{}]{0,2000}##\}|\{[\w:-]{1,40}\}(?=`)/g,
  /^:::.*$/gm,
  /!\[\[[^[\]\n]{1,200}\]\]/g,
  // TeX commands that point elsewhere or lay out.
  /\\(?:cite[a-z]*|[a-zA-Z]{0,8}ref|label|begin|end|vspace|hspace)\*?(?:\[[^[\]\n]{0,100}\]){0,2}\{[^{}\n]{0,300}\}/g,
  /\\(?:newpage|pagebreak|clearpage|toc|appendix)(?![a-zA-Z])/g,
];

/** Seen through, so that the letters around it join: highlighting, links between notes, the mark of inline notes. */
const seenThrough = [
  /==()(?=\S)/g,
  /(?<=[^\s=])==()/g,
  /\[\[()(?:[^[\]|\n]{1,200}\|)?(?=[^[\]\n]{1,200}\]\])/g,
  /(?<=[^\s[\]])\]\]()/g,
  /\^()(?=\[[^\]])/g,
];

/** Pandoc's `H~2~O` and `Ca^2+^`. */
const scripts = [/(?<!~)~([^\s~]{1,16})~(?!~)/g, /\^([^\s^[\]]{1,16})\^/g];

/** What of a Markdown block's source is not read as it stands, beside the markup that the parser knows. */
export function markdownMasks(source: string): Mask[] {
  return ordered([...addressMasks(source), ...masksOf(source, [...leftOut, ...seenThrough, ...scripts])]);
}
