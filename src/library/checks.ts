/** Checks of arguments: many callers write JavaScript, where no compiler reads the types. */
import { BioBertError, errorCodes } from '../core/errors';
import type { TextInput } from './types';

export function wrongArgument(message: string, nextStep: string): BioBertError {
  return new BioBertError(errorCodes.ARGUMENT_INVALID, message, nextStep);
}

/** @throws {BioBertError} ARGUMENT_INVALID */
export function checkProbability(name: string, value: number | undefined): void {
  if (value === undefined || (typeof value === 'number' && value >= 0 && value <= 1)) return;
  throw wrongArgument(`${name} is out of its range.`, 'Give a number from 0 to 1.');
}

/** @throws {BioBertError} ARGUMENT_INVALID */
export function checkWhole(name: string, value: number | undefined, least: number, most: number): void {
  if (value === undefined || (Number.isInteger(value) && value >= least && value <= most)) return;
  throw wrongArgument(`${name} is out of its range.`, `Give a whole number from ${least} to ${most}.`);
}

/** The texts of an argument that is one text, or an iterable of texts. @throws {BioBertError} ARGUMENT_INVALID */
export function textsOf(value: unknown): Iterable<unknown> | AsyncIterable<unknown> {
  if (isText(value)) return [value];
  if (typeof value === 'object' && value !== null) {
    if (Symbol.iterator in value || Symbol.asyncIterator in value) return value as Iterable<unknown>;
  }
  throw wrongArgument(
    'There are no texts.',
    'Give a string, an object with a text, or an iterable of these.',
  );
}

/** @throws {BioBertError} ARGUMENT_INVALID for one name in place of a list. */
export function checkList(name: string, value: readonly string[] | undefined): void {
  if (value === undefined || Array.isArray(value)) return;
  throw wrongArgument(`${name} is no list.`, "Give a list of names, such as ['Gene'].");
}

/** @throws {BioBertError} ARGUMENT_INVALID */
export function checkString(what: string, value: unknown): asserts value is string {
  if (typeof value === 'string' && value !== '') return;
  throw wrongArgument(`The ${what} is missing.`, 'Give it as a string.');
}

function isText(value: unknown): value is string | TextInput {
  if (typeof value === 'string') return true;
  return typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string';
}

/** @throws {BioBertError} ARGUMENT_INVALID */
export function checkText(value: unknown): asserts value is string | TextInput {
  if (isText(value)) return;
  throw wrongArgument(
    'There is no text.',
    'Give a string, or an object with a text, as readDocument returns.',
  );
}
