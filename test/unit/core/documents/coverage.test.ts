import { describe, expect, it } from 'vitest';
import { unreadIn, type Unread } from '../../../../src/core/documents/coverage';
import { mojibakeIn } from '../../../../src/core/documents/mojibake';
import { parseDocument } from '../../../../src/core/documents/parse';
import type { DocumentFormat } from '../../../../src/core/types';
import { placeOf, proseOf } from './checks';

const unread = (text: string, format: DocumentFormat): readonly Unread[] =>
  unreadIn(parseDocument(text, format));

const sentence = 'Niacin raises the level of uric acid in patients with gout. ';
const record = (title: string) => `TY  - JOUR\nTI  - ${title}\nAB  - ${sentence}\nER  - \n\n`;

describe('what was not read of a document', () => {
  it.each<[string, string, DocumentFormat]>([
    ['a text', sentence.repeat(20), 'plain'],
    ['nothing', '', 'ris'],
    ['a few letters', 'TY  - JOUR\n', 'ris'],
    ['records', record('A').repeat(9), 'ris'],
    ['a short note with code', `Text.\n\n    ${'x = 1; '.repeat(20)}`, 'markdown'],
    ['an entry without prose but with a title', '@misc{k, title={Niacin}}\n@string{a="b"}\n', 'bibtex'],
  ])('is empty for %s', (_name, text, format) => {
    expect(unread(text, format)).toEqual([]);
  });

  it.each<[string, string, DocumentFormat, Partial<Unread>]>([
    [
      'EndNote text read as RIS',
      `%0 Journal Article\n%T Niacin\n%X ${sentence}`,
      'ris',
      { reason: 'nothing', read: 0, looksLike: 'endnote' },
    ],
    ['RIS read as BibTeX', record('A'), 'bibtex', { reason: 'nothing', read: 0, looksLike: 'ris' }],
    ['other XML', `<opml><outline text="${sentence}"/></opml>`, 'jats', { reason: 'nothing', read: 0 }],
    [
      'a list of numbers',
      `Niacin\n\n${'    x = 1; y = 2\n'.repeat(99)}`,
      'markdown',
      { reason: 'little', read: 6 },
    ],
    [
      'records without a text',
      `${record('A').repeat(3)}TY  - JOUR\nAU  - Zinc, A\nER  - \n`,
      'ris',
      { reason: 'records', read: 3, total: 4 },
    ],
    [
      'text outside of records',
      `${record('A')}${sentence.repeat(20)}\n${record('B')}`,
      'ris',
      { reason: 'outside' },
    ],
    ['a wrong encoding', 'SjÃ¶gren, Î²-catenin, TNF-Î±', 'plain', { reason: 'encoding', read: 3 }],
  ])('is told for %s', (_name, text, format, expected) => {
    expect(unread(text, format)).toMatchObject([{ format, ...expected }]);
  });
});

describe('text that was read in a wrong encoding', () => {
  const text = 'Î²-catenin in SjÃ¶gren disease at 37 Â°C â€“ TNF-Î±';

  it('is read as what was meant', () => {
    expect(proseOf(text, 'plain')).toEqual(['β-catenin in Sjögren disease at 37 °C – TNF-α']);
    expect(placeOf(text, 'plain', 'β-catenin')).toBe('Î²-catenin');
    expect(mojibakeIn(text)).toBe(5);
  });

  it.each(['„Fuß“', 'CAFÉ”', '5 Å–10 Å', 'NÃO', 'À «'])('is not seen in %s', (real) => {
    expect(mojibakeIn(real)).toBe(0);
    expect(proseOf(real, 'plain')).toEqual([real]);
  });
});
