import type { QuestionKind } from '../types';

const auxiliary =
  /^(?:is|are|was|were|am|do|does|did|has|have|had|can|could|should|shall|will|would|may|might|must)(?:n['’]t)?$/;
const questionWord = /^(?:what|which|who|whom|whose|where|when|why|how)$/;
const listVerb = /^(?:list|name|enumerate|give|mention|describe)$/;

/** Nouns in -s that are no plural: `analysis`, `virus`, `diabetes`, `process`. */
const singular = /(?:ss|us|is|sis|itis|betes|pox|ics|measles|mumps|rabies|herpes|species|series)$/;
const plural =
  /(?:[a-z0-9]{2,}s|genes?\/proteins?|criteria|bacteria|phenomena|mitochondria|people|children|mice)$/;

/** Words after the noun that the question is about. */
const verb =
  /^(?:is|are|was|were|do|does|did|has|have|had|can|could|should|will|would|may|might|must|be|been|that|which|who)$/;

/** Verbs of the singular, which look like plurals. */
const singularVerb =
  /^(?:causes|encodes|binds|regulates|inhibits|treats|targets|affects|controls|leads|plays|contains|interacts|occurs|produces|mediates|catalyzes|catalyses|underlies|forms|makes|gives|shows|means|stands|activates|increases|decreases|reduces|induces|results|belongs|describes|refers|acts|works|happens|represents|characterizes|predicts|prevents|promotes|drives|carries|cleaves|blocks|utilizes|uses|harbors|harbours|employs|requires|transcribes|distinguishes|secretes)$/;

/**
 * What kind of answer a question asks for, by its words.
 *
 * A yes-no question begins with an auxiliary verb, or with one after an opening clause ("In asthma, does …"). A list
 * question orders a list ("List …") or asks "which" or "what" of a plural or of several. All others ask for one name
 * or number.
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

/** "In patients with asthma, does …": the auxiliary follows a comma. */
function clauseThenAuxiliary(question: string): boolean {
  return question
    .toLowerCase()
    .split(/[,;:]\s*/)
    .slice(1)
    .some((clause) => auxiliary.test(/^[\p{L}'’]+/u.exec(clause)?.[0] ?? ''));
}

/** Whether what follows "which" or "what" is several things. */
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
  return noun.some((word) => plural.test(word) && !singular.test(word));
}
