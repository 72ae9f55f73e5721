import * as vscode from 'vscode';
import type { AnnotatedDocument } from '../../core/exports/annotationExport';
import { wholeDocument } from '../../core/records/publicationPlaces';
import type { DocumentFormat, Entity } from '../../core/types';
import type { BioBertEngine, ModelInfo, RelationsResult } from '../../protocol/engine';
import { modelAnnotator } from '../../protocol/modelName';
import { isCuratedName } from '../workspace/curatedNames';
import { curatedRelations } from '../relations/curatedRelations';
import type { CurationStore } from '../workspace/curationStore';
import { fileOfDocument } from '../documents/paperUri';
import { describeError, type Logger } from '../log';
import { isMissingModel } from '../../protocol/missingModel';
import type { Settings } from '../settings';

export interface AnnotatingParts {
  readonly engine: BioBertEngine;
  readonly settings: Settings;
  readonly curation: CurationStore;
  readonly log: Logger;
}

/** A tagged document. */
export interface TaggedText {
  readonly uri: vscode.Uri;
  readonly text: string;
  readonly format: DocumentFormat;
  readonly entities: readonly Entity[];
  /** The model that found the entities. */
  readonly model: ModelInfo;
}

export interface AnnotatingOptions {
  readonly signal: AbortSignal;
  readonly priority: 'interactive' | 'background';
}

/**
 * Collects the annotations of a document for an export: entities of visible types and their relations, with the
 * decisions of the user applied. Each annotation names its annotator, a model or a person. If no relation model is
 * installed, only relations that the user added are exported.
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
  const visible = entities.filter(({ type }) => settings.isShown(type, uri));
  const request = { document: source, text, format, priority: options.priority };
  const { passages, publications } = await engine.passages(request, options);
  const modelRelations = await relationsOf({ ...request, entities: visible }, parts, options);
  const decisions = await curation.load();
  const models = {
    entities: modelAnnotator(model),
    relations: modelRelations && modelAnnotator(modelRelations.model),
  };
  return {
    name: vscode.workspace.asRelativePath(fileOfDocument(uri), false),
    source,
    text,
    format,
    segments: passages,
    publications: publications ?? wholeDocument(text),
    entities: visible.map((entity) => ({
      ...entity,
      annotator: isCuratedName(entity, decisions) ? 'person' : models.entities,
    })),
    relations: curatedRelations(source, text, modelRelations?.relations ?? [], decisions, models.relations),
    models,
  };
}

/** @returns undefined if no relation model is installed. */
async function relationsOf(
  request: Parameters<BioBertEngine['relations']>[0],
  { engine, log }: AnnotatingParts,
  { signal }: AnnotatingOptions,
): Promise<RelationsResult | undefined> {
  try {
    const result = await engine.relations(request, { signal });
    const { skippedPairs } = result;
    if (skippedPairs > 0)
      log.warn(`Export: ${skippedPairs} pairs of names in long sentences were not asked about.`);
    return result;
  } catch (error) {
    if (!isMissingModel(error)) throw error;
    log.info(`Export: goes without relations: ${describeError(error)}`);
    return undefined;
  }
}
