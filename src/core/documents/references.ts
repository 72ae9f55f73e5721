import { decodeNamedCharacterReference } from 'decode-named-character-reference';
import { plainCharacters, withoutInvisible } from '../characters';
import { decodeNumericReference } from './numericReference';
import type { SegmentBuilder } from './segmentBuilder';

const reference = /&(#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][\w.-]{1,31});/g;

/** Entities by name, with their text in which character references are not decoded. */
type Entities = ReadonlyMap<string, string>;
const noEntities: Entities = new Map();

/** Greek letters of ISO 8879 (ISOgrk1), which SGML and old XML use and HTML does not know. */
const isoGreek: ReadonlyMap<string, string> = new Map(
  (
    'agr=α bgr=β ggr=γ dgr=δ egr=ε zgr=ζ eegr=η thgr=θ igr=ι kgr=κ lgr=λ mgr=μ ngr=ν xgr=ξ ogr=ο pgr=π rgr=ρ sgr=σ ' +
    'sfgr=ς tgr=τ ugr=υ phgr=φ khgr=χ psgr=ψ ohgr=ω Agr=Α Bgr=Β Ggr=Γ Dgr=Δ Egr=Ε Zgr=Ζ EEgr=Η THgr=Θ Igr=Ι Kgr=Κ ' +
    'Lgr=Λ Mgr=Μ Ngr=Ν Xgr=Ξ Ogr=Ο Pgr=Π Rgr=Ρ Sgr=Σ Tgr=Τ Ugr=Υ PHgr=Φ KHgr=Χ PSgr=Ψ OHgr=Ω'
  )
    .split(' ')
    .map((pair): [string, string] => [pair.slice(0, -2), pair.slice(-1)]),
);

/** The characters that `&body;` stands for; `undefined` if it is not a character reference. */
function decodeReference(body: string, entities: Entities = noEntities): string | undefined {
  const declared = entities.get(body);
  // The text of an entity is decoded once: entities that name each other could print any amount of text.
  if (declared !== undefined) return decodedReferences(declared);
  return decodeNumericReference(body) ?? (decodeNamedCharacterReference(body) || isoGreek.get(body));
}

/** The text with its character references decoded. @param entities Declared in the document. Default: none. */
export function decodedReferences(text: string, entities: Entities = noEntities): string {
  return text.replace(reference, (whole, body: string) => decodeReference(body, entities) ?? whole);
}

/**
 * Adds source `[start, end)` as prose, with character references decoded.
 * @param entities Declared in the document. Default: none.
 */
export function proseWithReferences(
  builder: SegmentBuilder,
  source: string,
  start: number,
  end: number,
  entities: Entities = noEntities,
): void {
  let from = start;
  for (const match of source.slice(start, end).matchAll(reference)) {
    const at = start + match.index;
    builder.prose(from, at);
    from = at + match[0].length;
    emitReference(builder, match[1] ?? '', at, from, entities);
  }
  builder.prose(from, end);
}

/** Adds the character reference with the name or number `body` at `[start, end)`. */
export function emitReference(
  builder: SegmentBuilder,
  body: string,
  start: number,
  end: number,
  entities: Entities = noEntities,
): void {
  const decoded = decodeReference(body, entities);
  if (decoded === undefined) builder.prose(start, end);
  else if (/^[\s\u00A0]+$/.test(decoded)) builder.space(start, end);
  else builder.replace(plainCharacters(withoutInvisible(decoded)), start, end);
}
