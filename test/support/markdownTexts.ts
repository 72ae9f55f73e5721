/** Texts that Markdown may read as markup, for the tests of its escapes. */
import fc from 'fast-check';

const pieces = fc.oneof(
  fc.constantFrom(
    ...[
      '*',
      '**',
      '_',
      '__',
      '`',
      '~',
      '~~',
      '$',
      '^',
      '[',
      ']',
      '(',
      ')',
      '{',
      '}',
      '<',
      '>',
      '|',
      '\\',
      '#',
    ],
    ...[
      '+',
      '-',
      '--',
      '---',
      '=',
      '!',
      '&',
      '&amp;',
      '&#35;',
      '@',
      ':',
      '://',
      '.',
      '1.',
      '1)',
      '(a)',
      'iv.',
    ],
    ...[
      'http',
      'www.',
      'a@b.co',
      '<b>',
      '</b>',
      '<!--',
      '[x]',
      '[ ]',
      '[^1]',
      '](',
      ']:',
      ' ',
      '  ',
      '\n',
      '\t',
    ],
    ...['"', "'", 'a', 'é', '1', '𝒳', 'treats', '50', '–', '“'],
  ),
  fc.string({ unit: 'grapheme', maxLength: 3 }),
);

export const markdownTexts = fc
  .array(pieces, { minLength: 1, maxLength: 12 })
  .map((parts) => parts.join(''))
  .filter((text) => lineOf(text) !== '');

/** A text as Markdown can show it: on one line, without control characters. */
export function lineOf(text: string): string {
  return text
    .replace(/[\u202A-\u202E\u2066-\u2069\u0000-\u0008\u000E-\u001F\u007F-\u0084\u0086-\u009F]/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The text of HTML as a program that renders Markdown writes it. */
export function textOfHtml(html: string): string {
  const references: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return html.replace(/<[^>]*>/g, '').replace(/&(#?\w+);/g, (all, name: string) => references[name] ?? all);
}
