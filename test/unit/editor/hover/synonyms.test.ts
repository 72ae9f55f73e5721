import { describe, expect, it } from 'vitest';
import type { Entity } from '../../../../src/core/types';
import { synonymsOf } from '../../../../src/editor/hover/synonyms';

const mention = (name: string): Entity => ({
  start: 0,
  end: name.length,
  text: name,
  name,
  type: 'Chemical',
  probability: 1,
});

describe('synonymsOf', () => {
  it('joins spellings, leaves the own name out and puts the most frequent name first', () => {
    const names = ['MTX', 'mtx', 'methotrexate', 'amethopterin', 'Methotrexate', 'methotrexate'];
    expect(
      synonymsOf('MTX', names.map(mention)).map(({ name, mentions }) => [name, mentions.length]),
    ).toEqual([
      ['methotrexate', 3],
      ['amethopterin', 1],
    ]);
  });
});
