/**
 * The value of a key that comes from a model or a document. A plain object has more keys than it seems: a label may be
 * called "constructor" or "__proto__", and `record[label]` would then be a function.
 * @returns undefined for a key that the record does not have itself.
 */
export function ownValue<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
