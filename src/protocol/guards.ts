/** Hand-written checks at the boundary: what crosses it is `unknown` until one of these has looked. */
import { ownValue } from '../core/ownValue';

export type Guard<T> = (value: unknown) => value is T;

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isString(value: unknown): value is string {
  return typeof value === 'string';
}

export function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

export function isTrue(value: unknown): value is true {
  return value === true;
}

/** A finite number: NaN and the infinities are refused. */
export function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

/** A count or an offset: a safe integer from 0. */
export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

export function isProbability(value: unknown): value is number {
  return isNumber(value) && value >= 0 && value <= 1;
}

export function isUndefined(value: unknown): value is undefined {
  return value === undefined;
}

export function isArrayOf<T>(guard: Guard<T>): Guard<readonly T[]> {
  return (value): value is readonly T[] => Array.isArray(value) && value.every(guard);
}

/** The value, or `undefined` where the field is absent. */
export function isOptional<T>(guard: Guard<T>): Guard<T | undefined> {
  return (value): value is T | undefined => value === undefined || guard(value);
}

export function isOneOf<T extends string>(values: readonly T[]): Guard<T> {
  return (value): value is T => (values as readonly unknown[]).includes(value);
}

/** A plain object of values of one kind. */
export function isRecordOf<T>(guard: Guard<T>): Guard<Readonly<Record<string, T>>> {
  return (value): value is Readonly<Record<string, T>> =>
    isRecord(value) && Object.values(value).every(guard);
}

/** A plain object that may have a value for each of `keys`. Further fields are let through and never read. */
export function isPartialRecordOf<Key extends string, T>(
  keys: readonly Key[],
  guard: Guard<T>,
): Guard<Readonly<Partial<Record<Key, T>>>> {
  const isField = isOptional(guard);
  return (value): value is Readonly<Partial<Record<Key, T>>> =>
    isRecord(value) && keys.every((key) => isField(ownValue(value, key)));
}

/** A plain object whose named own fields pass their guards. Further fields are let through and never read. */
export function isShape<T extends object>(fields: { readonly [K in keyof T]-?: Guard<T[K]> }): Guard<T> {
  const entries = Object.entries<Guard<unknown>>(fields);
  return (value): value is T =>
    isRecord(value) && entries.every(([name, guard]) => guard(ownValue(value, name)));
}
