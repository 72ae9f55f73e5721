import type { QuestionConfig } from '../core/questions/types';
import type { ModelInfo } from '../protocol/engine';
import { type Guard, isCount, isOptional, isProbability } from '../protocol/guards';
import { type CheckedFolder, checkFolder, requireManifest } from './modelFolder';
import { ModelFiles } from './modelFiles';
import { invalidManifest, type ManifestField, manifestFields, readCommonManifest } from './modelManifest';

/** The folder of a question model, checked. */
export interface QuestionsFolder extends Pick<CheckedFolder, 'onnxPath' | 'vocabulary' | 'tokenizer'> {
  readonly config: QuestionConfig;
  readonly info: Omit<ModelInfo, 'runtime'>;
}

const uncalibrated = { scale: 1, offset: 0 };
const defaults = { overlap: 128, maxQuestionTokens: 64, maxAnswerTokens: 30, listThreshold: 0.5 };

/** A row must hold a question, three special tokens, and something to read. */
const leastPassageTokens = 16;

/**
 * Reads and checks the folder of a question model.
 * @throws {BioBertError} MODEL_* naming the file and the mend.
 */
export async function readQuestionsFolder(path: string): Promise<QuestionsFolder> {
  const files = new ModelFiles(path, 'question-answering');
  const json = await requireManifest(files);
  const manifest = readCommonManifest(json, 'question-answering');
  const { onnxPath, vocabulary, tokenizer, maxTokens, info } = await checkFolder(files, manifest);
  const lengths = readLengths(manifestFields(json), maxTokens);
  const { answer, answerable, verdict } = manifest.calibration;
  return {
    onnxPath,
    vocabulary,
    tokenizer,
    config: {
      ...lengths,
      tokenTypes: manifest.tokenTypes,
      calibration: {
        answer: answer ?? uncalibrated,
        answerable: answerable ?? uncalibrated,
        verdict: verdict ?? uncalibrated,
      },
    },
    info: { ...info, types: [] },
  };
}

function readLengths(field: ManifestField, maxTokens: number) {
  const count = (name: 'overlap' | 'maxQuestionTokens' | 'maxAnswerTokens', guard: Guard<number>) =>
    field(name, isOptional(guard)) ?? defaults[name];
  const maxQuestionTokens = count('maxQuestionTokens', isCount);
  if (maxQuestionTokens < 1 || maxTokens - 3 - maxQuestionTokens < leastPassageTokens) {
    throw invalidManifest(
      `A row of ${maxTokens} tokens cannot hold a question of ${maxQuestionTokens} and a passage.`,
    );
  }
  return {
    maxTokens,
    maxQuestionTokens,
    overlap: count('overlap', isCount),
    maxAnswerTokens: Math.max(1, count('maxAnswerTokens', isCount)),
    listThreshold: field('listThreshold', isOptional(isProbability)) ?? defaults.listThreshold,
  };
}
