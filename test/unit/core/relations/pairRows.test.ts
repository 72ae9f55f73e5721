import { describe, expect, it } from 'vitest';
import type { MentionPair } from '../../../../src/core/relations/candidates';
import type { PairwiseConfig } from '../../../../src/core/relations/config';
import { maxPairsOfSentence, nearestPairs, pairRows } from '../../../../src/core/relations/pairRows';
import type { MentionSentence } from '../../../../src/core/relations/window';
import { createTokenizer } from '../../../../src/core/tokens/encode';
import { vocabularyFromText } from '../../../../src/core/tokens/vocabulary';

const pieces = [
  ...[
    '[PAD]',
    '[UNK]',
    '[CLS]',
    '[SEP]',
    '[E1]',
    '@',
    '$',
    'gene',
    'disease',
    '-',
    '.',
    'the',
    'a',
    'b',
    'x',
  ],
  ...['##s', 'of', 'causes', '(', ')'],
];
const vocabulary = vocabularyFromText(`${pieces.join('\n')}\n`);
const tokenizer = createTokenizer(vocabulary, { lowercase: true, spaceChineseCharacters: true });

const config: PairwiseConfig = {
  heads: [],
  mentions: new Map([
    ['Gene', '@GENE$'],
    ['Disease', '@DISEASE$'],
  ]),
  addedTokens: new Map(),
  outputs: [undefined, 'causes'],
  tokenTypes: 'segments',
  maxTokens: 64,
};

/** A sentence with its mentions: `a` and `as` are genes, `b` is a disease. */
function sentenceOf(
  text: string,
  spans: readonly (readonly [start: number, end: number])[],
): MentionSentence {
  const run = { start: 0, length: text.length, documentStart: 0, documentLength: text.length };
  const mentions = spans.map(([start, end]) => {
    const name = text.slice(start, end);
    const type = name.startsWith('b') ? 'Disease' : 'Gene';
    return { start, end, entity: { start, end, text: name, name, type, probability: 1 } };
  });
  return { segment: { text, base: 0, runs: [run] }, span: { start: 0, end: text.length }, mentions };
}

const read = (rows: ReturnType<typeof pairRows>) =>
  rows.map(({ tokens }) => [...tokens.ids].map((id) => pieces[id]).join(' '));

const pair: MentionPair = [0, 1];

describe('pairRows', () => {
  it('replaces the names by masks and keeps the rest of the sentence', () => {
    const rows = pairRows(
      [
        sentenceOf('The a-x causes (b).', [
          [4, 5],
          [16, 17],
        ]),
      ],
      [pair],
      tokenizer,
      config,
    );
    expect(read(rows)).toEqual(['[CLS] the @ gene $ - x causes ( @ disease $ ) . [SEP]']);
    expect(rows[0]).toMatchObject({ pair, places: new Map() });
  });

  it('keeps the text order if the object comes first', () => {
    const sentence = sentenceOf('b of a.', [
      [0, 1],
      [5, 6],
    ]);
    expect(read(pairRows([sentence], [[1, 0]], tokenizer, config))).toEqual([
      '[CLS] @ disease $ of @ gene $ . [SEP]',
    ]);
  });

  it.each([
    [
      { subject: '[E1] {} [/E1]', object: '<< {} >>' },
      '[CLS] [E1] a [NEW] causes [UNK] [UNK] b [UNK] [UNK] . [SEP]',
    ],
    [{ first: '{}', second: '@ {} $' }, '[CLS] a causes @ b $ . [SEP]'],
    [{ Gene: '@', second: '$' }, '[CLS] @ causes $ . [SEP]'],
  ])('writes mentions by type, role or position: %j', (mentions, expected) => {
    const sentence = sentenceOf('a causes b.', [
      [0, 1],
      [9, 10],
    ]);
    const spelled = {
      ...config,
      mentions: new Map(Object.entries(mentions)),
      addedTokens: new Map([['[/E1]', 90]]),
    };
    const [row = ''] = read(pairRows([sentence], [pair], tokenizer, spelled)).map((each) =>
      each.replace(/ {2}/u, ' [NEW] '),
    );
    expect(row).toBe(expected);
  });

  it('cuts a sentence that is too long around the pair', () => {
    const text = `${'x '.repeat(40)}a causes b${' x'.repeat(40)}`;
    const rows = pairRows(
      [
        sentenceOf(text, [
          [80, 81],
          [89, 90],
        ]),
      ],
      [pair],
      tokenizer,
      { ...config, maxTokens: 20 },
    );
    expect(rows[0]?.tokens.ids).toHaveLength(20);
    expect(read(rows)[0]).toContain('x @ gene $ causes @ disease $ x');
    // Room that one side does not need is used by the other.
    const late = pairRows(
      [
        sentenceOf(text.slice(0, 90), [
          [80, 81],
          [89, 90],
        ]),
      ],
      [pair],
      tokenizer,
      { ...config, maxTokens: 20 },
    );
    expect(late[0]?.tokens.ids).toHaveLength(20);
    expect(read(late)[0]).toMatch(/x @ gene \$ causes @ disease \$ \[SEP\]$/u);
  });

  it('writes no row if the names overlap, are in two sentences or too far apart', () => {
    const nested = sentenceOf('as of b.', [
      [0, 2],
      [0, 1],
    ]);
    expect(pairRows([nested], [pair], tokenizer, config)).toEqual([]);
    const two = [sentenceOf('a.', [[0, 1]]), sentenceOf('b.', [[0, 1]])];
    expect(pairRows(two, [pair], tokenizer, config)).toEqual([]);
    const apart = sentenceOf(`a ${'x '.repeat(90)}b`, [
      [0, 1],
      [182, 183],
    ]);
    expect(pairRows([apart], [pair], tokenizer, config)).toEqual([]);
  });
});

describe('nearestPairs', () => {
  it('keeps all pairs of an ordinary sentence', () => {
    const pairs: MentionPair[] = [
      [0, 1],
      [1, 2],
    ];
    expect(
      nearestPairs(pairs, [
        sentenceOf('a b a', [
          [0, 1],
          [2, 3],
          [4, 5],
        ]),
      ]),
    ).toEqual(pairs);
  });

  it('keeps the nearest pairs of a sentence with very many names, and all of the others', () => {
    const count = 40;
    const long = sentenceOf(
      'a '.repeat(count),
      Array.from({ length: count }, (_, i) => [2 * i, 2 * i + 1]),
    );
    const short = sentenceOf('a b', [
      [0, 1],
      [2, 3],
    ]);
    const pairs = Array.from({ length: count }, (_, i) =>
      Array.from({ length: count }, (__, j): MentionPair => [i, j]).slice(i + 1),
    ).flat();
    const asked = nearestPairs([...pairs, [count, count + 1]], [long, short]);
    expect(asked).toHaveLength(maxPairsOfSentence + 1);
    expect(asked).toContainEqual([count, count + 1]);
    const distances = asked.slice(0, -1).map(([a, b]) => b - a);
    expect(Math.max(...distances)).toBeLessThan(9);
  });
});
