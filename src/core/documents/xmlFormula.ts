import type { Segments } from './blocks';
import { decodedReferences } from './references';

/** Elements of MathML whose content is not read from left to right. */
const twoDimensional =
  /^(?:mfrac|msqrt|mroot|mover|munder|munderover|mtable|menclose|mmultiscripts|mlongdiv)$/;
const token = /^m(?:i|n|o|text|s)$/;
/** The content of the small document that publishers write around each formula. */
const body = /\\begin\{document\}([^]*?)\\end\{document\}/;

/** A formula within a sentence, of which MathML, TeX or both are collected. */
export class XmlFormula {
  private content = '';
  private tex = '';
  private isTwoDimensional = false;

  /**
   * @param start The place of its start tag.
   * @param depth Number of elements that are open inside the formula element, counting itself.
   */
  constructor(
    readonly start: number,
    readonly depth: number,
  ) {}

  open(name: string): void {
    if (twoDimensional.test(name)) this.isTwoDimensional = true;
  }

  /** Adds text of the source, which is the content of the element `name`. */
  text(name: string, source: string, entities: ReadonlyMap<string, string>): void {
    const text = decodedReferences(source, entities);
    if (name === 'tex-math') this.tex += text;
    else if (token.test(name)) this.content += text.trim();
    // Between the elements of MathML, white space means nothing.
    else if (!/^\s*\n\s*$/.test(text)) this.content += text;
  }

  /** Ends the formula at `end` and adds it to the prose. */
  close(segments: Segments, end: number): void {
    const tex = (body.exec(this.tex)?.[1] ?? this.tex).trim().replace(/^\\[([]|\\[)\]]$/g, '');
    if (this.content.trim() === '') segments.formula(tex, this.start, end);
    else if (this.isTwoDimensional) segments.builder.omit(this.start, end);
    else segments.formula(this.content, this.start, end);
  }
}
