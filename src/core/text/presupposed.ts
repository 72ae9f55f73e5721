/**
 * Statements that a sentence takes for granted, so that its cues do not apply to them: `the EGFR inhibitor gefitinib did
 * not prolong survival` says nothing against gefitinib as an inhibitor of EGFR.
 */
import { dashes } from '../characters';
import type { Span } from '../types';
import { auxiliaries } from './auxiliaries';

const roles =
  '(?:inhibitors?|antagonists?|agonists?|blockers?|activators?|modulators?|suppressors?|ligands?|substrates?|inducers?)';
const verbs = `(?:${auxiliaries}|and|or|but|not|by|of|that|which)`;
/** Words of a noun phrase, such as `receptor tyrosine kinase`. */
const nounWords = String.raw`(?:(?!${verbs}\b)[\p{L}\p{N}${dashes}/]+\s+)`;
const bracket = String.raw`(?:\([^()]{1,40}\)\s*)?`;

/** Between a target and a drug: `EGFR kinase inhibitor, gefitinib`, `EGFR inhibitors such as gefitinib`. */
const roleBeforeName = new RegExp(
  String.raw`^[${dashes}\s]*${bracket}${nounWords}{0,4}${bracket}${roles}\s*${bracket},?\s*(?:(?:such as|like|including|namely|e\.g\.,?)\s+)?["'“‘]?(?:\((?:[^()]*\b(?:and|or)\s+)?)?$`,
  'iu',
);
/** Between a drug and a target: `gefitinib, a selective EGFR inhibitor`, `gefitinib (an inhibitor of EGFR`. */
const nameBeforeTarget = new RegExp(
  String.raw`^["'”’]?\s*${bracket}(?:,|\()\s*(?:an?|the|another)\s+(?:${nounWords}|and\s+){0,5}$`,
  'iu',
);
const roleBehindTarget = new RegExp(
  String.raw`^[${dashes}\s]*${bracket}${nounWords}{0,3}${roles}(?![\p{L}\p{N}])`,
  'iu',
);
const nameBeforeRole = new RegExp(
  String.raw`^["'”’]?\s*${bracket}(?:,|\()\s*(?:an?|the|another)\s+(?:${nounWords}|and\s+){0,5}${roles}\s+(?:of|at|for)\s+(?:the\s+)?${nounWords}{0,3}$`,
  'iu',
);

/** Whether two names are told to be target and drug in the phrase that names them, and not by the verb of the sentence. */
export function isEpithet(text: string, first: Span, second: Span): boolean {
  const between = text.slice(first.end, second.start);
  if (roleBeforeName.test(between) || nameBeforeRole.test(between)) return true;
  return nameBeforeTarget.test(between) && roleBehindTarget.test(text.slice(second.end, second.end + 120));
}

const compound = new RegExp(
  String.raw`^[${dashes}]\s?(?:induced|mediated|stimulated|evoked|elicited|triggered|caused|associated|related|dependent)\s+(?:[\p{L}\p{N}${dashes}]+\s+){0,3}$`,
  'iu',
);

/** Verbs whose object is there, whether or not they are denied: `did not prevent cisplatin-induced deafness`. */
const acting =
  /\b(?:prevent|protect|abolish|block|rescue|reduc|attenuat|suppress|impair|improv|inhibit|diminish|delay|affect|alter|influenc|chang|modif|modulat|revers|ameliorat|alleviat|potentiat|enhanc|worsen|exacerbat|explain|unaffected|unchanged|unaltered)\w*/iu;

/** Whether a cue denies something of an effect that is named by its cause, and not that it has this cause. */
export function isGrantedCompound(text: string, cue: Span, first: Span, second: Span): boolean {
  if (!compound.test(text.slice(first.end, second.start))) return false;
  if (cue.start >= second.end) return acting.test(text.slice(cue.start, cue.end + 20));
  if (cue.end > first.start) return false;
  const between = text.slice(cue.end, first.start);
  return /\bthe\s+$/iu.test(between) || acting.test(between);
}

const comparison =
  /^(?:\s+[\p{L}\p{N}-]+){0,6}?\s+(?:(?:more|less|better|worse|superior|inferior|greater|lower|higher|fewer|stronger|weaker|faster|slower|longer|shorter)\b|as \p{L}+ as\b)/iu;
const standard =
  /\b(?:than|to|as|over)\s+(?:(?:an?|the|that|those|of|with|in|matched|standard)\s+)*([\p{L}-]+)/giu;
const nothing =
  /^(?:placebos?|controls?|vehicle|sham|untreated|baseline|nothing|chance|no|expected|normal|healthy|background)$/iu;

/**
 * Whether a cue denies only that something is more than something else: `A is not more effective than B`. That A is no
 * better than a placebo, however, is a denial.
 *
 * @param end The end of the reach of the cue.
 */
export function isDeniedComparison(text: string, cue: Span, end: number): boolean {
  const rest = text.slice(cue.end, end);
  const compared = comparison.exec(rest);
  if (!compared) return false;
  const standards = Array.from(
    rest.slice(compared[0].length - 3).matchAll(standard),
    ([, word = '']) => word,
  );
  return standards.length > 0 && !standards.some((word) => nothing.test(word));
}
