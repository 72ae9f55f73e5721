/** The character that `&body;` stands for; `undefined` if the body is no number, as in `&#945;` and `&#x3b1;`. */
export function decodeNumericReference(body: string): string | undefined {
  if (!body.startsWith('#')) return undefined;
  const code = /^#x/i.test(body) ? Number.parseInt(body.slice(2), 16) : Number.parseInt(body.slice(1), 10);
  const valid = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return valid ? String.fromCodePoint(code) : '\uFFFD';
}
