/** SQuAD 2, in the ways that names of models have it: `squad2`, `squad-v2`, `squad_v2.0`. */
const secondSquad = /squad[\s._-]*(?:v[\s._-]*)?2/iu;

/**
 * Whether a question model of others has learnt to say that a passage does not answer. By its name; where that is
 * silent, no: what such a model scores at `[CLS]` means nothing, and taking it for an answer would make every other
 * answer look sure.
 */
export function guessNullAnswer(names: readonly string[]): boolean {
  return names.some((name) => secondSquad.test(name));
}
