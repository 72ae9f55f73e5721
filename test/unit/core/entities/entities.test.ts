import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDecoder } from '../../../../src/core/entities/entities';
import { errorCodes } from '../../../../src/core/errors';
import { logitsOf } from './decode';

const labels = ['O', 'B-Gene', 'I-Gene', 'B-Disease', 'I-Disease'];
const perType = createDecoder({ labels, decoding: 'per-type', calibration: {} });
const joint = createDecoder({ labels, decoding: 'joint', calibration: {} });

describe('createDecoder', () => {
  it('reads entities and multiplies the probabilities of their labels and of their end', () => {
    const logits = logitsOf([
      [0.9, 0.1, 0, 0, 0],
      [0.2, 0.8, 0, 0, 0],
      [0.1, 0.2, 0.7, 0, 0],
      [0.6, 0.1, 0.3, 0, 0],
    ]);
    for (const decode of [perType, joint]) {
      const [entity, ...others] = decode(logits, 4);
      expect(others).toEqual([]);
      expect(entity).toMatchObject({ type: 'Gene', start: 1, end: 3 });
      expect(entity?.probability).toBeCloseTo(0.8 * 0.7 * (1 - 0.3), 5);
    }
  });

  it.each(['__proto__', 'constructor', 'toString'])('finds entities of a type called %s', (type) => {
    const names = ['O', `B-${type}`, `I-${type}`];
    const decode = createDecoder({ labels: names, decoding: 'per-type', calibration: {} });
    const [entity] = decode(logitsOf([[0.1, 0.9, 0]]), 1);
    expect(entity?.type).toBe(type);
    expect(entity?.probability).toBeCloseTo(0.9, 5);
  });

  it('needs no end after the last word', () => {
    const [entity] = joint(logitsOf([[0.1, 0.9, 0, 0, 0]]), 1);
    expect(entity?.probability).toBeCloseTo(0.9, 5);
  });

  it('starts a new entity at B right after another', () => {
    const row = [0.05, 0.9, 0.05, 0, 0];
    expect(joint(logitsOf([row, row]), 2).map(({ start, end }) => [start, end])).toEqual([
      [0, 1],
      [1, 2],
    ]);
  });

  it('never returns an I without a B: it takes the best well-formed sequence', () => {
    const startsInside = logitsOf([
      [0.3, 0.1, 0.6, 0, 0],
      [0.1, 0.1, 0.8, 0, 0],
    ]);
    // B I: 0.1 · 0.8, O O: 0.3 · 0.1.
    expect(perType(startsInside, 2).map(({ start, end }) => [start, end])).toEqual([[0, 2]]);
    const strayInside = logitsOf([
      [0.9, 0.05, 0.05, 0, 0],
      [0.35, 0.05, 0.6, 0, 0],
    ]);
    expect(perType(strayInside, 2)).toEqual([]);
  });

  it('does not let I of one type continue another', () => {
    const logits = logitsOf([
      [0.05, 0.9, 0.05, 0, 0],
      [0.3, 0, 0, 0.1, 0.6],
    ]);
    expect(joint(logits, 2).map(({ type, start, end }) => [type, start, end])).toEqual([['Gene', 0, 1]]);
  });

  it('per type, compares each type only with outside and keeps the more probable of two that overlap', () => {
    const logits = logitsOf([
      [0.1, 0.3, 0, 0.6, 0],
      [0.1, 0, 0.2, 0, 0],
    ]);
    // Gene [0, 2): 0.75 · 0.667, Disease [0, 1): 0.857.
    expect(perType(logits, 2).map(({ type, start, end }) => [type, start, end])).toEqual([['Disease', 0, 1]]);
  });

  it('calibrates by type before it resolves overlaps', () => {
    const calibration = { Gene: { scale: 1, offset: 5 }, Disease: { scale: 1, offset: -1 } };
    const decode = createDecoder({ labels, decoding: 'per-type', calibration });
    const [entity] = decode(logitsOf([[0.1, 0.3, 0, 0.6, 0]]), 1);
    expect(entity?.type).toBe('Gene');
    expect(entity?.probability).toBeCloseTo(1 / (1 + Math.exp(-(Math.log(3) + 5))), 5);
  });

  it('reads labels in any order, and lists without B or without I', () => {
    const decode = (names: string[], rows: number[][]) =>
      createDecoder({ labels: names, decoding: 'joint', calibration: {} })(logitsOf(rows), rows.length).map(
        ({ type, start, end }) => [type, start, end],
      );
    expect(
      decode(
        ['I-X', 'B-X', 'O'],
        [
          [0, 0.9, 0.1],
          [0.9, 0, 0.1],
          [0, 0, 1],
        ],
      ),
    ).toEqual([['X', 0, 2]]);
    expect(
      decode(
        ['O', 'I-X'],
        [
          [0.1, 0.9],
          [0.1, 0.9],
          [1, 0],
        ],
      ),
    ).toEqual([['X', 0, 2]]);
    expect(
      decode(
        ['O', 'B-X'],
        [
          [0.1, 0.9],
          [0.1, 0.9],
          [1, 0],
        ],
      ),
    ).toEqual([
      ['X', 0, 1],
      ['X', 1, 2],
    ]);
  });

  it.each([[['LABEL_0', 'LABEL_1']], [['B-X', 'I-X']], [['O']], [[]]])('refuses labels %j', (names) => {
    expect(() => createDecoder({ labels: names, decoding: 'joint', calibration: {} })).toThrow(
      expect.objectContaining({ code: errorCodes.MODEL_CONFIG_INVALID }) as Error,
    );
  });

  it('finds nothing without words and in broken logits', () => {
    expect(joint(new Float32Array(), 0)).toEqual([]);
    expect(joint(new Float32Array(10).fill(NaN), 2)).toEqual([]);
  });

  it('returns no entity of a hidden type, and lets none displace a visible one', () => {
    const logits = logitsOf([[0.1, 0.4, 0, 0.5, 0]]);
    for (const decoding of ['per-type', 'joint'] as const) {
      const decode = createDecoder({ labels, decoding, calibration: {}, hiddenTypes: ['Disease'] });
      expect(decode(logits, 1).map(({ type }) => type)).toEqual(decoding === 'joint' ? [] : ['Gene']);
    }
  });

  it('gives the most probable of all well-formed sequences', () => {
    const row = fc.array(
      fc.integer({ min: -30, max: 30 }).map((n) => n / 10),
      { minLength: 3, maxLength: 3 },
    );
    const decode = createDecoder({ labels: labels.slice(0, 3), decoding: 'per-type', calibration: {} });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), (rows) => {
        const found = decode(Float32Array.from(rows.flat()), rows.length);
        const path = rows.map((_, word) => {
          const entity = found.find(({ start, end }) => start <= word && word < end);
          return entity === undefined ? 0 : entity.start === word ? 1 : 2;
        });
        expect(scoreOf(rows, path)).toBeCloseTo(
          Math.max(...wellFormed(rows.length).map((p) => scoreOf(rows, p))),
          4,
        );
      }),
    );
  });
});

function scoreOf(rows: readonly (readonly number[])[], path: readonly number[]): number {
  return path.reduce((sum, state, word) => {
    const row = rows[word] ?? [];
    const logSum = Math.log(row.reduce((total, score) => total + Math.exp(score), 0));
    return sum + (row[state] ?? 0) - logSum;
  }, 0);
}

function wellFormed(words: number): number[][] {
  if (words === 0) return [[]];
  return wellFormed(words - 1).flatMap((path) =>
    [0, 1, 2].filter((state) => state !== 2 || (path.at(-1) ?? 0) !== 0).map((state) => [...path, state]),
  );
}
