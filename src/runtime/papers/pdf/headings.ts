import { isBackMatter } from '../../../core/documents/paper';

const names = new RegExp(
  `^(?:(?:\\d{1,2}|[IVX]{1,4})(?:\\.\\d{1,2}){0,3}\\.?\\s)?(?:${[
    'abstract',
    'summary',
    'introduction',
    'background',
    'objectives?',
    'aims?',
    'purpose',
    'rationale',
    'hypothes[ei]s',
    '(?:(?:material|patient|subject|participant|data|animal)s? (?:and|&) )?methods?',
    'methodology',
    'design',
    'experimental (?:section|procedures?)',
    'methods and materials',
    'study design',
    'statistical analys[ei]s',
    'results?',
    'findings',
    'results and discussion',
    'discussion',
    'discussion and conclusions?',
    'conclusions?',
    'concluding remarks',
    'interpretation',
    'limitations?',
    'keywords?',
    'key ?points',
    'highlights',
    'abbreviations',
    'supplementary (?:materials?|data|information)',
    'supporting information',
    'appendix(?: [A-Z\\d])?',
    'data availability(?: statement)?',
    'availability of data(?: and materials?)?',
    'ethics(?: statement| approval)?',
    'case (?:report|presentation)',
    'figure legends?',
    'tables?',
  ].join('|')})\\s?[:.]?$`,
  'i',
);

/** A heading printed with spaced letters is read as its words: `A B S T R A C T`. */
export function unspaced(text: string): string {
  if (text.length > 80 || !/^(?:\p{L} {1,3}){3,}\p{L}$/u.test(text)) return text;
  return text
    .replace(/ {2,}/g, '\u0000')
    .replace(/ /g, '')
    .replace(/\u0000/g, ' ');
}

/** Whether a line is a heading that most papers have, whatever its font. */
export function isKnownHeading(text: string): boolean {
  const line = unspaced(text.trim());
  if (line.length > 60 || /^[\p{Ll}]/u.test(line)) return false;
  return names.test(line) || isBackMatter(line);
}

/** Whether a heading begins the references. */
export function isReferences(text: string): boolean {
  return isBackMatter(text) && /refer|bibliog|cited/i.test(unspaced(text));
}

const numbered = /^(?:\d{1,2}|[A-Z]|[IVX]{1,4})(?:\.\d{1,2}){0,3}\.?\s+\p{Lu}/u;

/** Whether the words of a line could be those of a heading; its font decides. */
export function couldBeHeading(text: string): boolean {
  const words = text.split(' ').length;
  return (
    words <= 16 &&
    text.length <= 140 &&
    /^[\p{Lu}\p{N}]/u.test(text) &&
    !/[.;,:]$|[-‐]$/.test(text.replace(/\betc\.$/, ''))
  );
}

export function isNumberedHeading(text: string): boolean {
  return numbered.test(text) && couldBeHeading(text) && text.split(' ').length <= 12;
}

const caption =
  /^(?:(?:Supplement(?:ary|al) |Extended Data )?(?:Fig(?:ure|s)?\.?|Tables?|Scheme|Box|Chart|Plate)\s?S?\d|(?:FIG(?:URE)?|TABLE)\.? ?[\dIVX]+)/;

export function isCaption(text: string): boolean {
  return caption.test(text);
}

const backMatterNote =
  /^(?:Acknowledge?ments?|Funding|Financial support|Authors?[’'] contributions?|Author Contributions|Conflicts? of interests?|Competing interests?|Declaration of (?:competing )?interests?|Disclosures?|Institutional Review Board Statement|Informed Consent Statement|Publisher[’']s Note)(?:\s?[:.—–-]\s|\s(?=\p{Lu}))/iu;

/** Whether a paragraph begins with the name of a part without prose, as in `Funding: This work was …`. */
export function isBackMatterNote(text: string): boolean {
  return text.length < 3000 && backMatterNote.test(text);
}

const affiliation =
  /\b(?:Universi|Department|Dept\.|Institut|Hospital|Faculty|School of|Division of|Cent(?:er|re) (?:for|of)|College|Laborator|Correspond|ORCID|Academy|Clinic\b|Inc\.|Ltd|GmbH)|@[\w.-]+\.\w|^(?:Received|Accepted|Published|Edited by|Reviewed by|Citation|Academic Editor)\b|©|\blicen[sc]e/;

/** Whether a paragraph of the first page names authors or their addresses, or says who published the paper and when. */
export function isFrontMatter(text: string): boolean {
  return (text.length < 1200 && affiliation.test(text)) || isNameList(text);
}

/** `Jane Q. Miller, Chidi Okafor and Li Chen`: nearly all words are names or initials. */
function isNameList(text: string): boolean {
  const words = text.split(/[\s,;*†‡§&\d]+/).filter((word) => word !== '' && word !== 'and');
  if (words.length < 2 || words.length > 120 || /[.!?]$/.test(text) || !/,|\band\b|&/.test(text))
    return false;
  const names = words.filter((word) =>
    /^(?:\p{Lu}\p{Ll}+(?:[-’']\p{Lu}\p{Ll}+)*|\p{Lu}{1,2}\.?(?:-?\p{Lu}\.?)?|(?:de|van|von|der|la|di|el|al|MD|PhD|MSc))$/u.test(
      word,
    ),
  );
  return names.length >= 0.85 * words.length;
}
