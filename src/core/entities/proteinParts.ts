/**
 * Gives names of proteins that the tagger takes apart their whole extent: `BCR` and `ABL` of the fusion BCR-ABL become
 * one gene, and `aspartate` of aspartate transaminase, which is no chemical there, becomes the enzyme.
 */
import { fusionsIn } from '../text/fusions';
import { matchSpans } from '../text/matchSpans';
import { bySpan, overlaps } from '../spanOrder';
import type { Span } from '../types';
import type { DecodedSpan } from './spanCache';

/**
 * Proteins that are named after a chemical. Corpora of chemicals (BC5CDR) mark the chemical in most other such names
 * (`dopamine receptor`, `calcium channel`), and the tagger follows them, so that the list is short.
 */
const named = [
  String.raw`(?:alanine|aspartate)\s(?:amino\s?transferases?|transaminases?)`,
  String.raw`prostaglandin[\s-](?:(?:G\/H|H2?)(?:\sendoperoxide)?|endoperoxide(?:\sH)?)\ssynth(?:et)?ases?`,
  String.raw`(?:(?:mammalian|mechanistic)\s)?target\sof\srapamycin`,
];

/** Classes of proteins: a chemical in their names is not marked, and the class is no gene of its own. */
const classes = [
  String.raw`(?:tyrosine|serine|threonine)(?:(?:\s?[/-]\s?|\s(?:and|or)\s)(?:tyrosine|serine|threonine))*[\s-](?:protein[\s-])?(?:kinases?|phosphatases?)`,
];

const namedPattern = wordsPattern(named);
const pattern = wordsPattern([...named, ...classes]);

function wordsPattern(names: readonly string[]): RegExp {
  return new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${names.join('|')})(?![\p{L}\p{N}])`, 'giu');
}

/** The names of proteins and their classes in which a chemical is no name of its own. */
export function namesWithChemicals(text: string): readonly Span[] {
  return matchSpans(text, pattern);
}

/**
 * Replaces the parts of such names by the whole names.
 *
 * @param spans Spans of `text`, sorted, without overlaps.
 */
export function joinProteinParts(spans: readonly DecodedSpan[], text: string): readonly DecodedSpan[] {
  let joined = spans;
  for (const place of fusionsIn(text)) joined = join(joined, place, 'Gene');
  for (const place of matchSpans(text, namedPattern)) joined = join(joined, place, 'Chemical');
  return joined;
}

/** Puts one gene in the place of the parts of a type, unless a name covers more than the place. */
function join(spans: readonly DecodedSpan[], place: Span, part: string): readonly DecodedSpan[] {
  const inside = spans.filter((span) => overlaps(span, place));
  const parts = inside.filter(({ type }) => type === part);
  const isBeyond = inside.some(({ start, end }) => start < place.start || end > place.end);
  if (parts.length === 0 || isBeyond) return spans;
  const probability = Math.max(...inside.map((each) => each.probability));
  const whole: DecodedSpan = { start: place.start, end: place.end, type: 'Gene', probability };
  return [...spans.filter((span) => !inside.includes(span)), whole].sort(bySpan);
}
