/**
 * The letters of the font Symbol, by code (Adobe Symbol encoding). Word stores them in a private range from U+F000, or
 * as Latin letters in that font, as EndNote does.
 */
const greek = 'ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ';
const small = 'αβχδεφγηιϕκλμνοπθρστυϖωξψζ';
const others: Readonly<Record<number, string>> = {
  0x2d: '−',
  0x40: '≅',
  0x5e: '⊥',
  0xa3: '≤',
  0xa5: '∞',
  0xab: '↔',
  0xac: '←',
  0xad: '↑',
  0xae: '→',
  0xaf: '↓',
  0xb0: '°',
  0xb1: '±',
  0xb3: '≥',
  0xb4: '×',
  0xb5: '∝',
  0xb7: '•',
  0xb9: '≠',
  0xbb: '≈',
  0xd7: '⋅',
};

/** The character for a code of the font Symbol; U+F000 may be added to the code. */
export function symbolCharacter(code: number): string {
  const plain = code >= 0xf000 ? code - 0xf000 : code;
  if (plain >= 0x41 && plain <= 0x5a) return greek.charAt(plain - 0x41);
  if (plain >= 0x61 && plain <= 0x7a) return small.charAt(plain - 0x61);
  return others[plain] ?? (plain >= 0x20 && plain < 0x7f ? String.fromCharCode(plain) : ' ');
}

/** Characters of the private range of Symbol in a text, whatever its font. */
export function withoutPrivateSymbols(text: string): string {
  return text.replace(/[\uF020-\uF0FF]/g, (character) => symbolCharacter(character.charCodeAt(0)));
}
