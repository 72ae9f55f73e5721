import { familyName } from '../records/record';

/** A text on one line: white space is one space each, and control characters are left out. */
export function oneLine(text: string): string {
  return text
    .replace(/[\s\u0085\u001c-\u001f]+/gu, ' ')
    .replace(/\p{Cc}+/gu, '')
    .trim();
}

/** The texts on one line each, without those that are empty. */
export function filled(texts: readonly (string | undefined)[]): string[] {
  return texts.map((text) => oneLine(text ?? '')).filter((text) => text !== '');
}

/**
 * A list in one field. Semicolons divide the items; one follows a single item in which a reader would take a comma or a bar
 * for the end of an item: `Receptors, Estrogen;`.
 */
export function listField(items: readonly string[]): string {
  const texts = filled(items);
  const [first = ''] = texts;
  return texts.length === 1 && /[,|]/.test(first) ? `${first};` : texts.join('; ');
}

/** An author with the two parts of a name, or the name of a group in one piece. */
export type PersonName = { readonly family: string; readonly given: string } | { readonly literal: string };

/** Divides the name of an author: `Müller, Anna`, `Müller A` and `Anna Müller` are the same person. */
export function personName(author: string): PersonName {
  const name = oneLine(author);
  const family = familyName(name);
  const comma = name.indexOf(',');
  if (comma > 0) {
    const given = name.slice(comma + 1).trim();
    return given === '' ? { literal: family } : { family, given };
  }
  if (family === name) return { literal: name };
  const given = name.startsWith(family) ? name.slice(family.length) : name.slice(0, -family.length);
  return { family, given: given.trim() };
}

/** `Müller, Anna`, as RIS asks for it, or the name of a group. */
export function invertedName(author: string): string {
  const name = personName(author);
  return 'literal' in name ? name.literal : `${name.family}, ${name.given}`;
}

/**
 * Matches the beginning of what readers take for a character reference or a tag. Titles have no markup once they are
 * read, so that in them it is ordinary text.
 */
export const markupLike = /&(?=[#A-Za-z][A-Za-z\d]{0,40};)|<(?=\/?[A-Za-z])/g;
