/**
 * Names of drugs that no terminology has to know: international nonproprietary names end in the stem of their class
 * (World Health Organization, "The use of stems in the selection of INN"). Terminologies lag behind new drugs.
 */
import { overlaps } from '../spanOrder';
import type { NameReader, PassageName } from './passageNames';

const stems =
  'mab|nib|ciclib|parib|rafenib|lisib|zomib|degib|statin|sartan|vaptan|opril|olol|prazole|conazole|gliptin|gliflozin|' +
  'glutide|glitazone|xaban|gatran|parin|cillin|mycin|micin|floxacin|cycline|buvir|asvir|previr|tegravir|ciclovir|ovir|' +
  'triptan|setron|cept|platin|taxel|rubicin|dipine|zosin|lukast|caine|azepam|azolam|oxetine|peridol|fenac|profen|coxib|' +
  'dronate|dronic|fibrate|kinra|limus|penem|sidone|trexed|trexate|vastin|grel|grelor|orexant|gepant|siran|rsen|leucel';

const drugName = new RegExp(`(?<![\\p{L}\\p{N}-])\\p{L}{3,}(?:${stems})(?![\\p{L}\\p{N}])`, 'giu');

/** Ordinary words with such an ending. */
const words = new Set(['concept', 'accept', 'percept', 'intercept', 'except', 'cocaine']);

/** Adds the drugs that are recognised by their ending to the names that another reader finds. */
export function withDrugNames(names: NameReader | undefined): NameReader {
  return (text) => {
    const known = names?.(text) ?? [];
    const drugs = Array.from(text.matchAll(drugName)).flatMap((match): PassageName[] => {
      const name = match[0].toLowerCase();
      const span = { start: match.index, end: match.index + name.length };
      if (words.has(name) || known.some((other) => overlaps(other, span))) return [];
      return [{ ...span, ids: [`drug ${name}`], types: new Set(['Chemical']) }];
    });
    return drugs.length === 0 ? known : [...known, ...drugs].sort((a, b) => a.start - b.start);
  };
}
