import { describe, expect, it } from 'vitest';
import { judgeStatement, readStatements } from '../../evaluation/statements';
import { errorCodes } from '../../../src/core/errors';
import type { Entity, EntityType, Relation } from '../../../src/core/types';

describe('a text that states relations', () => {
  it('is read with its kind, names and relations', () => {
    const file = [
      '% A remark.',
      '# induces',
      '[[Aspirin|Chemical]] caused [[gout|Disease]].\tinduces: Aspirin > gout',
      '# genes',
      '[[MDM2|Gene]] binds [[p53|Gene]].\tbinds|associated: MDM2 > p53; positive correlation?: p53 > MDM2',
      '[[MDM2|Gene]] and nothing else.',
    ].join('\n');
    const [first, second, third] = readStatements(file);
    expect(first).toEqual({
      kind: 'induces',
      text: 'Aspirin caused gout.',
      names: [
        { start: 0, end: 7, type: 'Chemical', isUnsettled: false },
        { start: 15, end: 19, type: 'Disease', isUnsettled: false },
      ],
      relations: [{ types: ['induces'], subject: 'Aspirin', object: 'gout', isUnsettled: false }],
    });
    expect(second?.relations).toEqual([
      { types: ['binds', 'associated'], subject: 'MDM2', object: 'p53', isUnsettled: false },
      { types: ['positive correlation'], subject: 'p53', object: 'MDM2', isUnsettled: true },
    ]);
    expect(third).toMatchObject({ kind: 'genes', relations: [] });
  });

  it.each([
    ['[[A|Gene]] first.', 'Line 1 stands before'],
    ['# x\n[[A|Gene]] binds [[B|Gene]].\tA binds B', 'Line 2 has "A binds B"'],
    ['# x\n[[A|Gene]] binds [[B|Gene]].\tbinds: A > C', 'Line 2 relates "C"'],
    ['# x\n[[A|Gene binds B.', 'Line 2 has a mark that is not closed'],
  ])('is refused if its format is broken: %j', (file, message) => {
    expect(() => readStatements(file)).toThrow(message);
    expect(() => readStatements(file)).toThrow(
      expect.objectContaining({ code: errorCodes.ARGUMENT_INVALID }) as Error,
    );
  });
});

function told(type: string, subject: string, object: string, objectType: EntityType = 'Disease'): Relation {
  const entity = (name: string, entityType: EntityType): Entity => {
    return { start: 0, end: name.length, text: name, name, type: entityType, probability: 1 };
  };
  return {
    type,
    subject: entity(subject, 'Chemical'),
    object: entity(object, objectType),
    probability: 0.9,
    evidence: { start: 0, end: 9 },
    evidenceText: '',
  };
}

describe('a relation that was found', () => {
  const stated = {
    text: 'A text.',
    relations: [
      { types: ['induces', 'associated'], subject: 'a', object: 'b', isUnsettled: false },
      { types: ['treats'], subject: 'c', object: 'b', isUnsettled: true },
    ],
  };
  const countsOf = (...relations: Relation[]) => judgeStatement(stated, relations).counts;

  it('is right if it has one of the accepted types, and counts only once', () => {
    expect(countsOf(told('associated', 'a', 'b'))).toEqual({ right: 1, wrong: 0, missed: 0 });
    expect(countsOf(told('associated', 'a', 'b'), told('induces', 'a', 'b')).right).toBe(1);
  });

  it('is wrong with another type, with other names, or reversed between two types of entity', () => {
    expect(countsOf(told('treats', 'a', 'b'))).toEqual({ right: 0, wrong: 1, missed: 1 });
    expect(countsOf(told('induces', 'a', 'c')).wrong).toBe(1);
    expect(countsOf(told('induces', 'b', 'a')).wrong).toBe(1);
    expect(countsOf(told('induces', 'b', 'a', 'Chemical')).right).toBe(1);
  });

  it('is neither right nor wrong if the text does not settle it', () => {
    expect(countsOf(told('treats', 'c', 'b'))).toEqual({ right: 0, wrong: 0, missed: 1 });
  });

  it('does not count if it is negated', () => {
    const denied = { ...told('induces', 'a', 'b'), negated: { start: 0, end: 2, text: 'no' } };
    expect(countsOf(denied)).toEqual({ right: 0, wrong: 0, missed: 1 });
  });

  it('is listed if it is a mistake', () => {
    expect(judgeStatement(stated, [told('treats', 'a', 'b')]).mistakes).toEqual([
      { kind: 'wrong', relation: 'treats: a > b', text: 'A text.' },
      { kind: 'missed', relation: 'induces|associated: a > b', text: 'A text.' },
    ]);
  });
});
