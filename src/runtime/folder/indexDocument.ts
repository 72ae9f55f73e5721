/** Indexes one document of the folder. Independent of VS Code, so that the benchmark can use it too. */
import { throwIfCancelled } from '../../core/errors';
import type { DocumentFormat, PublicationPlace, Span } from '../../core/types';
import type {
  BioBertEngine,
  EngineMethods,
  ModelInfo,
  PassagesResult,
  TagRequest,
} from '../../protocol/engine';
import { findingsMethod, type PutDocument, type PutFindings, putMethod } from '../../protocol/indexMessages';
import { lineCounter } from '../../core/documents/lineCounter';
import { sentenceLines } from '../../core/documents/sentenceLines';
import { encodeRecord, type TaggedDocument } from './record';
import { locateRelations } from './locatedRelation';
import type { IndexClient } from '../index/indexClient';

export interface IndexParts {
  readonly client: Pick<IndexClient, 'request'>;
  readonly engine: Pick<BioBertEngine, 'passages' | 'relations' | 'embed' | 'forget'>;
  /** Tags a text without the decisions of the user, which are applied when marks are shown. */
  readonly tag: EngineMethods['tag'];
  readonly signal: AbortSignal;
}

export interface IndexedDocument {
  /** `uri.toString()` */
  readonly document: string;
  readonly text: string;
  readonly format: DocumentFormat;
}

export interface FindingsOptions {
  readonly hasRelationModel: boolean;
  /** Whether there is a question model that computes embeddings. */
  readonly hasQuestionModel: boolean;
  /** Default: there is no tagger, or its entities are not stored. */
  readonly tagging?: TaggingOptions | undefined;
  /** Hashes of the models, stored with the findings. */
  readonly models: string;
  /** Number of the first part to read; earlier ones are in the index. Default: 0. */
  readonly from?: number | undefined;
  /** Called when a part is in the index. */
  readonly onPart?: ((part: IndexedPart) => void) | undefined;
}

export interface TaggingOptions extends Pick<TagRequest, 'minProbability' | 'consistency' | 'link'> {
  /** As in `StoredMarks`. */
  readonly key: string;
}

/** The progress within a document. */
export interface IndexedPart {
  /** Number of records that have been read, with those of earlier runs. */
  readonly done: number;
  readonly total: number;
  /** Number of records that an earlier run has read. Default: 0. */
  readonly from?: number | undefined;
}

/** The entities of a document, and the model that found them. */
export interface FoundEntities extends TaggedDocument {
  readonly model: ModelInfo;
}

/**
 * Number of records that the models read before results are stored and shown: half a minute of work. A stopped run loses
 * no more than these.
 */
const recordsPerPart = 10;

/**
 * Indexes the passages of a document, so that questions can find them by their words.
 *
 * @param state Tells at the next run whether the document has changed.
 */
export async function indexPassages(
  { document, text, format }: IndexedDocument,
  state: Pick<PutDocument, 'stamp' | 'content'>,
  { client, engine, signal }: Omit<IndexParts, 'tag'>,
): Promise<PassagesResult> {
  const request = { document, text, format, priority: 'background' as const };
  const result = await engine.passages(request, { signal });
  engine.forget(document);
  const lineAt = lineCounter(text);
  const indexed = result.passages.map((passage) => ({
    passage,
    sentenceLines: sentenceLines(passage, lineAt),
  }));
  await client.request(putMethod, { document, ...state, passages: indexed }, signal);
  return result;
}

/**
 * Indexes the results of the models: entities, the relations between them, and embeddings by which passages are found by
 * meaning. A file of many records is read and stored in parts.
 */
export async function indexFindings(
  document: IndexedDocument,
  options: FindingsOptions,
  parts: IndexParts,
): Promise<void> {
  const { client, engine, signal } = parts;
  const { from = 0, models, onPart } = options;
  const request = { ...document, priority: 'background' as const };
  const { passages, publications = [] } = await engine.passages(request, { signal });
  const divided = dividedText(document.text, publications);
  const total = Math.max(1, publications.length);
  const known = Math.min(total, from * recordsPerPart);
  const reader = new PartReader(document, { passages, publications }, options, parts);
  for (const [number, span] of divided.entries()) {
    if (number < from) continue;
    throwIfCancelled(signal);
    const isWhole = divided.length === 1;
    const found = await reader.read(span, isWhole ? undefined : insideOf(span));
    const part = { ...span, number, isLast: number === divided.length - 1 };
    await client.request(findingsMethod, { document: document.document, models, part, ...found }, signal);
    onPart?.({ done: Math.min(total, (number + 1) * recordsPerPart), total, from: known });
  }
  engine.forget(document.document);
}

/** The spans of the parts. Together they cover the text, with its end. */
function dividedText(text: string, publications: readonly PublicationPlace[]): readonly Span[] {
  const starts = publications
    .filter((_, index) => index > 0 && index % recordsPerPart === 0)
    .map(({ start }) => start);
  const ends = [...starts, text.length + 1];
  return [0, ...starts].map((start, index) => ({ start, end: ends[index] ?? start }));
}

/** The range to request for a part. Segments that only touch its borders belong to the parts beside it. */
function insideOf({ start, end }: Span): Span {
  return { start: start + 1, end: Math.max(start + 1, end - 1) };
}

type PartFindings = Pick<PutFindings, 'marks' | 'relations' | 'skippedPairs' | 'vectors'>;

/** Runs the models on the parts of a document, from the first to the last. */
class PartReader {
  /** Counts on from part to part, so that all parts cost one pass over the text. */
  private readonly lineAt: (offset: number) => number;

  constructor(
    private readonly document: IndexedDocument,
    private readonly content: Pick<PassagesResult, 'passages' | 'publications'>,
    private readonly options: FindingsOptions,
    private readonly parts: IndexParts,
  ) {
    this.lineAt = lineCounter(document.text);
  }

  /** @param range The range to request. Default: the whole document. */
  async read(part: Span, range: Span | undefined): Promise<PartFindings> {
    const { engine, signal } = this.parts;
    const { document } = this;
    const request = { ...document, ...(range && { range }), priority: 'background' as const };
    const tagged = await this.tag(request);
    const { relations, skippedPairs = 0 } = this.options.hasRelationModel
      ? await engine.relations({ ...request, ...(tagged && { entities: tagged.entities }) }, { signal })
      : { relations: [] };
    const stored = locateRelations(document.text, relations, this.lineAt).map((each) => ({
      probability: each.relation.probability,
      payload: JSON.stringify(each),
      publication: each.relation.publication,
      citation: each.relation.citation,
    }));
    const vectors = await this.embed(part);
    return { marks: tagged && this.marks(tagged, part), relations: stored, skippedPairs, vectors };
  }

  private async tag(request: TagRequest): Promise<FoundEntities | undefined> {
    const { tagging } = this.options;
    if (!tagging) return undefined;
    const { minProbability, consistency, link } = tagging;
    const how = {
      ...(minProbability !== undefined && { minProbability }),
      ...(consistency !== undefined && { consistency }),
      ...(link !== undefined && { link }),
    };
    return this.parts.tag({ ...request, ...how }, { signal: this.parts.signal });
  }

  /** If the model computes no embeddings, the empty list removes those of an earlier model. */
  private async embed(part: Span): Promise<readonly Float32Array[]> {
    const { engine, signal } = this.parts;
    const texts = this.content.passages
      .filter(({ start }) => start >= part.start && start < part.end)
      .map(({ text }) => text);
    if (!this.options.hasQuestionModel || texts.length === 0) return [];
    return engine.embed({ texts, priority: 'background' }, { signal });
  }

  private marks({ model, ...found }: FoundEntities, part: Span): PutFindings['marks'] {
    const { publications = [] } = this.content;
    const own = publications.filter(({ start }) => start >= part.start && start < part.end);
    return {
      tagging: this.options.tagging?.key ?? '',
      model: JSON.stringify(model),
      record: encodeRecord({ ...found, publications: own }, this.document.text),
    };
  }
}
