import { SaxesParser } from 'saxes';
import { Segments, type BlockParser, type Cut } from './blocks';
import { closeElement, isInline, localName, openElement, proseOfHtml } from './markup';
import { addressMasks, masksOf, ordered } from './masks';
import { proseWithReferences } from './references';
import { SegmentBuilder } from './segmentBuilder';
import { cutXml, readContext, type XmlContext } from './xmlBlocks';
import { administrative, citing, generalPolicy, policies, type XmlPolicy } from './xmlPolicies';

/** The start of a record in a PubMed export; every record is a block. */
const record = /<Pubmed(?:Book)?Article[\s>]/g;

/** Brackets that contain only references to citations. */
const citations =
  /[[(](?:(?:see|e\.g\.,?|reviewed in)\s)?(?:<xref\s[^<>]{0,200}ref-type=["']bibr["'][^<>]{0,200}>(?:[^<>]|<\/?(?:italic|i|sup)>){0,200}<\/xref>[\s,;–-]{0,40}){1,100}[\])]/g;

/** Parser for JATS and PubMed XML. Other XML and HTML is also read, with less knowledge of its elements. */
export const jats: BlockParser = {
  cut(text) {
    const records = [...text.matchAll(record)].map((match) => match.index);
    if (records.length === 0) return cutXml(text);
    const starts = [0, ...records];
    return starts.flatMap((start, index): Cut[] => {
      const end = starts[index + 1] ?? text.length;
      return start < end ? [{ start, end, context: '' }] : [];
    });
  },

  parse(source, context) {
    return new XmlProse(source).read(readContext(context));
  },
};

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

/** A formula within a sentence whose tokens are being collected. */
interface Formula {
  readonly start: number;
  readonly depth: number;
  content: string;
}

/**
 * Reads tags with saxes. The text between two tags is taken from the source, because the parser's own text has line
 * breaks and character references replaced. saxes continues after errors, and so does this class.
 */
class XmlProse {
  private readonly segments: Segments;
  private readonly builder: SegmentBuilder;
  private readonly parser = new SaxesParser();
  private readonly frames: Frame[] = [];
  private policy: XmlPolicy | undefined;
  private formula: Formula | undefined;
  /** Offset of the source in the text that the parser has read, which begins with the context. */
  private base = 0;
  /** The end of the source that has been read. */
  private passed = 0;

  constructor(private readonly source: string) {
    const masks = ordered([...addressMasks(source), ...masksOf(source, [citations])]);
    this.builder = new SegmentBuilder(source, masks);
    this.segments = new Segments(this.builder);
  }

  /** @param context The elements around the source are opened first, so that the source is read as a part of them. */
  read({ startTags, isLast }: XmlContext) {
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
    parser.on('doctype', () => {
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
    const mode = this.modeOf(name, attributes);
    const start = this.passed;
    this.frames.push({ name, mode });
    this.passed = end;
    if (mode === 'drop') {
      if (outer !== 'drop' && !isInline(name) && name !== 'label' && !/formula/.test(name))
        this.segments.break();
    } else if (!this.formula && (name === 'inline-formula' || name === 'math')) {
      this.formula = { start, depth: this.frames.length, content: '' };
    } else if (!this.formula) openElement(this.segments, name, start, end);
  }

  private close(end: number): void {
    const start = this.passed;
    const depth = this.frames.length;
    const frame = this.frames.pop();
    this.passed = end;
    if (this.formula) {
      if (this.formula.depth !== depth) return;
      this.segments.formula(this.formula.content, this.formula.start, end);
      this.formula = undefined;
    } else if (frame?.mode === 'drop') {
      if (/formula/.test(frame.name)) this.builder.omit(start, end);
    } else if (frame) closeElement(this.segments, frame.name, end);
  }

  private modeOf(name: string, attributes: Readonly<Record<string, string>>): Frame['mode'] {
    const policy = this.policy ?? generalPolicy;
    if (this.mode === 'drop' || policy.drop.has(name)) return 'drop';
    if (isAboutAuthors(attributes)) return 'drop';
    if (name === 'xref' && citing.has(attributes['ref-type'] ?? '')) return 'drop';
    if (policy.only.has(name)) return 'only';
    return this.mode === 'only' && !policy.keep.has(name) ? 'only' : 'read';
  }

  private text(end: number): void {
    if (this.formula && this.mode === 'read') this.formula.content += this.source.slice(this.passed, end);
    else if (this.mode === 'read') proseWithReferences(this.builder, this.source, this.passed, end);
    this.passed = Math.max(this.passed, end);
  }

  private cdata(end: number): void {
    const start = this.source.indexOf('<![CDATA[', this.passed);
    if (this.mode === 'read' && !this.formula && start >= 0) this.builder.prose(start + 9, end - 3);
    this.passed = end;
  }

  /** Handles the end of a truncated document, which the parser does not report. */
  private rest(): void {
    if (this.formula) this.segments.formula('', this.formula.start, this.source.length);
    if (this.formula || this.mode !== 'read') return;
    const unfinished = /<[/!?a-zA-Z][^<>]*$/.exec(this.source.slice(this.passed));
    const end = unfinished ? this.passed + unfinished.index : this.source.length;
    proseOfHtml(this.segments, this.source, this.passed, end);
  }
}
