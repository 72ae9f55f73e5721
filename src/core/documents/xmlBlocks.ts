import type { Cut } from './blocks';
import { isInline, localName } from './markup';
import { policies } from './xmlPolicies';

/** Elements at whose start tag a block may begin: the paragraphs of JATS and its neighbours. */
const blockStarts = new Set(
  'abstract app body back caption fig list-item p ref sec table-wrap tbody title tr'.split(' '),
);

/**
 * Markup of well-formed XML. Tags with attributes that are not quoted, and everything else that a lenient parser reads
 * in its own way, do not match.
 */
const markup =
  /<(?:!--[^]*?-->|!\[CDATA\[[^]*?\]\]>|\?[^]*?\?>|!DOCTYPE[^<>[\]"']*(?:(?:"[^"]*"|'[^']*')[^<>[\]"']*)*>|(?<close>\/?)(?<name>[a-z_][\w.:-]*)(?:\s+[\w.:-]+\s*=\s*(?:"[^<"]*"|'[^<']*'))*\s*(?<empty>\/?)>)/giy;

/** The start tags of the elements around a block, and whether another block follows. */
export interface XmlContext {
  readonly startTags: string;
  readonly isLast: boolean;
}

/** An element that does not end the sentence around it when it opens; its children must not begin a block. */
function isWithinSentence(name: string): boolean {
  return isInline(name) || name === 'label' || name === 'math' || name.includes('formula');
}

/**
 * Divides an XML document into blocks that are parsed alone, so that an edit inside a paragraph costs a parse of that
 * paragraph. A block begins at the start tag of a paragraph or a section. The result must equal that of one parse of
 * the whole document. Therefore the scan begins no block inside an element that may be part of a sentence, before the
 * policy of the document is known, or after the first markup that is not well-formed: from there on, the rest of the
 * document is one block.
 */
export function cutXml(text: string): readonly Cut[] {
  const cuts: Cut[] = [];
  let start = 0;
  let startTags = '';
  for (const next of blockBorders(text)) {
    if (next.at > start) cuts.push({ start, end: next.at, context: contextOf({ startTags, isLast: false }) });
    start = next.at;
    startTags = next.startTags;
  }
  if (start < text.length)
    cuts.push({ start, end: text.length, context: contextOf({ startTags, isLast: true }) });
  return cuts;
}

function contextOf({ startTags, isLast }: XmlContext): string {
  return `${isLast ? '' : '+'}${startTags}`;
}

/** The inverse of {@link contextOf}. */
export function readContext(context: string): XmlContext {
  const isLast = !context.startsWith('+');
  return { startTags: isLast ? context : context.slice(1), isLast };
}

interface OpenElement {
  readonly name: string;
  readonly localName: string;
  readonly tag: string;
}

function* blockBorders(text: string): Generator<{ readonly at: number; readonly startTags: string }> {
  const open: OpenElement[] = [];
  let sentenceDepth = 0;
  let policyDepth: number | undefined;
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', markup.lastIndex)) {
    markup.lastIndex = at;
    const match = markup.exec(text);
    if (!match) return;
    const { close, name, empty } = match.groups ?? {};
    if (name === undefined) continue;
    if (close === '/') {
      const last = open.pop();
      if (last?.name !== name) return;
      if (isWithinSentence(last.localName)) sentenceDepth -= 1;
      // After its root element, a document is not well-formed.
      if (open.length === 0 || (policyDepth ?? 0) > open.length) return;
      continue;
    }
    const local = localName(name);
    if (sentenceDepth === 0 && policyDepth !== undefined && empty === '' && blockStarts.has(local)) {
      yield { at, startTags: open.map(({ tag }) => tag).join('') };
    }
    if (policies.has(local)) policyDepth ??= open.length + 1;
    if (empty === '/') continue;
    open.push({ name, localName: local, tag: match[0] });
    if (isWithinSentence(local)) sentenceDepth += 1;
  }
}
