/** Indexes one document of the folder. Independent of VS Code, so that the benchmark can use it too. */
import { throwIfCancelled } from '../../core/errors';
import { recordParts } from '../../core/records/recordParts';
import { shiftedAbbreviations, shiftedEntities, shiftedRelations } from '../../core/records/shifted';
import type { DocumentFormat, PublicationPlace, Span } from '../../core/types';
import type {
  BioBertEngine,
  EngineMethods,
  ModelInfo,
  PassagesResult,
  TagRequest,
} from '../../protocol/engine';
import { findingsMethod, type PutDocument, type PutFindings, putMethod } from '../../protocol/indexMessages';
import { lineCounter } from '../documents/lineCounter';
import { sentenceLines } from '../documents/sentenceLines';
import { encodeRecord, type TaggedDocument } from '../entities/record';
import { locateRelations } from '../relations/locatedRelation';
import type { IndexClient } from './indexClient';

export interface IndexParts {
  readonly client: Pick<IndexClient, 'request'>;
  readonly engine: Pick<BioBertEngine, 'passages' | 'relations' | 'forget'>;
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
  const { text, format } = document;
  const { from = 0, models, onPart } = options;
  const divided = [...recordParts(text, format, recordsPerPart)];
  const total = divided.reduce((sum, { records }) => sum + records, 0);
  const reader = new PartReader(document, options, parts);
  const known = divided.slice(0, from).reduce((sum, { records }) => sum + records, 0);
  let done = 0;
  let start = 0;
  for (const [part, { text: source, shift, records }] of divided.entries()) {
    const end = part === divided.length - 1 ? text.length + 1 : shift + source.length;
    done += records;
    if (part >= from) {
      throwIfCancelled(signal);
      const found = await reader.read({ text: source, shift, start, end });
      const place = { number: part, isLast: part === divided.length - 1, start, end };
      const findings = { document: document.document, models, part: place, ...found };
      await client.request(findingsMethod, findings, signal);
      onPart?.({ done, total, from: known });
    }
    start = end;
  }
  engine.forget(document.document);
}

/** A part of a document with its place. It may begin with text that its records need, which is before `start`. */
interface Part extends Span {
  readonly text: string;
  readonly shift: number;
}

type PartFindings = Pick<PutFindings, 'marks' | 'relations' | 'skippedPairs' | 'vectors'>;

/** Runs the models on the parts of a document, from the first to the last. */
class PartReader {
  /** Counts on from part to part, so that all parts cost one pass over the text. */
  private readonly lineAt: (offset: number) => number;

  constructor(
    private readonly document: IndexedDocument,
    private readonly options: FindingsOptions,
    private readonly parts: IndexParts,
  ) {
    this.lineAt = lineCounter(document.text);
  }

  async read(part: Part): Promise<PartFindings> {
    const { hasRelationModel, hasQuestionModel } = this.options;
    const { engine, signal } = this.parts;
    const { document, text: whole, format } = this.document;
    const { text, shift } = part;
    const request = { document, text, format, priority: 'background' as const };
    const tagged = await this.tag(request);
    const { relations, skippedPairs = 0 } = hasRelationModel
      ? await engine.relations({ ...request, ...(tagged && { entities: tagged.entities }) }, { signal })
      : { relations: [] };
    // If the model computes no embeddings, the empty list removes those of an earlier model.
    const { embeddings = [], publications = [] } = await engine.passages(
      { ...request, embed: hasQuestionModel },
      { signal },
    );
    const marks = tagged && this.marks(tagged, publications, part);
    const located = locateRelations(whole, shiftedRelations(relations, shift), this.lineAt);
    const stored = located.map((each) => ({
      probability: each.relation.probability,
      payload: JSON.stringify(each),
      publication: each.relation.publication,
      citation: each.relation.citation,
    }));
    return { marks, relations: stored, skippedPairs, vectors: embeddings };
  }

  private async tag(
    request: IndexedDocument & { readonly priority: 'background' },
  ): Promise<FoundEntities | undefined> {
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

  private marks(
    { entities, abbreviations, terminology, model }: FoundEntities,
    publications: readonly PublicationPlace[],
    { shift, start, end }: Part,
  ): PutFindings['marks'] {
    const placed = publications.map((each) => ({
      ...each,
      start: Math.max(start, each.start + shift),
      end: Math.min(end, each.end + shift),
    }));
    const found = {
      entities: shiftedEntities(entities, shift),
      abbreviations: shiftedAbbreviations(abbreviations, shift),
      terminology,
      publications: placed,
    };
    return {
      tagging: this.options.tagging?.key ?? '',
      model: JSON.stringify(model),
      record: encodeRecord(found, this.document.text),
    };
  }
}
