import { shownTypes } from '../../src/core/entities/entities';
import { readLabels } from '../../src/core/entities/labels';
import type { EntityType } from '../../src/core/types';
import type { LoadedTagger } from '../../src/runtime/engine/requestContext';
import { lastNames, type TypeOf } from './typeNames';

/** A head that follows the guideline of one corpus, where that differs from the type that is shown. */
export interface Guideline {
  readonly shown: EntityType;
  readonly head: EntityType;
}

/** By the name of the file and its folder. */
const guidelines: readonly (readonly [RegExp, Guideline])[] = [
  [/bc2gm/i, { shown: 'Gene', head: 'BC2GM-gene' }],
  [/jnlpba/i, { shown: 'Gene', head: 'JNLPBA-protein' }],
  [/linnaeus/i, { shown: 'Species', head: 'LINNAEUS-species' }],
  [/s800|species-?800/i, { shown: 'Species', head: 'Species-800-species' }],
];

/** The guideline of a corpus, where the model has a head of its own for it that it does not show. */
export function guidelineOf(file: string, model: LoadedTagger): Guideline | undefined {
  const found = guidelines.find(([pattern]) => pattern.test(lastNames(file)))?.[1];
  return found && (model.config.hiddenTypes ?? []).includes(found.head) ? found : undefined;
}

/** The model with that head alone, and the names of the corpus for it. */
export function underGuideline(
  { shown, head }: Guideline,
  model: LoadedTagger,
  typeOf: TypeOf,
): { readonly model: LoadedTagger; readonly typeOf: TypeOf } {
  const hiddenTypes = shownTypes(readLabels(model.config.labels), [head]);
  return {
    model: { ...model, config: { ...model.config, hiddenTypes }, info: { ...model.info, types: [head] } },
    typeOf: (name) => (typeOf(name) === shown ? head : undefined),
  };
}
