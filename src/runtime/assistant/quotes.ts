import { findSentence } from '../../core/documents/findSentence';
import type { StatedPublication } from '../../core/records/publicationKeys';
import { sentenceSpan } from '../../core/text/sentenceSpan';
import type { Entity, Span } from '../../core/types';
import { LineIndex } from '../folder/lineIndex';
import type { FolderSource, FolderText } from './folderSource';

/** A sentence with its place, so that an assistant can cite it and a reader can find it. */
export interface Quote {
  /** Path relative to the folder, with forward slashes. */
  readonly document: string;
  /** UTF-16 offsets of {@link quote} in the text of the document. */
  readonly start: number;
  readonly end: number;
  /** Counted from 1. */
  readonly line: number;
  /** The characters of the document between the offsets. */
  readonly quote: string;
  /** The sentence without markup and line breaks, if {@link quote} has any. */
  readonly sentence?: string;
  /** The publication that the sentence is from, as the document names it: `Kaplan 2019, Title`. */
  readonly paper?: string;
  /** PubMed number, DOI or citation key of the publication. */
  readonly paperId?: string;
}

/** A sentence to quote. */
export interface QuotedPlace extends StatedPublication, Span {
  readonly document: string;
  /** Without markup. Default: the quoted characters, with white space folded. */
  readonly sentence?: string | undefined;
}

/** A name whose sentence is quoted. */
export interface MentionPlace extends StatedPublication {
  readonly document: string;
  readonly entity: Pick<Entity, 'start' | 'end' | 'text'>;
}

/** Quotes sentences from the documents of a folder. A document is read once; a quoter lives as long as a call. */
export class Quoter {
  private readonly texts = new Map<string, Promise<OpenText | undefined>>();
  private readonly changed = new Set<string>();

  constructor(
    private readonly source: Pick<FolderSource, 'text' | 'prose' | 'pathOf'>,
    private readonly signal: AbortSignal,
  ) {}

  /** The documents of which a place was asked for that they do not have any more, by their paths. */
  get outdated(): readonly string[] {
    return Array.from(this.changed, (document) => this.source.pathOf(document)).sort();
  }

  /**
   * Quotes a place of the index.
   *
   * @returns undefined if the document has changed since it was indexed, which {@link outdated} says.
   */
  async indexed(place: QuotedPlace): Promise<Quote | undefined> {
    const text = await this.open(place.document);
    if (text?.isIndexed === true) return this.quote(place, text);
    this.changed.add(place.document);
    return undefined;
  }

  /**
   * Quotes the sentence around a name, where the name stands now.
   *
   * @returns undefined if another text stands there, which {@link outdated} says.
   */
  async around({ document, entity, ...stated }: MentionPlace): Promise<Quote | undefined> {
    const text = await this.open(document);
    const name = text?.lines.text.slice(entity.start, entity.end);
    if (text && name === entity.text)
      return this.quote({ document, ...sentenceSpan(text.lines.text, entity), ...stated }, text);
    this.changed.add(document);
    return undefined;
  }

  /**
   * Quotes a sentence that was stored with its words, and may have moved since.
   *
   * @returns undefined if the document does not have it any more.
   */
  async find(place: QuotedPlace & { readonly sentence: string }): Promise<Quote | undefined> {
    const text = await this.open(place.document);
    if (!text) return undefined;
    const prose = () => this.source.prose(place.document, text, this.signal);
    const found = await findSentence({ text: text.text, prose }, place.sentence, place.start);
    return found && this.quote({ ...place, ...found }, text);
  }

  private quote(
    { document, start, end, sentence, publication, citation }: QuotedPlace,
    { lines }: OpenText,
  ): Quote | undefined {
    if (start < 0 || end <= start || end > lines.text.length) return undefined;
    const quote = lines.text.slice(start, end);
    const prose = sentence ?? quote.replace(/\s+/g, ' ').trim();
    return {
      document: this.source.pathOf(document),
      start,
      end,
      line: lines.positionAt(start).line + 1,
      quote,
      ...(prose !== quote && { sentence: prose }),
      ...(publication !== undefined && { paper: publication }),
      ...(citation !== undefined && { paperId: citation }),
    };
  }

  private open(document: string): Promise<OpenText | undefined> {
    const known = this.texts.get(document);
    if (known) return known;
    const opened = this.source
      .text(document, this.signal)
      .then((found) => found && { ...found, lines: new LineIndex(found.text) });
    this.texts.set(document, opened);
    return opened;
  }
}

interface OpenText extends FolderText {
  readonly lines: LineIndex;
}
