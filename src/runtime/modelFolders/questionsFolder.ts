import { basename } from 'node:path';
import { guessNullAnswer } from '../../core/questions/nullAnswerGuess';
import type { QuestionConfig } from '../../core/questions/questionModel';
import type { StanceConfig } from '../../core/questions/stance';
import type { ModelInfo } from '../../protocol/engine';
import {
  type Guard,
  isBoolean,
  isCount,
  isOptional,
  isProbability,
  isShape,
  isString,
} from '../../protocol/guards';
import {
  type BertConfig,
  checkArchitecture,
  type CheckedFolder,
  checkFolder,
  embeddingFile,
  manifestFile,
} from './modelFolder';
import { ModelFiles } from './modelFiles';
import {
  type CommonManifest,
  foreignManifest,
  invalidManifest,
  isCalibration,
  isMaxTokens,
  isWeight,
  type ManifestField,
  manifestFields,
  readCommonManifest,
} from './modelManifest';
import { checkWeightFiles } from './weightFiles';

/** The folder of a question model, checked. */
export interface QuestionsFolder extends Pick<CheckedFolder, 'onnxPath' | 'vocabulary' | 'tokenizer'> {
  readonly config: QuestionConfig;
  /** The ONNX file of the stance model. Undefined if `model.onnx` gives the stances, or nothing does. */
  readonly stancePath?: string | undefined;
  /** The ONNX file of the embedding model. Undefined if `model.onnx` gives the embeddings, or nothing does. */
  readonly embeddingPath?: string | undefined;
  readonly info: Omit<ModelInfo, 'runtime'>;
}

const uncalibrated = { scale: 1, offset: 0 };

/** Those of Devlin et al. 2019 for SQuAD; the overlap is what their stride of 128 leaves of a passage at least. */
const defaults = { overlap: 128, maxQuestionTokens: 64, maxAnswerTokens: 30 };

/** Rows of SQuAD's models are as long as that; longer ones they have not seen. */
const foreignMaxTokens = 384;

/** From which on an answer is one of a list. Where all answers share one certainty, many are less than even. */
const listThresholds = { nullAnswer: 0.5, shared: 0.1 };

/** Further graphs share the vocabulary of the question model. Each is in its own folder, as servers name models. */
const stanceFile = 'stance/model.onnx';

const isStance = isShape<StanceConfig>({
  maxTokens: isMaxTokens,
  contextTokens: isCount,
  calibration: isCalibration,
  verdict: isShape<StanceConfig['verdict']>({
    difference: isWeight,
    bias: isWeight,
    stronger: isWeight,
    weaker: isWeight,
    settled: isWeight,
    perLogSentence: isWeight,
    margin: isProbability,
  }),
});

/** A row must hold a question, three special tokens, and something to read. */
const leastPassageTokens = 16;

/**
 * Reads and checks the folder of a question model: ours, or one for SQuAD in the Hugging Face layout.
 * @throws {BioBertError} MODEL_* naming the file and the mend.
 */
export async function readQuestionsFolder(path: string): Promise<QuestionsFolder> {
  const files = new ModelFiles(path, 'question-answering');
  await files.checkFolder();
  const json = await files.readJson(manifestFile);
  const manifest = json ? readCommonManifest(json, 'question-answering') : foreignManifest;
  const { bert, maxTokens, info, ...folder } = await checkFolder(files, manifest);
  if (!json) checkArchitecture(bert, files.task);
  const isForeign = !json || Object.hasOwn(json, 'convertedFrom');
  const config = readConfig(manifestFields(json ?? {}), manifest, { path, bert, isForeign, maxTokens });
  if (config.stance) checkStanceLengths(config.stance, config, bert);
  const hasStanceFile = config.stance !== undefined && (await files.has(stanceFile));
  const hasEmbeddingFile = json !== undefined && Object.hasOwn(json, 'embedding');
  if (hasStanceFile) await checkWeightFiles(files, stanceFile);
  if (hasEmbeddingFile) await checkEmbedding(files);
  return {
    ...folder,
    config,
    stancePath: hasStanceFile ? files.pathOf(stanceFile) : undefined,
    embeddingPath: hasEmbeddingFile ? files.pathOf(embeddingFile) : undefined,
    info: { ...info, types: [] },
  };
}

/** @throws {BioBertError} MODEL_FILE_MISSING, MODEL_FILE_DAMAGED */
async function checkEmbedding(files: ModelFiles): Promise<void> {
  if (!(await files.has(embeddingFile))) throw files.missing(embeddingFile);
  await checkWeightFiles(files, embeddingFile);
}

/** @throws {BioBertError} MODEL_CONFIG_INVALID */
function checkStanceLengths(
  { maxTokens }: StanceConfig,
  { maxQuestionTokens }: QuestionConfig,
  { maxPositions }: BertConfig,
): void {
  if (maxTokens > maxPositions || maxTokens < maxQuestionTokens + 4 + leastPassageTokens) {
    throw invalidManifest(
      `A row of ${maxTokens} tokens of the stance model does not fit ${maxPositions} positions, or a question of ${maxQuestionTokens} tokens and a sentence.`,
    );
  }
}

interface FoundFolder {
  readonly path: string;
  readonly bert: BertConfig;
  /** Made by others, so that the manifest may be silent about what training decided. */
  readonly isForeign: boolean;
  readonly maxTokens: number;
}

function readConfig(
  field: ManifestField,
  { calibration, tokenTypes, maxTokens: declared, name = '' }: CommonManifest,
  { path, bert, isForeign, maxTokens }: FoundFolder,
): QuestionConfig {
  const origin = bert.json['_name_or_path'];
  const names = [name, basename(path), isString(origin) ? origin : ''];
  const nullAnswer =
    field('nullAnswer', isOptional(isBoolean)) ?? (isForeign ? guessNullAnswer(names) : true);
  const rows = declared ?? (isForeign ? Math.min(maxTokens, foreignMaxTokens) : maxTokens);
  return {
    ...readLengths(field, rows),
    nullAnswer,
    listThreshold:
      field('listThreshold', isOptional(isProbability)) ??
      listThresholds[nullAnswer ? 'nullAnswer' : 'shared'],
    tokenTypes: tokenTypes ?? (bert.json['type_vocab_size'] === 1 ? 'none' : 'segments'),
    calibration: {
      answer: calibration['answer'] ?? uncalibrated,
      answerable: calibration['answerable'] ?? uncalibrated,
    },
    stance: field('stance', isOptional(isStance)),
  };
}

function readLengths(field: ManifestField, maxTokens: number) {
  const count = (name: keyof typeof defaults, guard: Guard<number>) =>
    field(name, isOptional(guard)) ?? defaults[name];
  const asked = field('maxQuestionTokens', isOptional(isCount));
  // A row that is short leaves the question less; where the manifest names both, they must fit.
  const room = maxTokens - 3 - leastPassageTokens;
  const maxQuestionTokens = asked ?? Math.min(defaults.maxQuestionTokens, room);
  if (maxQuestionTokens < 1 || maxQuestionTokens > room) {
    throw invalidManifest(
      `A row of ${maxTokens} tokens cannot hold a question of ${maxQuestionTokens} and a passage.`,
    );
  }
  return {
    maxTokens,
    maxQuestionTokens,
    overlap: count('overlap', isCount),
    maxAnswerTokens: Math.max(1, count('maxAnswerTokens', isCount)),
  };
}
