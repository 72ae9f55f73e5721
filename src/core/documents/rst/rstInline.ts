import { addressMasks, mergedMasks, ordered } from '../masks';
import { printedMasks } from '../printedText';
import { scriptMask } from '../scriptMask';
import type { Mask } from '../segmentBuilder';
import { simpleMath } from '../simpleMath';

/**
 * Inline markup, from left to right: escapes, literals, roles and links in backticks, footnote marks, substitutions,
 * emphasis, and names with the underscore of a link.
 */
const inline =
  /\\(?<escaped>[^]|$)|``(?<literal>[^]{1,1000}?)``(?!`)|(?::(?<role>[a-zA-Z][\w.+:-]{0,60}):|(?<target>_))?(?<!`)`(?=\S)(?<text>[^`]{1,2000})(?<=\S)`(?<after>__?(?!\w)|:[a-zA-Z][\w.+:-]{0,60}:)?|(?<note>\[(?:\d{1,4}|#[\w.-]{0,60}|\*|[a-zA-Z][\w.:-]{0,80})\]_(?!\w))|\|(?<name>[^\s|][^|\n]{0,80})\|(?:__?(?!\w))?|(?<emphasis>(?<![\w*])\*{1,2}(?=[^\s*])|(?<=[^\s*])\*{1,2}(?![\w*]))|(?<=[\p{L}\p{N}])(?<link>__?)(?![\p{L}\p{N}_])|(?<literalMark>\s?::)(?=\s*$)/gu;

const linked = /^([^]*?)\s*<[^<>]*>$/;
const scripts = /^(?:sub|sup)(?:script)?$/;
/** Roles whose text is printed. Those of all other domains and of citations print numbers, code or names of objects. */
const printed =
  /^(?:abbr|abbreviation|acronym|emphasis|strong|title|title-reference|term|guilabel|dfn|smallcaps|underline|gene|protein|drug|chem|species|disease)$/;
const linking = /^(?:ref|doc|any|term|numref|std:ref|std:doc|std:term|external)$/;

/** Masks for the inline markup of reStructuredText. @param substitutions The texts of substitutions by their names. */
export function rstMasks(source: string, substitutions: ReadonlyMap<string, string>): Mask[] {
  const masks: Mask[] = [];
  for (const match of source.matchAll(inline)) {
    const groups = match.groups ?? {};
    const place = { start: match.index, end: match.index + match[0].length };
    if (groups['text'] !== undefined) masks.push(...interpreted(source, match.index, match[0], groups));
    else if (groups['escaped'] !== undefined) masks.push({ ...place, prose: groups['escaped'].trim() });
    else if (groups['literalMark'] !== undefined)
      masks.push({ ...place, prose: match[0].startsWith(':') ? ':' : '' });
    else if (groups['name'] !== undefined)
      masks.push(...substituted(place, substitutions.get(groups['name'])));
    else if (groups['literal'] !== undefined || groups['note'] !== undefined) masks.push(place);
    else masks.push({ ...place, prose: '' });
  }
  return mergedMasks(ordered(masks), addressMasks(source));
}

function substituted(place: Mask, prose: string | undefined): Mask[] {
  return prose === undefined ? [place] : printedMasks(prose, place.start, place.end);
}

/** Masks for text in backticks, with its role. */
function interpreted(
  source: string,
  start: number,
  whole: string,
  groups: Readonly<Record<string, string | undefined>>,
): Mask[] {
  const { text = '', after = '' } = groups;
  const place = { start, end: start + whole.length };
  const role = (groups['role'] ?? (after.startsWith(':') ? after.slice(1, -1) : '')).toLowerCase();
  const from = start + whole.indexOf('`') + 1;
  if (scripts.test(role)) return [scriptMask(source, place, text.trim(), role.startsWith('sup'))];
  if (role === 'math') {
    // A word in a script is the name of a variable and not a part of a name in the text.
    const prose = /[_^]\{?[a-zA-Z]{2}/.test(text) ? undefined : simpleMath(text);
    return [prose === undefined ? place : { ...place, prose }];
  }
  const title = linked.exec(text)?.[1];
  const isShown =
    role === ''
      ? title !== ''
      : printed.test(role) || (linking.test(role) && title !== undefined) || isOwnRole(role);
  if (!isShown) return [place];
  const end = from + (title ?? text).length;
  return [
    { start, end: from, prose: '' },
    { start: end, end: place.end, prose: '' },
  ];
}

/** Whether a role is one that authors define for the look of a word: it belongs to no domain and is not known. */
function isOwnRole(role: string): boolean {
  return !role.includes(':') && !known.test(role);
}

const known =
  /^(?:cite\w*|foot\w*|ref|doc|any|numref|eq|code|literal|raw|math|kbd|file|samp|command|program|option|download|envvar|token|keyword|mimetype|newsgroup|regexp|pep|rfc|menuselection|index|func|class|meth|mod|attr|obj|data|const|exc|bibref|citation|doi|pmid|url|orcid)$/;
