/** Values that questions ask for: numbers, shares, years, countries and chromosomes. */
import { countryNames } from './countryNames';

export type ValueKind = 'count' | 'share' | 'quantity' | 'year' | 'date' | 'country' | 'chromosome';

const digits = /\d/;
const numberWord =
  /\b(?:zero|none|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|half|third|quarter|once|twice|single|both|daily|weekly|monthly|annual(?:ly)?|yearly|lifelong|hourly)\b/i;
const share =
  /%|\bper ?cent\b|\bpercentage\b|\d\s*\/\s*\d|\bin \d|\bout of\b|\bhalf\b|\bthirds?\b|\bquarters?\b|^[01]?\.\d+$/i;
const percentage = /%|\bper ?cent\b/i;
const year = /\b(?:1[6-9]|20)\d\d\b/;
const timeWord =
  /\b(?:january|february|march|april|may|june|july|august|september|october|november|december|century|years?|months?|weeks?|days?|hours?|ago|before|after|during|at birth|decades?|spring|summer|autumn|winter|night|morning|evening|trimester|childhood|adolescence|infancy|onset)\b/i;
const chromosome =
  /\bchromosomes?\b|^(?:[1-9]|1\d|2[0-2]|[XY])(?:[pq][\d.]*(?:-[pq]?[\d.]+)?)?$|\b(?:\d\d?|[XY])[pq]\d/i;

const countries = new RegExp(`(?<!\\p{L})(?:${countryNames.join('|')})(?!\\p{L})`, 'u');

const tests: Readonly<Record<ValueKind, (text: string) => boolean>> = {
  count: (text) => isNumber(text) && !percentage.test(text),
  share: (text) => share.test(text),
  quantity: isNumber,
  year: (text) => year.test(text),
  date: (text) => digits.test(text) || timeWord.test(text),
  country: (text) => countries.test(text),
  chromosome: (text) => chromosome.test(text),
};

/** Whether a text has a value of a kind. */
export function hasValue(kind: ValueKind, text: string): boolean {
  return tests[kind](text);
}

function isNumber(text: string): boolean {
  return digits.test(text) || numberWord.test(text);
}
