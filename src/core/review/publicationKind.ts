import type { Reference } from './reviewData';

/** The kinds of publications that citation styles treat in different ways. */
export type PublicationKind =
  'article' | 'book' | 'chapter' | 'conference' | 'thesis' | 'report' | 'preprint' | 'other';

/**
 * The names of the kinds in RIS, BibTeX, CSL, EndNote and in tables of databases, in lower case. The first that matches
 * decides.
 */
const names: readonly (readonly [PublicationKind, RegExp])[] = [
  ['thesis', /^(?:thes|thesis|(?:phd|masters)thesis)$|dissertation|\bthesis\b/],
  ['chapter', /^(?:chap|echap|chapter|incollection|inbook)$|\bchapter\b|\bbook section\b/],
  ['conference', /^(?:cpaper|conf|inproceedings|conference)$|conference|proceedings|\bmeeting\b/],
  ['report', /^(?:rprt|techreport)$|\breport$/],
  ['preprint', /preprint/],
  ['book', /^(?:edbook|ebook|mvbook|collection)$|^(?:whole |edited |electronic )?book$/],
  ['article', /^(?:jour|ejour|jfull|mgzn|j)$|article|journal|review|letter|editorial|trial/],
  ['other', /^(?:gen|misc|generic|unpb|unpublished|document|elec|online|webpage|web page|data|dataset)$/],
];

/** Types that PubMed gives to articles as well. */
const articleTypes = /^(?:case reports?|clinical conference|consensus development conference)/;

/** The kind of a publication by the types that its record states. Default: an article if it names a journal. */
export function publicationKind({ types, journal }: Pick<Reference, 'types' | 'journal'>): PublicationKind {
  for (const type of types) {
    const name = type.trim().toLowerCase();
    if (articleTypes.test(name)) continue;
    const found = names.find(([, pattern]) => pattern.test(name));
    if (found) return found[0];
  }
  return journal === undefined ? 'other' : 'article';
}
