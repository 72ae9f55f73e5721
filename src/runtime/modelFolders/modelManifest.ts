/**
 * Reads `biobert.json`, the manifest that BioBERT adds to a Hugging Face model folder. The user may have downloaded the
 * folder from anywhere, so every field is checked.
 */
import { BioBertError, errorCodes } from '../../core/errors';
import type { Calibration, Measured, TaggerConfig } from '../../core/types';
import { ownValue } from '../../core/ownValue';
import {
  type Guard,
  isArrayOf,
  isCount,
  isNumber,
  isOneOf,
  isOptional,
  isRecord,
  isRecordOf,
  isShape,
  isString,
} from '../../protocol/guards';
import { type ModelTask, taskTable } from '../../protocol/tasks';
import type { FileRecord } from './modelFiles';

/** The fields of the manifest that all tasks have. */
export interface CommonManifest {
  readonly name?: string | undefined;
  readonly version?: string | undefined;
  readonly license?: string | undefined;
  /** Default: the token types that an ordinary Hugging Face model of the task has. */
  readonly tokenTypes?: TaggerConfig['tokenTypes'] | undefined;
  /** Default: the number of positions of the model, but at most 512. */
  readonly maxTokens?: number | undefined;
  /** Calibration by type. A type without an entry keeps its raw probability. */
  readonly calibration: Readonly<Record<string, Calibration>>;
  /** Recorded files, by path relative to the folder. */
  readonly files: ReadonlyMap<string, FileRecord>;
  readonly measured: readonly Measured[];
}

/** The manifest of a token classifier. */
export interface ModelManifest extends CommonManifest {
  /** Meanings of the labels in config.json: `LABEL_1` → `B-Disease`. */
  readonly labels: ReadonlyMap<string, string>;
  readonly packing: TaggerConfig['packing'];
  readonly decoding: TaggerConfig['decoding'];
  readonly hiddenTypes: readonly string[];
  /** See `TaggerConfig.nameWeights`. Default: none. */
  readonly nameWeights?: TaggerConfig['nameWeights'];
}

/** The manifest of a folder without `biobert.json`: an ordinary Hugging Face checkpoint. */
export const foreignManifest: ModelManifest = {
  labels: new Map(),
  packing: 'sentence',
  decoding: 'joint',
  hiddenTypes: [],
  calibration: {},
  files: new Map(),
  measured: [],
};

const formatVersion = 1;
const maxNameLength = 200;

const isName: Guard<string> = (value): value is string => isString(value) && value.length <= maxNameLength;
const isFileRecord = isShape<FileRecord>({ bytes: isCount, sha256: isSha256 });
/** Maximum size of scale and offset. Larger values turn each probability into 0, 1 or NaN. */
const maxCalibration = 1000;
/** Guards a calibration. */
export const isCalibration = isShape<Calibration>({
  // A scale is an inverse temperature: at 0 all probabilities are equal, below 0 the least probable comes first.
  scale: (value): value is number => isNumber(value) && value > 0 && value <= maxCalibration,
  offset: (value): value is number => isNumber(value) && Math.abs(value) <= maxCalibration,
});
/** Guards a weight of a logistic function. */
export const isWeight = (value: unknown): value is number =>
  isNumber(value) && Math.abs(value) <= maxCalibration;
const isNameWeights = isRecordOf(isRecordOf(isWeight));
const isMeasured = isArrayOf(
  isShape<Measured>({ type: isName, set: isName, precision: isPercent, recall: isPercent, f1: isPercent }),
);

/** Reads one field of the manifest. @throws {BioBertError} MODEL_CONFIG_INVALID with the name of the field. */
export type ManifestField = <T>(name: string, guard: Guard<T>) => T;

export function manifestFields(json: Record<string, unknown>): ManifestField {
  return (name, guard) => {
    const value = ownValue(json, name);
    if (guard(value)) return value;
    throw invalidManifest(`The field "${name}" of biobert.json is missing or wrong.`);
  };
}

/** Reads the manifest of a token classifier. @throws {BioBertError} MODEL_CONFIG_INVALID, MODEL_TASK_MISMATCH. */
export function readManifest(json: Record<string, unknown>): ModelManifest {
  const common = readCommonManifest(json, 'token-classification');
  const field = manifestFields(json);
  return {
    ...common,
    labels: readMeanings(field('labels', isOptional(isRecord)) ?? {}),
    packing: field('packing', isOptional(isOneOf(['sentence', 'window']))) ?? foreignManifest.packing,
    decoding: field('decoding', isOptional(isOneOf(['per-type', 'joint']))) ?? foreignManifest.decoding,
    hiddenTypes: field('hiddenTypes', isOptional(isArrayOf(isName))) ?? foreignManifest.hiddenTypes,
    nameWeights: field('nameWeights', isOptional(isNameWeights)),
  };
}

/** Reads the fields that all tasks have. @throws {BioBertError} MODEL_CONFIG_INVALID, MODEL_TASK_MISMATCH. */
export function readCommonManifest(json: Record<string, unknown>, wanted: ModelTask): CommonManifest {
  const field = manifestFields(json);
  if (field('formatVersion', isCount) !== formatVersion) {
    throw invalidManifest(`biobert.json is of a format version other than ${formatVersion}.`);
  }
  const task = field('task', isName);
  if (task !== wanted) throw taskMismatch(wanted, `biobert.json names the task "${task}".`);
  return {
    name: field('name', isName),
    version: field('version', isName),
    license: field('license', isOptional(isName)),
    tokenTypes: field('tokenTypes', isOptional(isOneOf(['shape', 'segments', 'none']))),
    maxTokens: field('maxTokens', isOptional(isMaxTokens)),
    calibration: readCalibration(field('calibration', isOptional(isRecord)) ?? {}),
    files: readFiles(field('files', isRecord)),
    measured: field('measured', isOptional(isMeasured)) ?? [],
  };
}

/** @param what A sentence that says why the folder does not suit the task. */
export function taskMismatch(wanted: ModelTask, what: string): BioBertError {
  const { does, mismatchStep } = taskTable[wanted];
  return new BioBertError(
    errorCodes.MODEL_TASK_MISMATCH,
    `This is no model that ${does}: ${what}`,
    mismatchStep,
  );
}

function readCalibration(json: Record<string, unknown>): CommonManifest['calibration'] {
  // The object has no prototype because a label may be called "constructor".
  const calibration = Object.create(null) as Record<string, Calibration>;
  for (const [type, value] of Object.entries(json)) {
    if (!isCalibration(value)) throw invalidManifest('The field "calibration" of biobert.json is wrong.');
    calibration[type] = { scale: value.scale, offset: value.offset };
  }
  return calibration;
}

function readMeanings(json: Record<string, unknown>): Map<string, string> {
  return new Map(
    Object.entries(json).map(([label, meaning]) => {
      if (isName(meaning) && meaning !== '') return [label, meaning];
      throw invalidManifest('The field "labels" of biobert.json is wrong.');
    }),
  );
}

function readFiles(json: Record<string, unknown>): Map<string, FileRecord> {
  return new Map(
    Object.entries(json).map(([name, record]) => {
      if (!isInside(name)) throw invalidManifest('biobert.json names a file outside the model folder.');
      if (!isFileRecord(record)) throw invalidManifest(`What biobert.json says of ${name} is wrong.`);
      return [name, { bytes: record.bytes, sha256: record.sha256.toLowerCase() }];
    }),
  );
}

/**
 * Whether a path is relative and stays in the folder: no `..`, root, drive letter or Windows stream (`file:stream`).
 */
function isInside(name: string): boolean {
  return /^[\w-][\w.-]*(?:\/[\w-][\w.-]*)*$/.test(name) && name.length <= maxNameLength;
}

function isSha256(value: unknown): value is string {
  return isString(value) && /^[0-9a-f]{64}$/i.test(value);
}

function isPercent(value: unknown): value is number {
  return isNumber(value) && value >= 0 && value <= 100;
}

/** Guards the maximum number of tokens in a row. */
export function isMaxTokens(value: unknown): value is number {
  return isCount(value) && value >= 8 && value <= 8192;
}

export function invalidManifest(message: string): BioBertError {
  const nextStep = 'Correct biobert.json, or remove it to load the folder as an ordinary Hugging Face model.';
  return new BioBertError(errorCodes.MODEL_CONFIG_INVALID, message, nextStep);
}
