import * as vscode from 'vscode';
import type { AnnotatedDocument } from '../../core/formats/annotationExport';
import type { DocumentFormat, Entity } from '../../core/types';
import type { BioBertEngine, ModelInfo, RelationsResult } from '../../protocol/engine';
import { modelAnnotator } from '../../protocol/modelName';
import { isCuratedName } from '../workspace/curatedNames';
import { curatedRelations } from '../relations/curatedRelations';
import type { CurationStore } from '../workspace/curationStore';
import { describeError, type Logger } from '../log';
import { isMissingModel } from '../engine/missingModel';
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
  /** That found them. */
  readonly model: ModelInfo;
}

export interface AnnotatingOptions {
  readonly signal: AbortSignal;
  readonly priority: 'interactive' | 'background';
}

/**
 * All that an export says of a document: entities of the types that are shown, and how they are related, as the reader
 * has corrected both, each with who says so. Without a model of relations, those that the reader added.
 *
 * @throws {CancelledError} after the signal aborts.
 */
export async function annotatedDocument(
  { uri, text, format, entities, model }: TaggedText,
  parts: AnnotatingParts,
  options: AnnotatingOptions,
): Promise<AnnotatedDocument> {
  const { engine, settings, curation } = parts;
  const source = uri.toString();
  const shown = entities.filter(({ type }) => settings.isShown(type, uri));
  const request = { document: source, text, format, priority: options.priority };
  const { passages } = await engine.passages(request, options);
  const found = await relationsOf({ ...request, entities: shown }, parts, options);
  const decisions = await curation.current();
  const models = { entities: modelAnnotator(model), relations: found && modelAnnotator(found.model) };
  return {
    name: vscode.workspace.asRelativePath(uri, false),
    source,
    text,
    format,
    segments: passages,
    entities: shown.map((entity) => ({
      ...entity,
      annotator: isCuratedName(entity, decisions) ? 'person' : models.entities,
    })),
    relations: curatedRelations(source, text, found?.relations ?? [], decisions, models.relations),
    models,
  };
}

/** @returns undefined where there is no model of relations. */
async function relationsOf(
  request: Parameters<BioBertEngine['relations']>[0],
  { engine, log }: AnnotatingParts,
  { signal }: AnnotatingOptions,
): Promise<RelationsResult | undefined> {
  try {
    const result = await engine.relations(request, { signal });
    const { unasked } = result;
    if (unasked > 0) log.warn(`Export: ${unasked} pairs of names in long sentences were not asked about.`);
    return result;
  } catch (error) {
    if (!isMissingModel(error)) throw error;
    log.info(`Export: goes without relations: ${describeError(error)}`);
    return undefined;
  }
}
