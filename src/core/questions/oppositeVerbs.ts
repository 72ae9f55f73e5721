/** Verbs of opposite meaning and what they act on: a sentence may say of one thing what the question asks of another. */
import { dashes } from '../characters';
import { lossAt } from '../text/lost';
import type { Span } from '../types';

interface Verbs {
  /** A verb of this meaning in a question. */
  readonly asked: RegExp;
  /** Words of this meaning or near it, after which nothing says the opposite: `decreased the activation of`. */
  readonly near: RegExp;
  /** The opposite, as a verb or an agent: `activates` or `an activator of`, but not `activation`. */
  readonly opposite: RegExp;
  /**
   * Whether what acts through the object, on its cells or somewhere on its pathway is no answer: `inhibits secretion
   * through AMPK` and `inhibits AMPK-driven growth` do not inhibit AMPK, nor does `targets AMPK signaling`.
   */
  readonly isDirect?: true;
  /** Whether `X-induced` before the object says of X what is asked (true), or the opposite (false). */
  readonly isCausing?: boolean;
}

const inhibiting = 'inhibit|block|suppress|antagoni[sz]|inactivat';
const activating = 'activat|stimulat|promot|enhanc|potentiat';
const causing = 'caus|induc|trigger|provok|aggravat|exacerbat';
const preventing = 'prevent|delay|reduc|decreas|lessen|ameliorat|attenuat|alleviat|mitigat|reliev|revers';
const verbForm = '(?:e|es|s|ed|ing)?';

const verbPairs: readonly Verbs[] = [
  {
    asked: wordsOf(`(?:${inhibiting})${verbForm}`),
    near: wordsOf(
      String.raw`(?:${inhibiting}|reduc|decreas|lower|impair|prevent|abolish|attenuat|downregulat)\w*`,
    ),
    opposite: wordsOf(
      `(?:${activating})${verbForm}|(?:activator|stimulator|agonist|inducer)s? (?:of|at|for)`,
    ),
    isDirect: true,
  },
  {
    asked: wordsOf(`(?:${activating})${verbForm}`),
    near: wordsOf(String.raw`(?:${activating}|increas|elevat|rais|induc|upregulat)\w*`),
    opposite: wordsOf(
      `(?:${inhibiting})${verbForm}|(?:inhibitor|blocker|antagonist|suppressor)s? (?:of|at|for)`,
    ),
  },
  {
    asked: wordsOf(`(?:${causing})${verbForm}`),
    near: wordsOf(String.raw`(?:${causing}|increas|worsen|promot|lead|led|due|risk)\w*`),
    opposite: wordsOf(`(?:${preventing})${verbForm}|protects? against`),
    isCausing: true,
  },
  {
    asked: wordsOf(`(?:${preventing})${verbForm}|protects? against`),
    near: wordsOf(String.raw`(?:${preventing}|protect|treat|improv|lower|no|not|without)\w*`),
    opposite: wordsOf(`(?:${causing})${verbForm}`),
    isCausing: false,
  },
];

function wordsOf(pattern: string): RegExp {
  return new RegExp(String.raw`(?<![\p{L}\p{N}-])(?:${pattern})(?![\p{L}\p{N}])`, 'iu');
}

const clauseBorder = /[,;:]|\b(?:and|or|but|which|that|while|whereas)\b/iu;
const passiveStart = /^\s*(?:\([^)]*\)\s*)?(?:is|are|was|were|be|been)\s+(?:\p{L}+ly\s+)?/iu;

/** `gentamicin-induced` before a name: what causes it. */
const ownCause = /([\p{L}\p{N}]+)-(?:induced|caused|triggered|associated|related)\s+$/iu;

/** A cause of something else: `instability induced by X delays` says what X delays. */
const otherEffect = /\b(?:induced|caused|triggered|provoked) by\b/giu;

/** `without severe` before a name: it did not come. */
const spared = /\b(?:without|no|free (?:of|from))\s+(?:\p{L}+\s+){0,2}$/iu;

/** The words before a name through which something else acts, and those after it. */
const throughBefore =
  /\b(?:through|via|by means of|independent(?:ly)? (?:of|on)|dependent(?:ly)? (?:of|on))\s+(?:the\s+)?$/iu;
const throughAfter = new RegExp(
  `^[${dashes}](?:dependent|independent|mediated|driven|induced|stimulated|(?:over)?express(?:ing|ed)|positive|negative|amplified|mutant|mutated|addicted|transformed)(?![\\p{L}\\p{N}])`,
  'iu',
);
/** The nouns for the loss of a name which say that it was not there: `after knockdown of AMPK`. */
const absent = /^(?:knock|silencing|deletion|deficiency|haplo|absence|lack)/u;
/** A pathway, after the name of one of its proteins. It can be reached without this one. */
const pathway =
  /^\s+(?:signall?ing|(?:signall?ing )?(?:pathways?|cascades?|network)|axis)(?![\p{L}\p{N}-])/iu;

/** Finds the participle of a passive with which a text begins: `activated` in `was strongly activated`. Default: ''. */
function passiveVerb(text: string): string {
  const passive = passiveStart.exec(text)?.[0];
  return passive === undefined ? '' : (text.slice(passive.length).split(/\s/u)[0] ?? '');
}

/** The act that a question asks about: a verb and what it acts on. */
export interface AskedAct {
  readonly verbs: Verbs;
  /** The number of the first name or word after the verb. */
  readonly object: number;
  /** Whether the question asks what acts on the object itself, and not on cells, growth or a pathway that it drives. */
  readonly isDirect: boolean;
  /** The part of the question before the verb, in small letters. */
  readonly subject: string;
}

/** The act that a question asks about. @param places The places of its names and words, with their numbers. */
export function askedAct(
  question: string,
  places: readonly (Span & { readonly index: number })[],
): AskedAct | undefined {
  for (const verbs of verbPairs) {
    const verb = verbs.asked.exec(question);
    if (!verb) continue;
    const end = verb.index + verb[0].length;
    const [first] = places.filter(({ start }) => start >= end).sort((a, b) => a.start - b.start);
    // `Is DPP-4 inhibited by sitagliptin?` has the one that acts after the verb.
    if (!first || /\bby\b/iu.test(question.slice(end, first.start))) continue;
    const after = question.slice(first.end);
    const isDirect = verbs.isDirect === true && !throughAfter.test(after) && !pathway.test(after);
    return { verbs, object: first.index, isDirect, subject: question.slice(0, verb.index).toLowerCase() };
  }
  return undefined;
}

/**
 * Whether a sentence says the opposite of an act wherever it names its object: `aspirin inhibits mTOR and activates AMPK`
 * does not say that aspirin inhibits AMPK, nor `sitagliptin worked without hypoglycemia` that sitagliptin causes it.
 *
 * @param objects The places of the object in the sentence.
 * @param agent The thing that is said to act. Default: the part of the question before the verb.
 */
export function saysOppositeOf(
  { verbs, subject, isDirect }: AskedAct,
  sentence: string,
  objects: readonly Span[],
  agent = subject,
): boolean {
  return (
    objects.length > 0 &&
    objects.every(({ start, end }) => {
      const before = (sentence.slice(0, start).split(clauseBorder).at(-1) ?? '').replace(otherEffect, '');
      const cause = ownCause.exec(before)?.[1]?.toLowerCase();
      if (verbs.isCausing !== undefined && cause !== undefined && agent.toLowerCase().includes(cause))
        return !verbs.isCausing;
      if (verbs.isCausing === true && spared.test(before)) return true;
      const after = sentence.slice(end);
      const isAbsent = absent.test(lossAt(sentence, { start, end }, 'Gene') ?? '');
      const isThrough = isAbsent || throughBefore.test(before) || throughAfter.test(after);
      if (isDirect && isThrough) return true;
      if (verbs.near.test(before)) return false;
      const inPathway = pathway.exec(after)?.[0];
      const verb = passiveVerb(after.slice(inPathway?.length));
      if (isDirect && inPathway !== undefined && !verbs.near.test(verb)) return true;
      return verbs.opposite.test(before) || verbs.opposite.test(verb);
    })
  );
}
