import type { Cut } from './blocks';
import { isInline, localName } from './markup';
import { isPhrase, policies } from './xmlPolicies';

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

/** Maximum length of the context of a block, in relation to the length of the block before it. */
const maxContextShare = 8;

/** An element that does not end the sentence around it when it opens, or not always; its children must not begin a block. */
function isWithinSentence(name: string): boolean {
  return isInline(name) || isPhrase(name) || name === 'math' || name === 'def-item';
}

/** A DOCTYPE with declarations, which are a part of the context of all blocks. */
const doctype =
  /<!DOCTYPE[^<>[\]"']*(?:(?:"[^"]*"|'[^']*')[^<>[\]"']*)*\[(?:\s|<!ENTITY\s[^<>"']*(?:(?:"[^"]*"|'[^']*')[^<>"']*)*>)*\]\s*>/iy;
/** A longer DOCTYPE is not repeated: the document is one block. */
const maxDoctypeLength = 4_000;

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
  for (const { at, open } of blockBorders(text)) {
    // A block must be long in comparison with its context, because the context is read again with each block.
    if (at - start < open.tagLength / maxContextShare) continue;
    if (at > start) cuts.push({ start, end: at, context: contextOf({ startTags, isLast: false }) });
    start = at;
    startTags = open.startTags();
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

/** The elements that are open at a place, outermost first. */
class OpenElements {
  private readonly elements: OpenElement[] = [];
  private doctype = '';
  /** Length of all start tags together, with the DOCTYPE. */
  tagLength = 0;

  /** Sets the DOCTYPE that precedes all elements. */
  declare(declarations: string): void {
    this.doctype = declarations;
    this.tagLength += declarations.length;
  }

  get length(): number {
    return this.elements.length;
  }

  push(element: OpenElement): void {
    this.elements.push(element);
    this.tagLength += element.tag.length;
  }

  pop(): OpenElement | undefined {
    const last = this.elements.pop();
    this.tagLength -= last?.tag.length ?? 0;
    return last;
  }

  startTags(): string {
    return this.doctype + this.elements.map(({ tag }) => tag).join('');
  }
}

function* blockBorders(text: string): Generator<{ readonly at: number; readonly open: OpenElements }> {
  const open = new OpenElements();
  let sentenceDepth = 0;
  let policyDepth: number | undefined;
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', markup.lastIndex)) {
    markup.lastIndex = at;
    const match = markup.exec(text);
    if (!match && open.length === 0 && policyDepth === undefined) {
      doctype.lastIndex = at;
      const declarations = doctype.exec(text)?.[0] ?? '';
      if (declarations === '' || declarations.length > maxDoctypeLength || open.tagLength > 0) return;
      open.declare(declarations);
      markup.lastIndex = at + declarations.length;
      continue;
    }
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
      yield { at, open };
    }
    if (policies.has(local)) policyDepth ??= open.length + 1;
    if (empty === '/') continue;
    open.push({ name, localName: local, tag: match[0] });
    if (isWithinSentence(local)) sentenceDepth += 1;
  }
}
