/** Indexes one document of the folder. Independent of VS Code, so that the benchmark can use it too. */
import type { DocumentFormat } from '../../core/types';
import type { BioBertEngine, PassagesResult } from '../../protocol/engine';
import { findingsMethod, type PutDocument, putMethod } from '../../protocol/indexMessages';
import { lineCounter } from '../documents/lineCounter';
import { locateRelations } from '../relations/locatedRelation';
import { sentenceLines } from '../documents/sentenceLines';
import type { IndexClient } from './indexClient';

export interface IndexParts {
  readonly client: Pick<IndexClient, 'request'>;
  readonly engine: Pick<BioBertEngine, 'passages' | 'relations' | 'forget'>;
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
  /** Hashes of the models, stored with the findings. */
  readonly models: string;
}

/**
 * Indexes the passages of a document, so that questions can find them by their words.
 *
 * @param state Tells at the next run whether the document has changed.
 */
export async function indexPassages(
  { document, text, format }: IndexedDocument,
  state: Pick<PutDocument, 'stamp' | 'content'>,
  { client, engine, signal }: IndexParts,
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

/** Indexes the results of the models: relations, and embeddings by which passages are found by meaning. */
export async function indexFindings(
  { document, text, format }: IndexedDocument,
  { hasRelationModel, hasQuestionModel, models }: FindingsOptions,
  { client, engine, signal }: IndexParts,
): Promise<void> {
  const request = { document, text, format, priority: 'background' as const };
  const { relations, skippedPairs = 0 } = hasRelationModel
    ? await engine.relations(request, { signal })
    : { relations: [] };
  // If the model computes no embeddings, the empty list removes those of an earlier model.
  const { embeddings = [] } = hasQuestionModel
    ? await engine.passages({ ...request, embed: true }, { signal })
    : {};
  engine.forget(document);
  const payloads = locateRelations(text, relations).map((each) => ({
    probability: each.relation.probability,
    payload: JSON.stringify(each),
    publication: each.relation.publication,
    citation: each.relation.citation,
  }));
  const findings = { document, models, relations: payloads, skippedPairs, vectors: embeddings };
  await client.request(findingsMethod, findings, signal);
}
