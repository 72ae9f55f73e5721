/**
 * Reads the manifest of an imported relation model: a sequence classifier that reads one pair of mentions at a time, as
 * published on the Hugging Face hub.
 */
import { basename } from 'node:path';
import { type PairwiseConfig, type RelationHead } from '../../core/relations/config';
import { guessRelationLabels, noRelation } from '../../core/relations/trainingGuess';
import { labelsOf } from '../../core/relations/outputs';
import { BioBertError, errorCodes } from '../../core/errors';
import {
  type Guard,
  isArrayOf,
  isCount,
  isOptional,
  isProbability,
  isRecord,
  isRecordOf,
  isString,
} from '../../protocol/guards';
import { type BertConfig, readLabelNames } from './modelFolder';
import type { ModelFiles } from './modelFiles';
import { type CommonManifest, invalidManifest, manifestFields } from './modelManifest';

/** Name of the only head of such a model, also used as the key of its calibration. */
export const pairwiseHead = 'relations';

const defaultThreshold = 0.5;
const maxPairs = 20;

const isName: Guard<string> = (value): value is string =>
  isString(value) && value.trim() !== '' && value.length <= 200;
const isTypePair: Guard<readonly [string, string]> = (value): value is readonly [string, string] =>
  isArrayOf(isName)(value) && value.length === 2;
const isNames = isRecordOf(isName);

interface PairwiseParts {
  readonly bert: BertConfig;
  readonly manifest: CommonManifest;
  readonly maxTokens: number;
}

/** @throws {BioBertError} MODEL_CONFIG_INVALID with the name of the field. */
export async function readPairwise(
  files: ModelFiles,
  json: Record<string, unknown>,
  { bert, manifest, maxTokens }: PairwiseParts,
): Promise<PairwiseConfig> {
  const field = manifestFields(json);
  const mentions = field('mentions', isOptional(isNames));
  if (!mentions || Object.keys(mentions).length === 0) throw missingMentions();
  const pairs = field('pairs', isOptional(isArrayOf(isTypePair))) ?? pairOf(Object.keys(mentions));
  if (pairs.length === 0 || pairs.length > maxPairs) throw missingMentions();
  const meanings = field('labels', isOptional(isNames)) ?? {};
  const names = readLabelNames(bert);
  const guess = guessRelationLabels(names, [manifest.name ?? '', basename(files.folder)]);
  const outputs = names.map((name, index) => {
    const meaning = Object.hasOwn(meanings, name) ? meanings[name] : guess[index];
    return meaning === noRelation ? undefined : meaning;
  });
  checkOutputs(outputs);
  const threshold = field('threshold', isOptional(isProbability)) ?? defaultThreshold;
  return {
    heads: [headOf(labelsOf(outputs), pairs, threshold, manifest)],
    mentions: new Map(Object.entries(mentions)),
    addedTokens: await readAddedTokens(files, bert),
    outputs,
    tokenTypes: manifest.tokenTypes ?? 'segments',
    maxTokens,
  };
}

function headOf(
  labels: readonly string[],
  pairs: RelationHead['pairs'],
  threshold: number,
  { calibration }: CommonManifest,
): RelationHead {
  const relations = pairs.flatMap(([subject, object]) =>
    labels.map((label) => ({ subject, object, label, type: label })),
  );
  return {
    name: pairwiseHead,
    scope: 'sentence',
    labels,
    pairs,
    relations,
    threshold,
    calibration: calibration[pairwiseHead],
  };
}

/** The pair of types that `mentions` has placeholders for. If it has only one type, both mentions are of that type. */
function pairOf(keys: readonly string[]): RelationHead['pairs'] {
  const types = keys.filter((key) => !['subject', 'object', 'first', 'second'].includes(key));
  const [subject, object = subject] = types;
  return subject !== undefined && object !== undefined && types.length <= 2 ? [[subject, object]] : [];
}

/**
 * Checks that the classifier can predict that a pair is unrelated; otherwise it would relate every pair. A model with a
 * single output can, because the output is a probability.
 */
function checkOutputs(outputs: readonly (string | undefined)[]): void {
  const relationCount = outputs.filter((output) => output !== undefined).length;
  if (relationCount > 0 && (outputs.length === 1 || relationCount < outputs.length)) return;
  throw invalidManifest(
    `One label in the field "labels" of biobert.json means "${noRelation}", and at least one other names a relation.`,
  );
}

/**
 * Reads the tokens that were added to the vocabulary in training, such as markers of mentions. Older folders have them
 * in `added_tokens.json`, newer ones in the field `added_tokens` of `tokenizer.json`. Ids beyond the embedding are left
 * out.
 */
async function readAddedTokens(
  files: ModelFiles,
  { vocabularySize }: BertConfig,
): Promise<Map<string, number>> {
  const older = await files.readJson('added_tokens.json');
  const newer = older ? undefined : (await files.readJson('tokenizer.json'))?.['added_tokens'];
  const entries: readonly (readonly [unknown, unknown])[] = older
    ? Object.entries(older)
    : (isArrayOf(isRecord)(newer) ? newer : []).map(({ content, id }) => [content, id]);
  const tokens = new Map<string, number>();
  for (const [token, id] of entries) {
    if (isName(token) && isCount(id) && id < vocabularySize) tokens.set(token, id);
  }
  return tokens;
}

function missingMentions(): BioBertError {
  return new BioBertError(
    errorCodes.MODEL_CONFIG_INVALID,
    'biobert.json does not say how this relation model was trained to read the two names of a pair.',
    'Choose the folder with "BioBERT: Select Model…", which asks for it, or add it to biobert.json, such as "mentions": {"Gene": "@GENE$", "Disease": "@DISEASE$"}.',
  );
}
