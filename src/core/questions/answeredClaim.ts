/** Turns a question and one of its answers into the yes-no question whether the answer is right. */
import { formsOfDo, lastingAuxiliaries } from '../text/auxiliaries';
import { isVerbForm, isPluralNoun } from './kind';
import { nounType } from './expectedAnswer';

/** Words that begin a yes-no question before the subject: `Is sorafenib approved?` */
const auxiliary = new RegExp(`^(?:${lastingAuxiliaries})$`, 'iu');
const doForm = new RegExp(`^(?:${formsOfDo})$`, 'iu');
const preposition =
  /^(?:about|after|against|among|as|at|by|during|for|from|in|into|of|on|over|through|to|towards?|under|upon|via|with|within)$/iu;
const listing =
  /^(?:please )?(?:list|name|enumerate|give|provide)(?: me)?(?: all| some)?(?: of)?(?: the)? /iu;
const relativePronoun = /^(?:that|which|who)$/iu;
/** Nouns that leave it to the noun after "of" what is asked for: `what type of tumour`. */
const kindNoun = /^(?:types?|kinds?|class(?:es)?|famil(?:y|ies)|groups?|members?|forms?|parts?)$/iu;
/** Nouns beside those of {@link nounType} that questions are about. */
const otherNoun =
  /^(?:inhibitor|agonist|antagonist|agent|antibody|molecule|hormone|therapy|treatment|regimen|method|tissue|organ|cell|pathway|peptide|domain|biomarker|marker|substrate|ligand|channel|factor|process|mechanism|lncrna|mirna|microrna|strain|technique|test)$/iu;

/** Longest noun phrase after "which", in words. */
const maxPhraseWords = 7;

/**
 * The yes-no question whether an answer is right, in the words of the question. A question without "which" or "what" asks
 * for a number, a time or a reason, and has none.
 *
 * @example answeredClaim('Which drugs inhibit FLT3?', 'sorafenib') // 'Does sorafenib inhibit FLT3?'
 * @example answeredClaim('What does metformin activate?', 'AMPK') // 'Does metformin activate AMPK?'
 */
export function answeredClaim(question: string, answer: string): string | undefined {
  const plain = question
    .replace(/\s+/gu, ' ')
    .replace(/[?.\s]+$/u, '')
    .trim()
    .replace(listing, 'which ');
  const asking = /(?<!\p{L})(?:which|what)(?: of the| the)?(?= )|(?<!\p{L})(?:which|what)$/iu.exec(plain);
  if (!asking) return undefined;
  const lead = plain.slice(0, asking.index).trim();
  const words = plain
    .slice(asking.index + asking[0].length)
    .trim()
    .split(' ')
    .filter((word) => word !== '');
  const length = phraseLength(words);
  const rest = words.slice(length);
  if (lead !== '' && !lead.endsWith(',')) return withLead(lead, answer, rest);
  const [verb = ''] = rest;
  const isListed = rest.length === 0 || preposition.test(verb);
  const claim = isListed
    ? length > 0 && words.length > 1 && `Is ${answer} one of the ${words.join(' ')}`
    : asked(answer, relativePronoun.test(verb) ? rest.slice(1) : rest);
  if (claim === false || claim === undefined) return undefined;
  const opening = lead.replace(/,$/u, '');
  return opening === '' ? `${claim}?` : `${claim} ${opening.charAt(0).toLowerCase()}${opening.slice(1)}?`;
}

/** The claim of a question with words before "which". */
function withLead(lead: string, answer: string, rest: readonly string[]): string | undefined {
  if (!preposition.test(lead)) return `${[lead, answer, ...rest].join(' ')}?`;
  // `In which organ is insulin produced`: the answer follows its preposition.
  const [verb = '', ...body] = rest;
  const isAsking = doForm.test(verb) || auxiliary.test(verb);
  return isAsking ? `${capitalised(verb)} ${[...body, lead.toLowerCase(), answer].join(' ')}?` : undefined;
}

/** The claim, without its question mark, from the words after the noun phrase. */
function asked(answer: string, [verb = '', ...body]: readonly string[]): string | undefined {
  if (body.length === 0) return undefined;
  const endsOpen = preposition.test(body.at(-1) ?? '');
  if (doForm.test(verb) || (auxiliary.test(verb) && endsOpen)) {
    const at = objectPlace(body);
    return `${capitalised(verb)} ${[...body.slice(0, at), answer, ...body.slice(at)].join(' ')}`;
  }
  const phrase = body.join(' ');
  if (auxiliary.test(verb)) return `${capitalised(verb)} ${answer} ${phrase}`;
  if (!/ed$/iu.test(verb)) return `Does ${answer} ${baseForm(verb)} ${phrase}`;
  const isPassive = preposition.test(body[0] ?? '');
  // `Which drugs used in leukemia are inhibitors of ABL`: the predicate is the second one.
  const second = isPassive ? body.findIndex((word) => auxiliary.test(word) || doForm.test(word)) : -1;
  if (second >= 0) return asked(answer, body.slice(second));
  return `${isPassive ? 'Is ' : ''}${answer} ${verb} ${phrase}`;
}

/** The place of the answer after `does` and its subject: before `in the heart`, or at the end. */
function objectPlace(body: readonly string[]): number {
  const at = body.findIndex((word, index) => index > 1 && index < body.length - 1 && preposition.test(word));
  return at < 0 ? body.length : at;
}

/** The number of words of the noun phrase after "which": all if its end is not found. */
function phraseLength(words: readonly string[]): number {
  for (const [at, word] of words.slice(0, maxPhraseWords + 1).entries()) {
    if (endsPhrase(word) || isVerbForm(word)) return at;
    const before = words[at - 1];
    if (before === undefined) continue;
    if (preposition.test(word)) {
      if (!kindNoun.test(before) || !/^of$/iu.test(word)) return at;
    } else if (isVerbAfter(before, word)) {
      // `Which receptor tyrosine kinase is mutated`: the noun goes on up to the auxiliary.
      const next = words.slice(at, at + 3).findIndex(endsPhrase);
      return next < 0 ? at : at + next;
    }
  }
  return words.length;
}

function endsPhrase(word: string): boolean {
  return auxiliary.test(word) || doForm.test(word) || relativePronoun.test(word);
}

/** Whether a word is the verb after a noun, or a word that belongs to neither. */
function isVerbAfter(before: string, word: string): boolean {
  const isNoun = nounType(word.toLowerCase()) !== undefined || otherNoun.test(word.replace(/s$/iu, ''));
  if (isNoun) return false;
  const isOne = !/s$/iu.test(before);
  const isHead = nounType(before.toLowerCase()) !== undefined || otherNoun.test(before);
  if (isOne) return isHead;
  return isPluralNoun(before.toLowerCase()) && !isPluralNoun(word.toLowerCase());
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();
}

/** `inhibit` for `inhibits`. */
function baseForm(verb: string): string {
  return verb
    .replace(/ies$/iu, 'y')
    .replace(/(ss|sh|ch|x)es$/iu, '$1')
    .replace(/([^su])s$/iu, '$1');
}
