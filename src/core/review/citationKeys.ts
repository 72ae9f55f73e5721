import { familyName } from '../records/record';
import type { ReviewRecord } from './reviewData';

type KeyedRecord = Pick<ReviewRecord, 'id' | 'key' | 'authors' | 'year' | 'title'>;

/**
 * The citation keys of records, by their ids. A key that the file states is kept if Pandoc, BibTeX and Quarto accept it and no
 * earlier record has it. The others are made of the family name of the first author, the year and the first word of the title
 * that says something: `smith2019cancer`, then `smith2019cancera`, `smith2019cancerb`. Keys differ not only in case, because
 * BibTeX does not tell such keys apart.
 *
 * @param records In the order of their imports. A key depends on earlier records only, so that later ones never change it.
 */
export function citationKeys(records: readonly KeyedRecord[]): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  const letters = new Map<string, number>();
  const keys = new Map<string, string>();
  for (const record of records) {
    if (keys.has(record.id)) continue;
    const stated = record.key?.trim() ?? '';
    const key = isCitationKey(stated) && !taken.has(stated.toLowerCase()) ? stated : freeKey(record);
    taken.add(key.toLowerCase());
    keys.set(record.id, key);
  }
  return keys;

  function freeKey(record: KeyedRecord): string {
    const base = madeKey(record);
    for (let number = letters.get(base) ?? 0; ; number += 1) {
      const key = base + lettersOf(number);
      if (taken.has(key)) continue;
      letters.set(base, number + 1);
      return key;
    }
  }
}

/** Keys of Pandoc in ASCII: single signs stand inside only. */
const keySyntax = /^[A-Za-z_]\w*(?:[:.+-]\w+)*$/;
/** Prefixes that Quarto takes for references to figures, tables, theorems and the like. */
const crossReference =
  /^(?:fig|tbl|lst|eq|sec|thm|lem|cor|prp|cnj|def|exm|exr|sol|rem|alg|tip|nte|wrn|imp|cau|vid|dia|suppfig)-/i;
/** Numbers that databases and screening programs give to records. */
const accession =
  /^(?:PMC\d|(?:WOS|MEDLINE|BIOSIS|CCC|INSPEC|DOI|PMID|ISI):|rayyan-|covidence_)|^[A-Z]{1,4}[-_:]?\d{5,}$/i;
const maxKeyLength = 80;

/** Whether an identifier is a citation key that Pandoc, BibTeX and Quarto accept, and no number of a database. */
export function isCitationKey(text: string): boolean {
  return (
    text.length <= maxKeyLength && keySyntax.test(text) && !crossReference.test(text) && !accession.test(text)
  );
}

function madeKey({ authors, year, title = '' }: KeyedRecord): string {
  const [author = ''] = authors;
  const name = latinLetters(familyName(author))
    .replace(/[^a-z]/g, '')
    .slice(0, maxPartLength);
  const words = latinLetters(title).match(/[a-z\d]+/g) ?? [];
  const word = words.find((each) => /[a-z]{2}/.test(each) && !stopWords.has(each)) ?? '';
  return (
    (name === '' ? 'anon' : name) + (year === undefined ? '' : String(year)) + word.slice(0, maxPartLength)
  );
}

const maxPartLength = 24;

const stopWords = new Set(
  (
    'a about after against all among an and are as at before between by can do does during for from has have how in into is ' +
    'its may new no not of on or our over than that the their these this those to towards under upon use using versus via vs ' +
    'was were what when where whether which who why will with within without ' +
    'am auf aus bei das dem den der des die ein eine einer eines fur im ist mit nach und vom von vor wie zu zum zur ' +
    'aux ce chez dans de du en entre est et la le les par pour sur un une ' +
    'con del el la las los para por se su sus'
  ).split(' '),
);

/** Letters that have no decomposition in Unicode. */
const foldedLetters: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ß: 'ss',
    æ: 'ae',
    œ: 'oe',
    ø: 'o',
    đ: 'd',
    ð: 'd',
    þ: 'th',
    ł: 'l',
    ı: 'i',
    ħ: 'h',
    ŋ: 'n',
  }),
);

/** The text in lower case, with Latin letters without accents. */
function latinLetters(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .replace(/[^\p{ASCII}]/gu, (letter) => foldedLetters.get(letter) ?? letter);
}

/** Nothing for 0, then `a` … `z`, `aa`, `ab` … */
function lettersOf(number: number): string {
  return number === 0
    ? ''
    : lettersOf(Math.floor((number - 1) / 26)) + String.fromCharCode(97 + ((number - 1) % 26));
}
