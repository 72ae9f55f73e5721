import * as vscode from 'vscode';
import type { AnnotatedDocument } from '../../core/formats/annotationExport';
import type { DocumentFormat, Entity, Relation } from '../../core/types';
import type { BioBertEngine } from '../../protocol/engine';
import { curatedRelations } from '../curation/curatedRelations';
import type { CurationStore } from '../curation/curationStore';
import { describeError, type Logger } from '../log';
import { isMissingModel } from '../missingModel';
import type { Settings } from '../settings';

export interface AnnotatingParts {
  readonly engine: BioBertEngine;
  readonly settings: Settings;
  readonly curation: CurationStore;
  readonly log: Logger;
}

/** A document whose entities are known. */
export interface TaggedText {
  readonly uri: vscode.Uri;
  readonly text: string;
  readonly format: DocumentFormat;
  readonly entities: readonly Entity[];
}

export interface AnnotatingOptions {
  readonly signal: AbortSignal;
  readonly priority: 'interactive' | 'background';
}

/**
 * All that an export says of a document: entities of the types that are shown, and how they are related, as the reader
 * has corrected both. Without a model of relations, those that the reader added.
 *
 * @throws {CancelledError} after the signal aborts.
 */
export async function annotatedDocument(
  { uri, text, format, entities }: TaggedText,
  parts: AnnotatingParts,
  options: AnnotatingOptions,
): Promise<AnnotatedDocument> {
  const { engine, settings, curation } = parts;
  const source = uri.toString();
  const shown = entities.filter(({ type }) => settings.isShown(type, uri));
  const request = { document: source, text, format, priority: options.priority };
  const { passages } = await engine.passages(request, options);
  const found = await relationsOf({ ...request, entities: shown }, parts, options);
  const relations = curatedRelations(source, text, found, await curation.current());
  const name = vscode.workspace.asRelativePath(uri, false);
  return { name, source, text, format, segments: passages, entities: shown, relations };
}

async function relationsOf(
  request: Parameters<BioBertEngine['relations']>[0],
  { engine, log }: AnnotatingParts,
  { signal }: AnnotatingOptions,
): Promise<readonly Relation[]> {
  try {
    const { relations, unasked = 0 } = await engine.relations(request, { signal });
    if (unasked > 0) log.warn(`Export: ${unasked} pairs of names in long sentences were not asked about.`);
    return relations;
  } catch (error) {
    if (!isMissingModel(error)) throw error;
    log.info(`Export: goes without relations: ${describeError(error)}`);
    return [];
  }
}
