import { describe, expect, it } from 'vitest';
import type { Entity } from '../../../../src/core/types';
import { isSameSubject, mentionMatcher, refersTo } from '../../../../src/runtime/folder/sameConcept';

function mention(name: string, ids: readonly string[] = [], type = 'Chemical'): Entity {
  const concepts = ids.map((id) => ({ id, name: id, source: 'Terms', method: 'name' as const }));
  const linked = concepts.length > 0 && { concepts };
  return { start: 0, end: name.length, text: name, name, type, probability: 1, ...linked };
}

describe('mentionMatcher', () => {
  it.each([
    ['another name of the concept', mention('Nexavar', ['MESH:D1']), true],
    ['the same name of another concept', mention('sorafenib', ['MESH:D2']), false],
    ['the same name without a link', mention('sorafenib'), false],
    ['the concept with another type', mention('sorafenib', ['MESH:D1'], 'Gene'), false],
    ['one of two concepts', mention('sorafenib', ['MESH:D1', 'MESH:D2']), false],
  ])('of a linked mention: %s', (_, other, expected) => {
    expect(mentionMatcher(mention('sorafenib', ['MESH:D1']))(other)).toBe(expected);
  });

  it.each([
    ['another spelling', mention('Sorafenibs'), true],
    ['another of its names', mention('BAY-43'), true],
    ['another name', mention('Nexavar'), false],
    ['the same name with a link', mention('sorafenib', ['MESH:D1']), false],
    ['another type', mention('sorafenib', [], 'Gene'), false],
  ])('of a mention that is not linked: %s', (_, other, expected) => {
    expect(mentionMatcher(mention('sorafenib'), ['sorafenib', 'BAY 43'])(other)).toBe(expected);
  });

  it('ignores the order of several concepts', () => {
    const matches = mentionMatcher(mention('a', ['MESH:D1', 'MESH:D2']));
    expect(matches(mention('b', ['MESH:D2', 'MESH:D1']))).toBe(true);
  });
});

describe('isSameSubject', () => {
  it('compares concepts if both are linked, and names otherwise', () => {
    const linked = mention('sorafenib', ['MESH:D1']);
    expect(isSameSubject(linked, mention('Nexavar', ['MESH:D1']))).toBe(true);
    expect(isSameSubject(linked, mention('sorafenib', ['MESH:D2']))).toBe(false);
    expect(isSameSubject(linked, mention('Sorafenib'))).toBe(true);
    expect(isSameSubject(linked, mention('Nexavar'))).toBe(false);
    expect(isSameSubject(linked, mention('sorafenib', ['MESH:D1'], 'Gene'))).toBe(false);
  });
});

describe('refersTo', () => {
  it('is true for a mention with all of the concepts', () => {
    expect(refersTo(mention('a', ['MESH:D1', 'MESH:D2']), ['MESH:D2'])).toBe(true);
    expect(refersTo(mention('a', ['MESH:D1']), ['MESH:D1', 'MESH:D2'])).toBe(false);
    expect(refersTo(mention('a'), ['MESH:D1'])).toBe(false);
  });
});
