/** The entry of the npm package: `import { openEngine } from 'biobert'`. */
import * as path from 'node:path';
import { LibraryEngine } from './library/libraryEngine';
import { createOpened } from './library/opening';
import type { Engine, OpenOptions } from './library/types';
import { packageFolder } from './runtime/packageFolder';
import { PaperReader } from './runtime/papers/paperReader';

export { BioBertError, CancelledError, type ErrorCode, errorCodes } from './core/errors';
export type {
  AnswerPlace,
  PlacedAnswer,
  PlacedSentence,
  PlacedVerdict,
} from './core/questions/placedAnswers';
export type {
  Concept,
  ConceptLink,
  Cue,
  DocumentFormat,
  Entity,
  EvidenceMark,
  LinkMethod,
  QuestionKind,
  Relation,
  Span,
  Stance,
  UserTerm,
} from './core/types';
export type {
  AskOptions,
  AskResult,
  CallOptions,
  DocumentResult,
  Engine,
  EntityOptions,
  FolderOptions,
  ModelVersion,
  OpenOptions,
  ReadOptions,
  RelationOptions,
  RelationsResult,
  TaggedEntity,
  TagOptions,
  TagResult,
  TextDocument,
  TextInput,
  UnreadShare,
} from './library/types';

/**
 * Opens an engine. It starts nothing: the first call starts its process and loads the model that it needs, in about a second.
 * Close it after the last call.
 * @throws {BioBertError} ARGUMENT_INVALID, SERVER_NOT_ALLOWED
 * @example
 * const engine = openEngine();
 * const { entities } = await engine.tag('Tamoxifen lowers the risk of breast cancer.');
 * for (const { start, text, type } of entities) console.log(start, type, text);
 * await engine.close();
 */
export function openEngine(options: OpenOptions = {}): Engine {
  return new LibraryEngine({
    engine: createOpened(options),
    papers: new PaperReader({ workerPath: path.join(packageFolder, 'dist', 'paperWorker.js') }),
    isShippedTagger: options.models?.tagger === undefined,
  });
}
