import type { Segment } from '../types';
import { Segments, type ReadingLimit } from './blocks';
import { closeElement, isInline, openElement, proseOfHtml } from './markup';
import { addressMasks, masksOf, ordered } from './masks';
import { punctuationAfterNote } from './notes';
import { proseWithReferences } from './references';
import { SegmentBuilder } from './segmentBuilder';
import type { XmlContext } from './xmlBlocks';
import { bracketedCitations, XmlCitations } from './xmlCitations';
import { XmlDefinitions } from './xmlDefinitions';
import { XmlElements } from './xmlElements';
import { declaredEntities } from './xmlEntities';
import { XmlFormula } from './xmlFormula';
import { isXmlNoteBetweenSentences } from './xmlNotes';
import { isPhrase } from './xmlPolicies';
import { XmlReader, type XmlHandler } from './xmlReader';

/** Writes the prose of an XML source into segments. */
export class XmlProse implements XmlHandler {
  private readonly segments: Segments;
  private readonly elements = new XmlElements();
  private readonly citations: XmlCitations;
  private readonly definitions: XmlDefinitions;
  /** The formula that is being read. */
  private formula: XmlFormula | undefined;
  private entities: ReadonlyMap<string, string> = new Map();
  /** Whether the punctuation that follows belongs to the sentence before a footnote. */
  private isAfterNote = false;

  /** @param onLimit Called if a footnote is not read, because it stands within a sentence. */
  constructor(
    private readonly source: string,
    private readonly onLimit: (limit: ReadingLimit) => void = () => undefined,
  ) {
    const masks = ordered([...addressMasks(source), ...masksOf(source, [bracketedCitations])]);
    const builder = new SegmentBuilder(source, masks);
    this.segments = new Segments(builder);
    this.citations = new XmlCitations(builder);
    this.definitions = new XmlDefinitions(this.segments);
  }

  /** @param context The elements around the source. */
  read(context: XmlContext): Segment[] {
    new XmlReader(this.source, this).read(context);
    return this.segments.finish();
  }

  doctype(declarations: string): void {
    this.entities = declaredEntities(declarations);
  }

  open(name: string, attributes: Readonly<Record<string, string>>, start: number, end: number): void {
    const isAroundDropped = this.elements.mode === 'drop';
    const mode = this.elements.open(name, attributes, () => this.isNoteRead(end));
    if (this.formula) this.formula.open(name);
    else if (mode === 'drop') {
      if (!isAroundDropped) this.openDropped(name);
    } else if (name === 'inline-formula' || name === 'math') {
      this.formula = new XmlFormula(start, this.elements.depth);
    } else if (!this.definitions.open(name, start, end)) openElement(this.segments, name, start, end);
  }

  /** Whether the footnote with the start tag before `end` is read. */
  private isNoteRead(end: number): boolean {
    const isRead = isXmlNoteBetweenSentences(this.segments.builder, this.source, end);
    if (!isRead) this.onLimit('footnotes');
    return isRead;
  }

  private openDropped(name: string): void {
    if (name === 'xref') this.citations.open();
    else if (!isInline(name) && !isPhrase(name)) this.segments.break();
  }

  close(start: number, end: number): void {
    const { depth } = this.elements;
    const element = this.elements.close();
    if (!element) return;
    if (this.formula) {
      if (this.formula.depth !== depth) return;
      this.formula.close(this.segments, end);
      this.formula = undefined;
    } else if (element.mode === 'drop') {
      if (this.elements.mode !== 'drop') this.closeDropped(element.name, start, end);
    } else if (!this.definitions.close(element.name, start, end)) {
      closeElement(this.segments, element.name, end);
      this.isAfterNote = element.name === 'fn';
    }
  }

  private closeDropped(name: string, start: number, end: number): void {
    if (name === 'xref') this.citations.close();
    else if (isPhrase(name) && name !== 'label') this.segments.builder.omit(start, end);
  }

  text(start: number, end: number): void {
    const { name, mode } = this.elements;
    if (this.formula) {
      if (mode === 'read' || name === 'tex-math')
        this.formula.text(name, this.source.slice(start, end), this.entities);
    } else if (mode === 'read') {
      const text = this.isAfterNote ? this.source.slice(start, Math.min(end, start + 100)) : '';
      const skipped = punctuationAfterNote(text);
      if (text.trim() !== '') this.isAfterNote = false;
      proseWithReferences(this.segments.builder, this.source, start + skipped, end, this.entities);
    }
  }

  cdata(start: number, end: number): void {
    if (this.elements.mode === 'read' && !this.formula) this.segments.builder.prose(start, end);
  }

  /** Handles the end of a truncated document, which the parser does not report. */
  rest(start: number): void {
    const { source, segments } = this;
    if (this.formula) segments.builder.omit(this.formula.start, source.length);
    if (this.formula || this.elements.mode !== 'read') return;
    const unfinished = /<[/!?a-zA-Z][^<>]*$/.exec(source.slice(start));
    const end = unfinished ? start + unfinished.index : source.length;
    proseOfHtml(segments, source, start, end);
  }
}
