import { SaxesParser } from 'saxes';
import type { Segment } from '../types';
import { Segments, type ReadingLimit } from './blocks';
import { closeElement, isInline, localName, openElement, proseOfHtml } from './markup';
import { addressMasks, masksOf, ordered } from './masks';
import { punctuationAfterNote } from './notes';
import { proseWithReferences } from './references';
import { SegmentBuilder } from './segmentBuilder';
import type { XmlContext } from './xmlBlocks';
import { XmlDefinitions } from './xmlDefinitions';
import { declaredEntities } from './xmlEntities';
import { XmlFormula } from './xmlFormula';
import { isXmlNoteBetweenSentences } from './xmlNotes';
import { administrative, citing, generalPolicy, isPhrase, policies, type XmlPolicy } from './xmlPolicies';

/** Brackets that contain only references to citations. */
const citations =
  /[[(](?:(?:see|e\.g\.,?|reviewed in)\s)?(?:<xref\s[^<>]{0,200}ref-type=["']bibr["'][^<>]{0,200}>(?:[^<>]|<\/?(?:italic|i|sup)>){0,200}<\/xref>[\s,;–-]{0,40}){1,100}[\])]/g;

/** Longer footnotes are not looked through for their end. */
const maxNoteLength = 5_000;

/** Matches the text between two citations, which is dropped as they are: `<sup>2</sup>,<sup>3</sup>`. */
const betweenCitations = /^[\s,;–—-]{0,8}$/;

interface Frame {
  readonly name: string;
  readonly mode: 'read' | 'only' | 'drop';
}

/**
 * Whether an element is about the authors. Such elements are dropped because initials of authors look like gene
 * symbols.
 */
function isAboutAuthors(attributes: Readonly<Record<string, string>>): boolean {
  return ['fn-type', 'notes-type', 'sec-type', 'content-type'].some((name) =>
    administrative.test(attributes[name] ?? ''),
  );
}

/**
 * Reads tags with saxes. The text between two tags is taken from the source, because the parser's own text has line
 * breaks and character references replaced. saxes continues after errors, and so does this class.
 */
export class XmlProse {
  private readonly segments: Segments;
  private readonly builder: SegmentBuilder;
  private readonly parser = new SaxesParser();
  private readonly frames: Frame[] = [];
  private policy: XmlPolicy | undefined;
  private formula: XmlFormula | undefined;
  private readonly definitions: XmlDefinitions;
  private entities: ReadonlyMap<string, string> = new Map();
  /** Length of the prose at the end of the last citation. */
  private citationEnd = 0;
  /** Whether the punctuation that follows belongs to the sentence before a footnote. */
  private isAfterNote = false;
  /** Offset of the source in the text that the parser has read, which begins with the context. */
  private base = 0;
  /** The end of the source that has been read. */
  private passed = 0;

  /** @param onLimit Called if a footnote is not read, because it stands within a sentence. */
  constructor(
    private readonly source: string,
    private readonly onLimit: (limit: ReadingLimit) => void = () => undefined,
  ) {
    const masks = ordered([...addressMasks(source), ...masksOf(source, [citations])]);
    this.builder = new SegmentBuilder(source, masks);
    this.segments = new Segments(this.builder);
    this.definitions = new XmlDefinitions(this.segments);
  }

  /** @param context The elements around the source are opened first, so that the source is read as a part of them. */
  read({ startTags, isLast }: XmlContext): Segment[] {
    const { parser } = this;
    parser.on('error', () => undefined);
    this.onMarkup();
    this.base = startTags.length;
    parser.write(startTags);
    this.passed = 0;
    parser.on('text', () => {
      this.text(this.source.charAt(this.position - 1) === '<' ? this.position - 1 : this.position);
    });
    parser.write(this.source);
    // The next block begins with a tag, which ends the text.
    if (!isLast) parser.write('<');
    else this.rest();
    return this.segments.finish();
  }

  /** Offset in the source of the next character that the parser reads. */
  private get position(): number {
    return Math.min(this.parser.position - this.base, this.source.length);
  }

  private onMarkup(): void {
    const { parser } = this;
    parser.on('opentag', (tag) => {
      this.open(localName(tag.name), tag.attributes, this.position);
    });
    parser.on('closetag', () => {
      this.close(this.position);
    });
    parser.on('cdata', () => {
      this.cdata(this.position);
    });
    parser.on('doctype', (doctype) => {
      this.entities = declaredEntities(doctype);
      this.passed = this.position;
    });
    for (const event of ['comment', 'processinginstruction', 'xmldecl'] as const) {
      parser.on(event, () => {
        // These are reported before their last character is read.
        const { position } = this;
        this.passed = this.source.charAt(position) === '>' ? position + 1 : position;
      });
    }
  }

  private get mode(): Frame['mode'] {
    return this.frames.at(-1)?.mode ?? this.policy?.initialMode ?? 'read';
  }

  private open(name: string, attributes: Readonly<Record<string, string>>, end: number): void {
    this.policy ??= policies.get(name);
    const outer = this.mode;
    const start = this.passed;
    const mode = this.modeOf(name, attributes, end);
    this.frames.push({ name, mode });
    this.passed = end;
    if (this.formula) this.formula.open(name);
    else if (mode === 'drop') {
      if (outer !== 'drop') this.openDropped(name);
    } else if (name === 'inline-formula' || name === 'math') {
      this.formula = new XmlFormula(start, this.frames.length);
    } else if (!this.definitions.open(name, start, end)) openElement(this.segments, name, start, end);
  }

  private openDropped(name: string): void {
    if (name === 'xref') {
      const { builder, citationEnd } = this;
      const isNear = builder.length > citationEnd && builder.length <= citationEnd + 8;
      if (isNear && betweenCitations.test(builder.textBetween(citationEnd))) builder.truncate(citationEnd);
    } else if (!isInline(name) && !isPhrase(name)) this.segments.break();
  }

  private close(end: number): void {
    const start = this.passed;
    const depth = this.frames.length;
    const frame = this.frames.pop();
    this.passed = end;
    if (!frame) return;
    if (this.formula) {
      if (this.formula.depth !== depth) return;
      this.formula.close(this.segments, end);
      this.formula = undefined;
    } else if (frame.mode === 'drop') {
      if (this.mode !== 'drop') this.closeDropped(frame.name, start, end);
    } else if (!this.definitions.close(frame.name, start, end)) {
      closeElement(this.segments, frame.name, end);
      this.isAfterNote = frame.name === 'fn';
    }
  }

  private closeDropped(name: string, start: number, end: number): void {
    if (name === 'xref') this.citationEnd = this.builder.length;
    else if (isPhrase(name) && name !== 'label') this.builder.omit(start, end);
  }

  private modeOf(name: string, attributes: Readonly<Record<string, string>>, end: number): Frame['mode'] {
    const policy = this.policy ?? generalPolicy;
    if (this.mode === 'drop' || policy.drop.has(name)) return 'drop';
    if (isAboutAuthors(attributes)) return 'drop';
    if (name === 'xref' && citing.has(attributes['ref-type'] ?? '')) return 'drop';
    if (name === 'fn' && !this.isNoteRead(end)) return 'drop';
    if (policy.only.has(name)) return 'only';
    return this.mode === 'only' && !policy.keep.has(name) ? 'only' : 'read';
  }

  /** Whether a footnote with the start tag before `end` stands where its text can be read. */
  private isNoteRead(end: number): boolean {
    if (this.builder.length === 0) return true;
    const close = /<\/(?:[\w-]{1,40}:)?fn\s*>/g;
    const rest = this.source.slice(end, end + maxNoteLength);
    const match = close.exec(rest);
    const after = match ? rest.slice(close.lastIndex, close.lastIndex + 200) : '';
    if (isXmlNoteBetweenSentences(this.builder, after)) return true;
    this.onLimit('footnotes');
    return false;
  }

  private text(end: number): void {
    const frame = this.frames.at(-1);
    if (this.formula) {
      if (this.mode === 'read' || frame?.name === 'tex-math')
        this.formula.text(frame?.name ?? '', this.source.slice(this.passed, end), this.entities);
    } else if (this.mode === 'read') {
      const text = this.isAfterNote ? this.source.slice(this.passed, Math.min(end, this.passed + 100)) : '';
      const skipped = punctuationAfterNote(text);
      if (text.trim() !== '') this.isAfterNote = false;
      proseWithReferences(this.builder, this.source, this.passed + skipped, end, this.entities);
    }
    this.passed = Math.max(this.passed, end);
  }

  private cdata(end: number): void {
    const start = this.source.indexOf('<![CDATA[', this.passed);
    if (this.mode === 'read' && !this.formula && start >= 0) this.builder.prose(start + 9, end - 3);
    this.passed = end;
  }

  /** Handles the end of a truncated document, which the parser does not report. */
  private rest(): void {
    if (this.formula) this.builder.omit(this.formula.start, this.source.length);
    if (this.formula || this.mode !== 'read') return;
    const unfinished = /<[/!?a-zA-Z][^<>]*$/.exec(this.source.slice(this.passed));
    const end = unfinished ? this.passed + unfinished.index : this.source.length;
    proseOfHtml(this.segments, this.source, this.passed, end);
  }
}
