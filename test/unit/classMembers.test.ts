import { describe, expect, it } from 'vitest';
import { classSizes, maxMembers, memberViolations } from './classMembers';
import { sourcesIn } from './sources';

describe('the classes of src/ and of the pages in media/', () => {
  it(`have at most ${maxMembers} members`, () => {
    const sizes = classSizes(sourcesIn('src', 'media/graph', 'media/panel', 'media/screening'));
    expect(sizes.size).toBeGreaterThan(100);
    expect(memberViolations(sizes)).toEqual([]);
  });
});

describe('the checker of classes', () => {
  const fields = (count: number) => Array.from({ length: count }, (_, i) => `f${i} = ${i};`).join(' ');

  it('counts fields, accessors, methods and constructor parameters that are fields', () => {
    const text = `
      abstract class A {
        static one = 1; #two = 2; three: number | undefined;
        get four() { return 4; } set four(value) {}
        six() {} abstract seven(): void; [Symbol.iterator]() {}
        constructor(private readonly nine: number, plain: number, public ten = 10) {}
      }
      const b = class { only = 1; };`;
    expect([...classSizes(new Map([['a.ts', text]]))]).toEqual([
      ['a.ts: A', 10],
      ['a.ts: unnamed', 1],
    ]);
  });

  it('accepts a class at the limit and reports a larger one', () => {
    const sources = new Map([
      ['a.ts', `class Small { ${fields(maxMembers)} }`],
      ['b.ts', `class Large { ${fields(maxMembers)} more() {} }`],
    ]);
    expect(memberViolations(classSizes(sources))).toEqual([
      `b.ts: Large has ${maxMembers + 1} members; at most ${maxMembers} are allowed`,
    ]);
  });
});
