import { anyType } from './labels';
import type { EntityType } from '../types';

/** Parts of model names that show what the model was trained on, including names of corpora. */
const hints: readonly (readonly [RegExp, EntityType])[] = [
  [/bc2gm|jnlpba|gene|protein|ggp/u, 'Gene'],
  [/ncbi|disease|bc5cdr-?dis|diag/u, 'Disease'],
  [/bc4chemd|chem|drug/u, 'Chemical'],
  [/linnaeus|s800|species/u, 'Species'],
  [/anatem|anatomy/u, 'Anatomy'],
  [/cell-?line/u, 'CellLine'],
];

/**
 * Guesses the meaning of labels without names, for the user to check: first `O`, then a begin and an inside label for
 * each type, in the order that most training scripts use.
 *
 * @param model The name of the model, which often contains the name of its corpus: `biobert-ncbi-disease`.
 * @returns the meaning of each label; empty if the labels have names.
 */
export function guessLabels(names: readonly string[], model: string): ReadonlyMap<string, string> {
  const isUnnamed = names.every((name) => /^LABEL_\d+$/u.test(name));
  const isUntyped = names.every((name) => /^(?:[BIOESLUMX]|\[[A-Z]+\])$/u.test(name));
  if (!isUnnamed && !isUntyped) return new Map();
  const type = hints.find(([pattern]) => pattern.test(model.toLowerCase()))?.[1] ?? anyType;
  if (isUntyped) {
    const typed = names.filter((name) => /^[BIESLUM]$/u.test(name));
    return new Map(typed.map((name) => [name, `${name}-${type}`]));
  }
  return new Map(names.map((name, index) => [name, numbered(index, names.length, type)]));
}

function numbered(index: number, count: number, type: EntityType): string {
  if (index === 0) return 'O';
  if (count === 2) return `I-${type}`;
  const isOneType = count <= 3;
  const place = Math.ceil(index / 2);
  return `${index % 2 === 1 ? 'B' : 'I'}-${isOneType ? type : `${type}${place}`}`;
}
