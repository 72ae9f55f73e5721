/**
 * Says an improvement plainly. "Ameliorates memory impairment" improves memory, but the stance model reads "impairment"
 * as the opposite of what "Does it improve memory?" asks.
 */

const relieving =
  'ameliorat(?:es|ed|ing|e|ion)|attenuat(?:es|ed|ing|e|ion)|alleviat(?:es|ed|ing|e|ion)|revers(?:es|ed|ing|e|al)|' +
  'prevent(?:s|ed|ing|ion)?|protect(?:s|ed|ing|ion)? (?:from|against)|reduc(?:es|ed|ing|e|tion)|lessen(?:s|ed|ing)?|' +
  'diminish(?:es|ed|ing)?|mitigat(?:es|ed|ing|e|ion)|counteract(?:s|ed|ing)?|rescu(?:es|ed|ing|e)|' +
  'abolish(?:es|ed|ing)?|improv(?:es|ed|ing|e|ement)|correct(?:s|ed|ing)?|suppress(?:es|ed|ing)?';

const impairment =
  'impairments?|deficits?|dysfunctions?|deterioration|decline|disturbances?|deficiency|failure';

/** The verb, words between, what is impaired, and the impairment. */
const relieved = new RegExp(
  String.raw`\b(${relieving})((?:\s+(?:of|in|the|an?|both))*(?:\s+[\p{L}\p{N}()-]+-(?:induced|associated|related|mediated|dependent))?(?:\s+[\p{L}-]+,?){0,3}?\s+(?:and\s+)?[\p{L}-]+)\s+(?:${impairment})\b`,
  'iu',
);

const isAboutImpairment = new RegExp(
  String.raw`\b(?:${impairment}|impair\w*|damage\w*|injur\w+|loss|lost)\b`,
  'iu',
);

/** Words by which a sentence says that the impairment was not relieved. */
const denied = /\b(?:not?|neither|nor|without|fail\w*|unable)\b|n['’]t\b/iu;

/**
 * The sentence with "improves memory" for "ameliorates memory impairment", if the question does not ask about the impairment.
 *
 * @param question The question in its affirmative form.
 */
export function withImprovements(sentence: string, question: string): string {
  if (isAboutImpairment.test(question)) return sentence;
  const match = relieved.exec(sentence);
  if (!match) return sentence;
  const [phrase, verb = '', rest = ''] = match;
  if (denied.test(rest)) return sentence;
  return (
    sentence.slice(0, match.index) +
    improvementLike(verb) +
    rest +
    sentence.slice(match.index + phrase.length)
  );
}

/** The form of "improve" that stands where the verb stood. */
function improvementLike(verb: string): string {
  const [word = ''] = verb.toLowerCase().split(' ');
  if (/(?:ion|al|ement)$/u.test(word)) return 'improvement';
  if (word.endsWith('ing')) return 'improving';
  if (word.endsWith('ed')) return 'improved';
  return word.endsWith('s') && !word.endsWith('ss') ? 'improves' : 'improve';
}
