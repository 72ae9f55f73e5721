import { vocabularyFromText } from '../../../../src/core/tokens/vocabulary';

const special = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'];
const characters = [
  ...Array.from('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'),
  ...Array.from('αβγδσéïñ中文한한\u0301'),
];
const signs = [...Array.from('.,;:()[]{}-–/+%<>=\'"“”*#@!?&_|~^$`\\°±×−→')];
const words =
  'the gene cancer breast tumor tumour necrosis factor alpha kinase protein patients with of in and was'.split(
    ' ',
  );
const parts = 'ing ed s er al ic ine ase oma gene cancer ca1 53'.split(' ').map((part) => `##${part}`);

/** A small vocabulary: every letter at the start of and inside a word, some words, some endings. */
export const pieces = [
  ...special,
  ...characters,
  ...characters.map((character) => `##${character}`),
  ...signs,
  ...words,
  ...parts,
];

export const vocabulary = vocabularyFromText(`${pieces.join('\n')}\n`);

/** Sentences with text that is difficult for tokenizers. */
export const sentences = [
  'BRCA1 and p53 in breast cancer.',
  'TNF-α (10 ng/ml) was added; TGF-β1 was not.',
  'naïve T cells of Sjögren’s patients, café, co\u00f6peration, e\u0301te\u0301',
  'İstanbul, ǅ, ﬁbre, Straße, ΑΔΕΛΦΟΣ and ΔΣ',
  '中文基因 BRCA1 遺伝子カナ 유전자',
  'tab\tand\nline\r\nbreak\u00a0no-break\u2003em\u3000wide\u200bzero\u00adsoft\ufeffmark',
  'null\u0000byte, bell\u0007, replacement \ufffd, private \ue000',
  'emoji 🧬🧪 in🧬between, family 👨‍👩‍👧, flag 🇩🇪',
  'العربية עברית mixed ‏with RTL marks‎',
  `${'a'.repeat(100)} ${'b'.repeat(101)} ${'𝒳'.repeat(100)} ${'𝒳'.repeat(101)}`,
  '1.5×10(-6) M, ±0.5 %, <0.001, ≥3, $5, a_b, x^2, `code`, C:\\path',
  '“quoted” ‘single’ …ellipsis—dash–en «guillemets» ‹one› ⟨two⟩',
  '[CLS] is text, [MASK]ed [SEP]arate',
  '',
  '   ',
];
