import { anyType } from './labels';
import type { EntityType } from '../types';

/** Words in the names of models that tell what they were trained on, the corpora among them. */
const hints: readonly (readonly [RegExp, EntityType])[] = [
  [/bc2gm|jnlpba|gene|protein|ggp/u, 'Gene'],
  [/ncbi|disease|bc5cdr-?dis|diag/u, 'Disease'],
  [/bc4chemd|chem|drug/u, 'Chemical'],
  [/linnaeus|s800|species/u, 'Species'],
  [/anatem|anatomy/u, 'Anatomy'],
  [/cell-?line/u, 'CellLine'],
];

/**
 * What labels without names may mean, to be shown to the user and corrected: `O` first, then a begin and an inside for
 * each type, as most training scripts number them.
 * @param model Name of the model, which often names its corpus: `biobert-ncbi-disease`.
 * @returns by label; empty where the labels have names.
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
