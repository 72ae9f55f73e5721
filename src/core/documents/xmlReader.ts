import { SaxesParser } from 'saxes';
import { localName } from './markup';
import type { XmlContext } from './xmlBlocks';

/** Receives the parts of an XML source in their order. `start` and `end` are offsets in the source. */
export interface XmlHandler {
  /** A start tag. @param name Local name of the element in lower case. */
  open(name: string, attributes: Readonly<Record<string, string>>, start: number, end: number): void;
  /** An end tag. An empty element has one of length 0. */
  close(start: number, end: number): void;
  /** Text between two tags, in which character references are not decoded. */
  text(start: number, end: number): void;
  /** The content of a CDATA section. */
  cdata(start: number, end: number): void;
  /** @param declarations The content of the DOCTYPE. */
  doctype(declarations: string): void;
  /** The rest of the document after its last tag, which ends at `start`. */
  rest(start: number): void;
}

/**
 * Reads tags with saxes and finds their offsets in the source. Text is reported by its offsets, because the parser's own
 * text has line breaks and character references replaced. saxes continues after errors, and so does this class.
 */
export class XmlReader {
  private readonly parser = new SaxesParser();
  /** Offset of the source in the text that the parser has read, which begins with the context. */
  private base = 0;
  /** The end of the source that has been reported. */
  private passed = 0;

  constructor(
    private readonly source: string,
    private readonly handler: XmlHandler,
  ) {}

  /** @param context The elements around the source are opened first, so that the source is read as a part of them. */
  read({ startTags, isLast }: XmlContext): void {
    const { parser } = this;
    parser.on('error', () => undefined);
    this.onTags();
    this.onOtherMarkup();
    this.base = startTags.length;
    parser.write(startTags);
    this.passed = 0;
    this.onText();
    parser.write(this.source);
    // The next block begins with a tag, which ends the text.
    if (!isLast) parser.write('<');
    else this.handler.rest(this.passed);
  }

  /** Offset in the source of the next character that the parser reads. */
  private get position(): number {
    return Math.min(this.parser.position - this.base, this.source.length);
  }

  /** Moves to `end`. @returns the end of what was reported before. */
  private passTo(end: number): number {
    const start = this.passed;
    this.passed = end;
    return start;
  }

  private onTags(): void {
    const { parser, handler } = this;
    parser.on('opentag', ({ name, attributes }) => {
      const end = this.position;
      handler.open(localName(name), attributes, this.passTo(end), end);
    });
    parser.on('closetag', () => {
      const end = this.position;
      handler.close(this.passTo(end), end);
    });
  }

  private onOtherMarkup(): void {
    const { parser, handler } = this;
    parser.on('cdata', () => {
      const end = this.position;
      const start = this.source.indexOf('<![CDATA[', this.passTo(end));
      if (start >= 0) handler.cdata(start + 9, end - 3);
    });
    parser.on('doctype', (doctype) => {
      handler.doctype(doctype);
      this.passTo(this.position);
    });
    for (const event of ['comment', 'processinginstruction', 'xmldecl'] as const) {
      parser.on(event, () => {
        // These are reported before their last character is read.
        const { position } = this;
        this.passTo(this.source.charAt(position) === '>' ? position + 1 : position);
      });
    }
  }

  private onText(): void {
    this.parser.on('text', () => {
      const { position } = this;
      const end = this.source.charAt(position - 1) === '<' ? position - 1 : position;
      this.handler.text(this.passTo(Math.max(this.passed, end)), end);
    });
  }
}
