import { auxiliaries } from '../text/auxiliaries';
import type { QuestionKind } from '../types';

const auxiliary = new RegExp(`^(?:am|${auxiliaries})(?:n['’]t)?$`);
const questionWord = /^(?:what|which|who|whom|whose|where|when|why|how)$/;
const listVerb = /^(?:list|name|enumerate|give|mention|describe)$/;

/** Nouns in -s that are not plurals: `analysis`, `virus`, `diabetes`, `process`. */
const singular = /(?:ss|us|is|sis|itis|betes|pox|ics|measles|mumps|rabies|herpes|species|series)$/;
const plural =
  /(?:[a-z0-9]{2,}s|genes?\/proteins?|criteria|bacteria|phenomena|mitochondria|people|children|mice)$/;

/** Words that can follow the noun that the question is about. */
const verb = new RegExp(`^(?:${auxiliaries}|be|been|that|which|who)$`);

/** Singular verbs, which look like plural nouns. */
const singularVerb =
  /^(?:causes|encodes|binds|regulates|inhibits|treats|targets|affects|controls|leads|plays|contains|interacts|occurs|produces|mediates|catalyzes|catalyses|underlies|forms|makes|gives|shows|means|stands|activates|increases|decreases|reduces|induces|results|belongs|describes|refers|acts|works|happens|represents|characterizes|predicts|prevents|promotes|drives|carries|cleaves|blocks|utilizes|uses|harbors|harbours|employs|requires|transcribes|distinguishes|secretes|reverses|harms|breaks|transmits|worsens|lowers|raises|improves|accounts|converts|degrades|metabolises|metabolizes|relieves|antagonises|antagonizes|neutralises|neutralizes|mimics|triggers|spreads|cures|kills|phosphorylates|elevates|stimulates|suppresses|enhances|impairs|damages|destroys|shortens|prolongs|delays|protects|removes|replaces|displaces|inactivates|opens|closes|crosses|delivers|supplies|measures|detects|slows|stops)$/;

/**
 * Recognises from the words of a question which kind of answer it asks for.
 *
 * A yes-no question begins with an auxiliary verb, or has one after an opening clause ("In asthma, does …"). A list
 * question orders a list ("List …"), or asks "which" or "what" with a plural or with several things. All other
 * questions ask for one name or number.
 *
 * @example questionKind('Which genes cause ataxia?') // 'list'
 */
export function questionKind(question: string): QuestionKind {
  const words =
    question
      .toLowerCase()
      .replace(/^\s*please\s+/, '')
      .match(/[\p{L}\p{N}][\p{L}\p{N}'’/-]*/gu) ?? [];
  const [first = ''] = words;
  if (auxiliary.test(first)) return 'yesno';
  if (listVerb.test(first)) return 'list';
  const at = words.findIndex((word) => questionWord.test(word));
  if (at < 0) return clauseThenAuxiliary(question) ? 'yesno' : 'factoid';
  if (!/^(?:what|which|who)$/.test(words[at] ?? '')) return 'factoid';
  return asksForSeveral(words.slice(at + 1)) ? 'list' : 'factoid';
}

/** Whether an auxiliary verb follows a comma: "In patients with asthma, does …". */
function clauseThenAuxiliary(question: string): boolean {
  return question
    .toLowerCase()
    .split(/[,;:]\s*/)
    .slice(1)
    .some((clause) => auxiliary.test(/^[\p{L}'’]+/u.exec(clause)?.[0] ?? ''));
}

/** Whether a word is a verb of the third person singular that often follows what a question is about: `inhibits`. */
export function isVerbForm(word: string): boolean {
  return singularVerb.test(word.toLowerCase());
}

/** Whether a word in small letters looks like a noun in the plural. */
export function isPluralNoun(word: string): boolean {
  return plural.test(word) && !singular.test(word);
}

/** Whether the words after "which" or "what" refer to several things. */
function asksForSeveral(rest: readonly string[]): boolean {
  const [first = ''] = rest;
  if (first === 'are' || first === 'were') return true;
  if (verb.test(first)) return false;
  const end = rest.findIndex(
    (word) => verb.test(word) || singularVerb.test(word) || /^(?:of|in|for|with|by|to|on|from)$/.test(word),
  );
  const noun = rest.slice(0, end < 0 ? Math.min(rest.length, 4) : end);
  const next = end < 0 ? '' : (rest[end] ?? '');
  if (/^(?:are|were|have)$/.test(next)) return true;
  return noun.some(isPluralNoun);
}
