/** What the folders of all tasks have in common, in the Hugging Face layout. */
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { BioBertError, errorCodes } from '../../core/errors';
import { tokenizerOptions, type TokenizerOptions } from '../../core/tokens/encode';
import {
  isCasedVocabulary,
  type Vocabulary,
  vocabularyFromText,
  vocabularyFromTokenizerJson,
} from '../../core/tokens/vocabulary';
import type { ModelInfo } from '../../protocol/engine';
import { type Guard, isArrayOf, isCount, isRecord, isString } from '../../protocol/guards';
import { type ModelTask, taskTable } from '../../protocol/tasks';
import type { ModelFiles } from './modelFiles';
import { type CommonManifest, taskMismatch } from './modelManifest';
import { checkWeightFiles } from './weightFiles';

/** What a checked folder holds for any task: all that is known without running the model. */
export interface CheckedFolder {
  readonly onnxPath: string;
  readonly vocabulary: Vocabulary;
  readonly tokenizer: TokenizerOptions;
  /** `config.json`, checked as far as every task needs it. */
  readonly bert: BertConfig;
  /** Longest row, special tokens included. */
  readonly maxTokens: number;
  readonly info: Omit<ModelInfo, 'runtime' | 'types'>;
}

/** What we read of `config.json`. */
export interface BertConfig {
  readonly json: Readonly<Record<string, unknown>>;
  readonly vocabularySize: number;
  readonly maxPositions: number;
}

/** Where exporters put the graph; Optimum in a folder of its own, beside the weights for PyTorch. */
const onnxFiles = [
  'model.onnx',
  'onnx/model.onnx',
  'model_quantized.onnx',
  'onnx/model_quantized.onnx',
] as const;
export const manifestFile = 'biobert.json';
const maxLabels = 1000;
const maxLabelLength = 100;

/** Exporters round the embedding up to a multiple of as much; rows beyond the vocabulary do no harm. */
const maxSpareRows = 127;

/**
 * Reads what the folders of all tasks have, against what their manifest promises.
 * @throws {BioBertError} MODEL_* naming the file and the mend.
 */
export async function checkFolder(files: ModelFiles, manifest: CommonManifest): Promise<CheckedFolder> {
  await files.check(manifest.files);
  const onnxFile = await findGraph(files);
  const weightFiles = await checkWeightFiles(files, onnxFile);
  const configJson = await files.readJson('config.json');
  if (!configJson) throw files.missing('config.json');
  const bert = readConfig(configJson);
  const { vocabulary, tokenizer } = await readVocabulary(files);
  checkVocabulary(vocabulary, bert);
  return {
    onnxPath: files.pathOf(onnxFile),
    vocabulary,
    tokenizer,
    bert,
    maxTokens: maxTokensOf(manifest, bert),
    info: {
      name: manifest.name ?? basename(files.folder),
      version: manifest.version ?? '',
      task: files.task,
      measured: manifest.measured,
      license: manifest.license ?? '',
      hash: manifest.files.get(onnxFile)?.sha256 ?? (await hashOfGraph(files, onnxFile, weightFiles)),
    },
  };
}

async function findGraph(files: ModelFiles): Promise<string> {
  for (const name of onnxFiles) if (await files.has(name)) return name;
  throw files.missing(onnxFiles[0]);
}

/** Of `model.onnx`; where that keeps its weights in other files, of their hashes and its own. */
async function hashOfGraph(
  files: ModelFiles,
  onnxFile: string,
  weightFiles: readonly string[],
): Promise<string> {
  const own = await files.hashOf(onnxFile);
  if (weightFiles.length === 0) return own;
  const hash = createHash('sha256').update(own);
  for (const name of weightFiles) hash.update(await files.hashOf(name));
  return hash.digest('hex');
}

function maxTokensOf({ maxTokens }: CommonManifest, bert: BertConfig): number {
  if (maxTokens !== undefined && maxTokens > bert.maxPositions) {
    throw invalidConfig(`maxTokens of biobert.json is over the ${bert.maxPositions} positions of the model`);
  }
  return maxTokens ?? Math.min(512, bert.maxPositions);
}

function readConfig(json: Record<string, unknown>): BertConfig {
  return {
    json,
    vocabularySize: configField(json, 'vocab_size', isCount),
    maxPositions: configField(json, 'max_position_embeddings', isPositions),
  };
}

function configField<T>(json: Readonly<Record<string, unknown>>, name: string, guard: Guard<T>): T {
  const value = Object.hasOwn(json, name) ? json[name] : undefined;
  if (!guard(value)) throw invalidConfig(`its field "${name}" is missing or wrong`);
  return value;
}

/** @throws {BioBertError} MODEL_TASK_MISMATCH where `config.json` names the architecture of another task. */
export function checkArchitecture({ json }: BertConfig, task: ModelTask): void {
  const architectures = Object.hasOwn(json, 'architectures') ? json['architectures'] : undefined;
  if (
    isArrayOf(isString)(architectures) &&
    !architectures.some((name) => name.endsWith(taskTable[task].architecture))
  ) {
    throw taskMismatch(task, 'the architecture in config.json is another.');
  }
}

/** `{"0": "O", "1": "B-Gene" …}` → the names by index. */
export function readLabelNames(bert: BertConfig): string[] {
  const json = configField(bert.json, 'id2label', isRecord);
  const count = Object.keys(json).length;
  if (count > maxLabels) throw invalidConfig(`its field "id2label" names more than ${maxLabels} labels`);
  return Array.from({ length: count }, (_, index) => {
    const name = Object.hasOwn(json, index) ? json[String(index)] : undefined;
    if (isString(name) && name.length <= maxLabelLength) return name;
    throw invalidConfig('its field "id2label" does not number its labels from 0');
  });
}

async function readVocabulary(files: ModelFiles): Promise<Pick<CheckedFolder, 'vocabulary' | 'tokenizer'>> {
  const tokenizerConfig = await files.readJson('tokenizer_config.json');
  if (await files.has('vocab.txt')) {
    const vocabulary = vocabularyFromText(await files.readText('vocab.txt'));
    const tokenizerJson = tokenizerConfig ? undefined : await files.readJson('tokenizer.json');
    const isSilent = !tokenizerConfig && !tokenizerJson;
    // Repositories of 2019 and 2020 say nothing of the case, BioBERT's own among them.
    const guessed = isSilent ? { do_lower_case: !isCasedVocabulary(vocabulary) } : tokenizerConfig;
    return { vocabulary, tokenizer: tokenizerOptions({ tokenizerConfig: guessed, tokenizerJson }) };
  }
  const tokenizerJson = await files.readJson('tokenizer.json');
  if (!tokenizerJson) throw files.missing('vocab.txt');
  return {
    vocabulary: vocabularyFromTokenizerJson(tokenizerJson),
    tokenizer: tokenizerOptions({ tokenizerConfig, tokenizerJson }),
  };
}

/** The embedding itself is held against the vocabulary by a run, see runtime/engine/bert.ts. */
function checkVocabulary(vocabulary: Vocabulary, bert: BertConfig): void {
  const spare = bert.vocabularySize - vocabulary.size;
  if (spare >= 0 && spare <= maxSpareRows) return;
  throw vocabularyMismatch(
    `The vocabulary has ${vocabulary.size} word pieces where config.json says ${bert.vocabularySize}.`,
  );
}

export function vocabularyMismatch(message: string, cause?: unknown): BioBertError {
  const nextStep = 'Put the vocab.txt that the model was trained with beside model.onnx.';
  return new BioBertError(errorCodes.MODEL_VOCABULARY_MISMATCH, message, nextStep, { cause });
}

function isPositions(value: unknown): value is number {
  return isCount(value) && value >= 8;
}

function invalidConfig(what: string): BioBertError {
  const message = `The model's config.json cannot be used: ${what}.`;
  const nextStep = 'Copy the config.json that was exported with model.onnx beside it again.';
  return new BioBertError(errorCodes.MODEL_CONFIG_INVALID, message, nextStep);
}
