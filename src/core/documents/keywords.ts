import type { Span } from '../types';

/** The first words of the qualifiers of MeSH (https://www.nlm.nih.gov/mesh/subhierarchy.html). */
const qualifiers =
  'administration|adverse|agonists|analogs|analysis|anatomy|antagonists|biosynthesis|blood|cerebrospinal|chemical|' +
  'chemically|chemistry|classification|complications|congenital|cytology|deficiency|diagnosis|diagnostic|diet|drug|' +
  'economics|education|embryology|enzymology|epidemiology|ethics|ethnology|etiology|genetics|growth|history|immunology|' +
  'injuries|innervation|instrumentation|isolation|legislation|metabolism|methods|microbiology|mortality|nursing|' +
  'organization|parasitology|pathogenicity|pathology|pharmacokinetics|pharmacology|physiology|physiopathology|poisoning|' +
  'prevention|psychology|radiation|radiotherapy|rehabilitation|secondary|standards|statistics|supply|surgery|' +
  'therapeutic|therapy|toxicity|transmission|transplantation|trends|ultrastructure|urine|veterinary|virology';

/** A qualifier after a slash, or after a blank in brackets as the Cochrane Library writes it: ` [*therapeutic use]`. */
const qualifier = new RegExp(String.raw`\s?/\s?\*?(?:${qualifiers})\b|\s\[[*/]?(?:${qualifiers})\b`, 'i');

/** The span of a keyword without the star of a major topic and without its qualifiers. */
export function withoutQualifiers(value: string): Span {
  const start = /^\s*\*?\s*/.exec(value)?.[0].length ?? 0;
  const end = value.search(qualifier);
  return { start, end: end < start ? value.length : end };
}

/**
 * The span of a MeSH heading without the star of a major topic and without its qualifiers: `*Breast
 * Neoplasms/*genetics`.
 */
export function heading(value: string): Span {
  const start = value.startsWith('*') ? 1 : 0;
  const slash = value.indexOf('/');
  return { start, end: slash < 0 ? value.length : Math.max(start, slash) };
}

/** The spans of the items of a list. @param separators Matches one item. */
export function itemsOf(value: string, separators: RegExp = /[^;]+/g): readonly Span[] {
  return Array.from(value.matchAll(separators), ({ index, 0: item }) => ({
    start: index,
    end: index + item.length,
  }));
}

/**
 * The items of a list of keywords, each without its qualifiers.
 *
 * @param separators Matches one item. Default: semicolons divide the items, else bars, else commas.
 */
export function keywordsOf(value: string, separators = defaultSeparators(value)): readonly Span[] {
  return itemsOf(value, separators).map(({ start, end }) => {
    const span = withoutQualifiers(value.slice(start, end));
    return { start: start + span.start, end: start + span.end };
  });
}

function defaultSeparators(value: string): RegExp {
  return value.includes(';') ? /[^;]+/g : value.includes('|') ? /[^|]+/g : /[^,]+/g;
}
