/** `biobert.json`: what we add to a Hugging Face model folder. Hostile until checked: the user may bring the folder. */
import { BioBertError, errorCodes } from '../../core/errors';
import type { Calibration, Measured, TaggerConfig } from '../../core/types';
import {
  type Guard,
  isArrayOf,
  isCount,
  isNumber,
  isOneOf,
  isOptional,
  isRecord,
  isShape,
  isString,
} from '../../protocol/guards';
import { type ModelTask, taskTable } from '../../protocol/tasks';
import type { FileRecord } from './modelFiles';

/** What it says of a model of any task. */
export interface CommonManifest {
  readonly name?: string | undefined;
  readonly version?: string | undefined;
  readonly license?: string | undefined;
  /** Absent: as the task's models of others have them. */
  readonly tokenTypes?: TaggerConfig['tokenTypes'] | undefined;
  /** Absent: as long as the model's position embedding, 512 at most. */
  readonly maxTokens?: number | undefined;
  /** By type; a type without an entry keeps its raw probability. */
  readonly calibration: Readonly<Record<string, Calibration>>;
  /** By name relative to the folder. */
  readonly files: ReadonlyMap<string, FileRecord>;
  readonly measured: readonly Measured[];
}

/** What it says of a token classifier. */
export interface ModelManifest extends CommonManifest {
  /** What labels of config.json mean, by their name there: `LABEL_1` → `B-Disease`. */
  readonly labels: ReadonlyMap<string, string>;
  readonly packing: TaggerConfig['packing'];
  readonly decoding: TaggerConfig['decoding'];
  readonly hiddenTypes: readonly string[];
}

/** For folders of others: an ordinary Hugging Face checkpoint. */
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
const isCalibration = isShape<Calibration>({ scale: isNumber, offset: isNumber });
const isMeasured = isArrayOf(
  isShape<Measured>({ type: isName, set: isName, precision: isPercent, recall: isPercent, f1: isPercent }),
);

/** Reads one field of the manifest. @throws {BioBertError} MODEL_CONFIG_INVALID naming it. */
export type ManifestField = <T>(name: string, guard: Guard<T>) => T;

export function manifestFields(json: Record<string, unknown>): ManifestField {
  return (name, guard) => {
    const value = Object.hasOwn(json, name) ? json[name] : undefined;
    if (guard(value)) return value;
    throw invalidManifest(`The field "${name}" of biobert.json is missing or wrong.`);
  };
}

/** The manifest of a token classifier. @throws {BioBertError} MODEL_CONFIG_INVALID naming the field, MODEL_TASK_MISMATCH. */
export function readManifest(json: Record<string, unknown>): ModelManifest {
  const common = readCommonManifest(json, 'token-classification');
  const field = manifestFields(json);
  return {
    ...common,
    labels: readMeanings(field('labels', isOptional(isRecord)) ?? {}),
    packing: field('packing', isOptional(isOneOf(['sentence', 'window']))) ?? foreignManifest.packing,
    decoding: field('decoding', isOptional(isOneOf(['per-type', 'joint']))) ?? foreignManifest.decoding,
    hiddenTypes: field('hiddenTypes', isOptional(isArrayOf(isName))) ?? foreignManifest.hiddenTypes,
  };
}

/** What every task's manifest has. @throws {BioBertError} MODEL_CONFIG_INVALID naming the field, MODEL_TASK_MISMATCH. */
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

/** @param what Why the folder is not for the task: a sentence. */
export function taskMismatch(wanted: ModelTask, what: string): BioBertError {
  const { does, mismatchStep } = taskTable[wanted];
  return new BioBertError(
    errorCodes.MODEL_TASK_MISMATCH,
    `This is no model that ${does}: ${what}`,
    mismatchStep,
  );
}

function readCalibration(json: Record<string, unknown>): CommonManifest['calibration'] {
  // Without a prototype: a label may be called "constructor".
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

/** A plain relative path: no way up, no root, no drive, no stream of Windows. */
function isInside(name: string): boolean {
  return /^[\w-][\w.-]*(?:\/[\w-][\w.-]*)*$/.test(name) && name.length <= maxNameLength;
}

function isSha256(value: unknown): value is string {
  return isString(value) && /^[0-9a-f]{64}$/i.test(value);
}

function isPercent(value: unknown): value is number {
  return isNumber(value) && value >= 0 && value <= 100;
}

function isMaxTokens(value: unknown): value is number {
  return isCount(value) && value >= 8 && value <= 8192;
}

export function invalidManifest(message: string): BioBertError {
  const nextStep = 'Correct biobert.json, or remove it to load the folder as an ordinary Hugging Face model.';
  return new BioBertError(errorCodes.MODEL_CONFIG_INVALID, message, nextStep);
}
