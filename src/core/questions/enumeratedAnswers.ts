/** Answers to list questions that name several things at once. */
import type { AnswerSpan } from './spans';

const separator = /,?\s+(?:and\/or|and|or|plus|as well as)\s+|,\s+/gu;
const maxMembers = 12;
const maxMemberWords = 4;

/**
 * Splits a span such as `ketamine, psilocybin and LSD` into its members. A span with a long member, as a clause has, or
 * with brackets stays whole.
 */
export function splitEnumeration(span: AnswerSpan, text: string): AnswerSpan[] {
  const whole = text.slice(span.start, span.end);
  if (/[()[\]]/.test(whole)) return [span];
  const members: AnswerSpan[] = [];
  let at = 0;
  for (const match of whole.matchAll(separator)) {
    members.push({ ...span, start: span.start + at, end: span.start + match.index });
    at = match.index + match[0].length;
  }
  members.push({ ...span, start: span.start + at });
  const isList =
    members.length > 1 &&
    members.length <= maxMembers &&
    members.every(({ start, end }) => {
      const words = text.slice(start, end).trim().split(/\s+/u);
      return start < end && words.length <= maxMemberWords && /\p{L}/u.test(words.join(''));
    });
  return isList ? members : [span];
}
