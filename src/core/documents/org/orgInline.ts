import { displayedFormulas } from '../markdownFormulas';
import { addressMasks, mergedMasks, ordered } from '../masks';
import { around, inBrackets, printedMasks, shifted } from '../printedText';
import { scriptMask } from '../scriptMask';
import type { Mask } from '../segmentBuilder';
import { simpleMath } from '../simpleMath';
import { greek, signs } from '../symbols';

/** Inline markup, from left to right. */
const inline = new RegExp(
  [
    String.raw`\[\[[^\][\n]{1,1000}\]\[(?<link>[^\]]{1,1000})\]\]`,
    String.raw`(?<hidden>\[\[[^\][\n]{1,1000}\]\]|\[cite(?:\/[\w/-]{0,40})?:[^\]]{0,1000}\]|\[fn:[\w-]{1,60}\]|(?<![\w:])(?:cite|citep|citet|citealp|citeauthor|autocite|textcite|parencite|ref|eqref|autoref|cref|label|nameref):[\w:;,&./@-]{0,200}[\w/]|<<<?[^<>\n]{1,200}>>>?|[<[]\d{4}-\d\d-\d\d[^>\]\n]{0,60}[>\]]|(?:src_\w{1,30}|call_[\w-]{1,60})(?:\[[^\]\n]{0,200}\])?(?:\{[^}\n]{0,400}\}|\([^)\n]{0,200}\))|@@[a-z]{1,20}:[^\n]{0,400}?@@|\{\{\{[^{}\n]{0,400}\}\}\}|\\\[[^]{0,2000}?\\\]|\\\\(?=\s*$))`,
    String.raw`\[fn:[\w-]{0,60}:[ \t]*(?<note>[^\][]{1,2000})\]`,
    String.raw`(?<![\w$])\$(?<dollars>[^\s$](?:[^$\n]{0,160}[^\s$])?)\$(?!\w)|\\\((?<math>[^]{1,400}?)\\\)`,
    String.raw`(?<=\S)(?<sign>[_^])(?:\{(?<script>[^{}\n]{1,40})\}|(?<plain>[+-]?\d{1,6}[+-]?(?![\d_])|[+-](?!\w)))`,
    String.raw`\\(?<entity>[a-zA-Z]{2,20})(?:\{\}|(?![a-zA-Z]))`,
    String.raw`(?<code>(?<![\w=~])(?:=[^\s=](?:[^=\n]{0,400}?[^\s=])??=|~[^\s~](?:[^~\n]{0,400}?[^\s~])??~)(?![\w=~]))`,
    String.raw`(?<emphasis>(?<=^|[\s\-–—({'"*/_+])[*/_+](?=[^\s*/_+])|(?<=[^\s*/_+])[*/_+](?=[\s\-–—.,:!?;'")}[*/_+]|$))`,
  ].join('|'),
  'gmu',
);

/** Masks for the inline markup of Org, and whether a displayed formula is not closed. */
export function orgMasks(source: string): { readonly masks: Mask[]; readonly isUnclosed: boolean } {
  const { spans, isUnclosed } = displayedFormulas(source);
  const marks = mergedMasks(spans, mergedMasks(ordered(inlineMasks(source)), addressMasks(source)));
  return { masks: marks, isUnclosed };
}

function inlineMasks(source: string): Mask[] {
  const masks: Mask[] = [];
  for (const match of source.matchAll(inline)) {
    const start = match.index;
    masks.push(...masksOfMatch(source, start, start + match[0].length, match.groups ?? {}));
  }
  return masks;
}

function masksOfMatch(
  source: string,
  start: number,
  end: number,
  groups: Readonly<Record<string, string | undefined>>,
): Mask[] {
  const { link, note, entity, sign } = groups;
  if (link !== undefined)
    return around({ start, end }, link.length, 2, shifted(inlineMasks(link), end - 2 - link.length));
  if (note !== undefined)
    return inBrackets({ start, end }, note.length, shifted(inlineMasks(note), end - 1 - note.length));
  const math = groups['dollars'] ?? groups['math'];
  const prose = math === undefined ? undefined : simpleMath(math);
  if (prose !== undefined) return [{ start, end, prose }];
  const script = groups['script'] ?? groups['plain'];
  if (script !== undefined) return [scriptMask(source, { start, end }, script, sign === '^')];
  if (entity !== undefined) {
    const character = greek.get(entity) ?? signs.get(entity);
    return character === undefined ? [] : printedMasks(character, start, end);
  }
  return [groups['emphasis'] === undefined ? { start, end } : { start, end, prose: '' }];
}
