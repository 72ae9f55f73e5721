import type { StatedPublication } from '../../core/records/publicationKeys';
import { findWords } from '../../core/text/whiteSpace';
import type { Span } from '../../core/types';
import { LineIndex } from '../folder/lineIndex';
import type { FolderSource } from './folderSource';

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

/** Quotes sentences from the documents of a folder. A document is read once; a quoter lives as long as a call. */
export class Quoter {
  private readonly texts = new Map<string, Promise<LineIndex | undefined>>();

  constructor(
    private readonly source: Pick<FolderSource, 'text' | 'pathOf'>,
    private readonly signal: AbortSignal,
  ) {}

  /** The text of a document. Undefined if it cannot be read. */
  async textOf(document: string): Promise<string | undefined> {
    return (await this.indexOf(document))?.text;
  }

  /** @returns undefined if the document cannot be read any more, or is too short for the place. */
  async quote({
    document,
    start,
    end,
    sentence,
    publication,
    citation,
  }: QuotedPlace): Promise<Quote | undefined> {
    const index = await this.indexOf(document);
    if (!index || start < 0 || end <= start || end > index.text.length) return undefined;
    const quote = index.text.slice(start, end);
    const prose = sentence ?? quote.replace(/\s+/g, ' ').trim();
    return {
      document: this.source.pathOf(document),
      start,
      end,
      line: index.positionAt(start).line + 1,
      quote,
      ...(prose !== quote && { sentence: prose }),
      ...(publication !== undefined && { paper: publication }),
      ...(citation !== undefined && { paperId: citation }),
    };
  }

  /**
   * Quotes a sentence that was stored with its words, and may have moved since.
   *
   * @returns undefined if the document does not have it any more.
   */
  async find(place: QuotedPlace & { readonly sentence: string }): Promise<Quote | undefined> {
    const text = await this.textOf(place.document);
    if (text === undefined) return undefined;
    const [nearest] = findWords(text, place.sentence).toSorted(
      (a, b) => Math.abs(a.start - place.start) - Math.abs(b.start - place.start),
    );
    return nearest && this.quote({ ...place, ...nearest });
  }

  private indexOf(document: string): Promise<LineIndex | undefined> {
    const known = this.texts.get(document);
    if (known) return known;
    const read = this.source
      .text(document, this.signal)
      .then((text) => (text === undefined ? undefined : new LineIndex(text)));
    this.texts.set(document, read);
    return read;
  }
}
