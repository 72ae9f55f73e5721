/** What is done with one document of the folder; without an editor, so that the bench does the same. */
import type { DocumentFormat, TextPassage } from '../../core/types';
import type { BioBertEngine } from '../../protocol/engine';
import { findingsMethod, putMethod } from '../../protocol/indexMessages';
import { foundRelations, lineCounter } from '../relations/foundRelation';
import { sentenceLines } from '../documents/sentenceLines';
import type { IndexClient } from './indexClient';

export interface IndexingParts {
  readonly client: Pick<IndexClient, 'request'>;
  readonly engine: Pick<BioBertEngine, 'passages' | 'relations' | 'forget'>;
  readonly signal: AbortSignal;
}

export interface IndexedText {
  /** `uri.toString()` */
  readonly document: string;
  readonly text: string;
  readonly format: DocumentFormat;
}

export interface Wanted {
  readonly relations: boolean;
  readonly vectors: boolean;
  /** Names the models. */
  readonly models: string;
}

/** Passages, so that questions find them by their words. @param stamp Changes when the file does. */
export async function indexPassages(
  { document, text, format }: IndexedText,
  stamp: string,
  { client, engine, signal }: IndexingParts,
): Promise<readonly TextPassage[]> {
  const request = { document, text, format, priority: 'background' as const };
  const { passages } = await engine.passages(request, { signal });
  engine.forget(document);
  const lineAt = lineCounter(text);
  const indexed = passages.map((passage) => ({ passage, sentenceLines: sentenceLines(passage, lineAt) }));
  await client.request(putMethod, { document, stamp, passages: indexed }, signal);
  return passages;
}

/** What models find: relations, and vectors by which passages are found by meaning. */
export async function indexFindings(
  { document, text, format }: IndexedText,
  { relations: withRelations, vectors: withVectors, models }: Wanted,
  { client, engine, signal }: IndexingParts,
): Promise<void> {
  const request = { document, text, format, priority: 'background' as const };
  const { relations: found, unasked = 0 } = withRelations
    ? await engine.relations(request, { signal })
    : { relations: [] };
  // A model that makes none gives none, and those of an earlier model go.
  const { embeddings = [] } = withVectors
    ? await engine.passages({ ...request, embed: true }, { signal })
    : {};
  engine.forget(document);
  const relations = foundRelations(text, found).map((each) => ({
    probability: each.relation.probability,
    payload: JSON.stringify(each),
  }));
  await client.request(findingsMethod, { document, models, relations, unasked, vectors: embeddings }, signal);
}
