/** Reads the parts of a model folder that all tasks have in common, in the layout of Hugging Face. */
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { classSuffixes } from '../../core/checkpointHead';
import { BioBertError, errorCodes } from '../../core/errors';
import { tokenizerOptions, type TokenizerOptions } from '../../core/tokens/encode';
import {
  isCasedVocabulary,
  type Vocabulary,
  vocabularyFromText,
  vocabularyFromTokenizerJson,
  vocabularyMismatch,
} from '../../core/tokens/vocabulary';
import { ownValue } from '../../core/ownValue';
import type { ModelInfo } from '../../protocol/engine';
import { type Guard, isArrayOf, isCount, isRecord, isString } from '../../protocol/guards';
import { type ModelTask, taskTable } from '../../protocol/tasks';
import type { ModelFiles } from './modelFiles';
import { type CommonManifest, taskMismatch } from './modelManifest';
import { checkWeightFiles } from './weightFiles';

/** The content of a checked folder for any task: everything that is known without running the model. */
export interface CheckedFolder {
  readonly onnxPath: string;
  readonly vocabulary: Vocabulary;
  readonly tokenizer: TokenizerOptions;
  /** `config.json`, checked as far as every task needs it. */
  readonly bert: BertConfig;
  /** Maximum number of tokens in one row, including special tokens. */
  readonly maxTokens: number;
  readonly info: Omit<ModelInfo, 'runtime' | 'types'>;
}

/** The fields of `config.json` that are used, with the whole object. */
export interface BertConfig {
  readonly json: Readonly<Record<string, unknown>>;
  readonly vocabularySize: number;
  readonly maxPositions: number;
}

/** Paths at which exporters store the graph. Optimum uses the folder `onnx`, beside the PyTorch weights. */
const onnxFiles = [
  'model.onnx',
  'onnx/model.onnx',
  'model_quantized.onnx',
  'onnx/model_quantized.onnx',
] as const;
export const manifestFile = 'biobert.json';
const maxLabels = 1000;
const maxLabelLength = 100;

/**
 * Some exporters round the number of embedding rows up to a multiple of 128. Rows beyond the vocabulary are harmless.
 */
const maxSpareRows = 127;

/**
 * Reads the parts of a folder that all tasks have, and checks the files against the manifest.
 * @throws {BioBertError} MODEL_*, with the file and a way to repair it.
 */
export async function checkFolder(files: ModelFiles, manifest: CommonManifest): Promise<CheckedFolder> {
  await files.check(manifest.files);
  const onnxFile = await findGraph(files);
  const weightFiles = await checkWeightFiles(files, onnxFile);
  const configJson = await files.readJson('config.json');
  if (!configJson) throw files.missing('config.json');
  const bert = readConfig(configJson);
  const { vocabulary, tokenizer } = await readVocabulary(files, bert);
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
      configHash: await hashOfConfig(files, manifest),
    },
  };
}

async function findGraph(files: ModelFiles): Promise<string> {
  for (const name of onnxFiles) if (await files.has(name)) return name;
  throw files.missing(onnxFiles[0]);
}

/** The hash of the graph. If the weights are in separate files, it is the hash of all hashes, the graph's first. */
async function hashOfGraph(
  files: ModelFiles,
  onnxFile: string,
  weightFiles: readonly string[],
): Promise<string> {
  const graphHash = await files.hashOf(onnxFile);
  if (weightFiles.length === 0) return graphHash;
  const hash = createHash('sha256').update(graphHash);
  for (const name of weightFiles) hash.update(await files.hashOf(name));
  return hash.digest('hex');
}

/** The graph of the embeddings of a question model that has one. */
export const embeddingFile = 'embedding/model.onnx';

/**
 * Files beside the graph that change its results: labels, calibration, vocabulary, and the graph of embeddings, which an
 * index keeps.
 */
const configFiles = [
  manifestFile,
  'config.json',
  'vocab.txt',
  'tokenizer.json',
  'tokenizer_config.json',
  embeddingFile,
];

async function hashOfConfig(files: ModelFiles, manifest: CommonManifest): Promise<string> {
  const hash = createHash('sha256');
  for (const name of configFiles) {
    if (!(await files.has(name))) continue;
    // The files of the manifest have been compared with their hashes.
    hash.update(`${name} ${manifest.files.get(name)?.sha256 ?? (await files.hashOf(name))}\n`);
  }
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
  const value = ownValue(json, name);
  if (!guard(value)) throw invalidConfig(`its field "${name}" is missing or wrong`);
  return value;
}

/** @throws {BioBertError} MODEL_TASK_MISMATCH if `config.json` names the architecture of another task. */
export function checkArchitecture({ json }: BertConfig, task: ModelTask): void {
  const architectures = ownValue(json, 'architectures');
  if (
    isArrayOf(isString)(architectures) &&
    !architectures.some((name) => name.endsWith(classSuffixes[taskTable[task].head]))
  ) {
    throw taskMismatch(task, 'the architecture in config.json is another.');
  }
}

/** The label names by index, from `id2label`, for example `{"0": "O", "1": "B-Gene" …}`. */
export function readLabelNames(bert: BertConfig): string[] {
  const json = configField(bert.json, 'id2label', isRecord);
  const count = Object.keys(json).length;
  if (count > maxLabels) throw invalidConfig(`its field "id2label" names more than ${maxLabels} labels`);
  return Array.from({ length: count }, (_, index) => {
    const name = ownValue(json, String(index));
    if (isString(name) && name.length <= maxLabelLength) return name;
    throw invalidConfig('its field "id2label" does not number its labels from 0');
  });
}

async function readVocabulary(
  files: ModelFiles,
  { vocabularySize }: BertConfig,
): Promise<Pick<CheckedFolder, 'vocabulary' | 'tokenizer'>> {
  const tokenizerConfig = await files.readJson('tokenizer_config.json');
  if (await files.has('vocab.txt')) {
    const vocabulary = vocabularyFromText(await files.readText('vocab.txt'), vocabularySize);
    const tokenizerJson = tokenizerConfig ? undefined : await files.readJson('tokenizer.json');
    const isCaseUnknown = !tokenizerConfig && !tokenizerJson;
    // Repositories from 2019 and 2020, including the one of BioBERT, do not say whether the vocabulary is cased.
    const guessed = isCaseUnknown ? { do_lower_case: !isCasedVocabulary(vocabulary) } : tokenizerConfig;
    return { vocabulary, tokenizer: tokenizerOptions({ tokenizerConfig: guessed, tokenizerJson }) };
  }
  const tokenizerJson = await files.readJson('tokenizer.json');
  if (!tokenizerJson) throw files.missing('vocab.txt');
  return {
    vocabulary: vocabularyFromTokenizerJson(tokenizerJson, vocabularySize),
    tokenizer: tokenizerOptions({ tokenizerConfig, tokenizerJson }),
  };
}

/**
 * Refuses a vocabulary that is much smaller than `config.json` says; a larger one is refused when it is read. A test run
 * compares it with the embedding itself, see runtime/engine/bert.ts.
 */
function checkVocabulary(vocabulary: Vocabulary, bert: BertConfig): void {
  if (bert.vocabularySize - vocabulary.size <= maxSpareRows) return;
  throw vocabularyMismatch(
    `The vocabulary has ${vocabulary.size} word pieces where config.json says ${bert.vocabularySize}.`,
  );
}

function isPositions(value: unknown): value is number {
  return isCount(value) && value >= 8;
}

function invalidConfig(what: string): BioBertError {
  const message = `The model's config.json cannot be used: ${what}.`;
  const nextStep = 'Copy the config.json that was exported with model.onnx beside it again.';
  return new BioBertError(errorCodes.MODEL_CONFIG_INVALID, message, nextStep);
}
