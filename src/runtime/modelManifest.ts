/** `biobert.json`: what we add to a Hugging Face model folder. Hostile until checked: the user may bring the folder. */
import { BioBertError, errorCodes } from '../core/errors';
import type { Calibration, Measured, TaggerConfig } from '../core/types';
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
} from '../protocol/guards';
import type { FileRecord } from './modelFiles';

export interface ModelManifest {
  readonly name?: string | undefined;
  readonly version?: string | undefined;
  readonly license?: string | undefined;
  readonly tokenTypes: TaggerConfig['tokenTypes'];
  readonly packing: TaggerConfig['packing'];
  /** Absent: as long as the model's position embedding, 512 at most. */
  readonly maxTokens?: number | undefined;
  readonly decoding: TaggerConfig['decoding'];
  readonly calibration: TaggerConfig['calibration'];
  /** By name relative to the folder. */
  readonly files: ReadonlyMap<string, FileRecord>;
  readonly measured: readonly Measured[];
}

/** For folders of others: an ordinary Hugging Face checkpoint. */
export const foreignManifest: ModelManifest = {
  tokenTypes: 'none',
  packing: 'sentence',
  decoding: 'joint',
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

/** @throws {BioBertError} MODEL_CONFIG_INVALID naming the field, MODEL_TASK_MISMATCH. */
export function readManifest(json: Record<string, unknown>): ModelManifest {
  const field = <T>(name: string, guard: Guard<T>): T => {
    const value = Object.hasOwn(json, name) ? json[name] : undefined;
    if (guard(value)) return value;
    throw invalidManifest(`The field "${name}" of biobert.json is missing or wrong.`);
  };
  if (field('formatVersion', isCount) !== formatVersion) {
    throw invalidManifest(`biobert.json is of a format version other than ${formatVersion}.`);
  }
  const task = field('task', isName);
  if (task !== 'token-classification') throw taskMismatch(`biobert.json names the task "${task}".`);
  return {
    name: field('name', isName),
    version: field('version', isName),
    license: field('license', isOptional(isName)),
    tokenTypes: field('tokenTypes', isOptional(isOneOf(['shape', 'none']))) ?? foreignManifest.tokenTypes,
    packing: field('packing', isOptional(isOneOf(['sentence', 'window']))) ?? foreignManifest.packing,
    maxTokens: field('maxTokens', isOptional(isMaxTokens)),
    decoding: field('decoding', isOptional(isOneOf(['per-type', 'joint']))) ?? foreignManifest.decoding,
    calibration: readCalibration(field('calibration', isOptional(isRecord)) ?? {}),
    files: readFiles(field('files', isRecord)),
    measured: field('measured', isOptional(isMeasured)) ?? [],
  };
}

export function taskMismatch(what: string): BioBertError {
  const message = `This is no model that tags entities: ${what}`;
  return new BioBertError(errorCodes.MODEL_TASK_MISMATCH, message, 'Choose a token classification model.');
}

function readCalibration(json: Record<string, unknown>): TaggerConfig['calibration'] {
  // Without a prototype: a label may be called "constructor".
  const calibration = Object.create(null) as Record<string, Calibration>;
  for (const [type, value] of Object.entries(json)) {
    if (!isCalibration(value)) throw invalidManifest('The field "calibration" of biobert.json is wrong.');
    calibration[type] = { scale: value.scale, offset: value.offset };
  }
  return calibration;
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

function invalidManifest(message: string): BioBertError {
  const nextStep = 'Correct biobert.json, or remove it to load the folder as an ordinary Hugging Face model.';
  return new BioBertError(errorCodes.MODEL_CONFIG_INVALID, message, nextStep);
}
