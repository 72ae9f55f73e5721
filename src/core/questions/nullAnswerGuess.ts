/** SQuAD 2 as model names spell it: `squad2`, `squad-v2`, `squad_v2.0`. */
const secondSquad = /squad[\s._-]*(?:v[\s._-]*)?2/iu;

/**
 * Guesses from its name whether a user's own question model has learnt to say that a passage contains no answer. If
 * the name does not show it, the result is false: the score of such a model at `[CLS]` has no meaning, and using it as
 * "no answer" would make every other answer look certain.
 */
export function guessNullAnswer(names: readonly string[]): boolean {
  return names.some((name) => secondSquad.test(name));
}
