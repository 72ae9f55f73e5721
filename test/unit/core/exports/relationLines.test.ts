import { describe, expect, it } from 'vitest';
import { writeBiocDocument } from '../../../../src/core/exports/bioc';
import { writeJsonRelations } from '../../../../src/core/exports/jsonl';
import { relationsTsvHeader, unescapeField, writeRelationRows } from '../../../../src/core/exports/tsv';
import type { Entity, Relation } from '../../../../src/core/types';

const entity = (start: number, name: string, type: string): Entity => ({
  start,
  end: start + name.length,
  text: name,
  name,
  type,
  probability: 0.912_345,
});

const relation: Relation = {
  type: 'inhibitor',
  subject: entity(0, 'as\tpirin', 'Chemical'),
  object: entity(20, 'COX\\2', 'Gene'),
  probability: 0.876_543,
  evidence: { start: 0, end: 40 },
  evidenceText: 'as\tpirin may\nnot inhibit COX\\2.',
  negated: { start: 12, end: 15, text: 'not' },
};

describe('relations in a line of JSON', () => {
  it('can be read back', () => {
    const line = writeJsonRelations('a\nb.txt', [relation]);
    expect(line.endsWith('\n')).toBe(true);
    expect(line.trimEnd()).not.toContain('\n');
    expect(JSON.parse(line)).toEqual({
      document: 'a\nb.txt',
      relations: [
        {
          type: 'inhibitor',
          subject: { start: 0, end: 8, text: 'as\tpirin', type: 'Chemical', probability: 0.9123 },
          object: { start: 20, end: 25, text: 'COX\\2', type: 'Gene', probability: 0.9123 },
          probability: 0.8765,
          evidence: { start: 0, end: 40, text: relation.evidenceText },
          negated: { start: 12, end: 15, text: 'not' },
          speculated: false,
        },
      ],
    });
  });
});

describe('relations in a table', () => {
  it('have one row each, whose fields can be read back', () => {
    const [row = '', ...more] = writeRelationRows('a\tb.txt', [relation]).slice(0, -1).split('\n');
    expect(more).toEqual([]);
    const names = relationsTsvHeader.trimEnd().split('\t');
    const fields = row.split('\t').map(unescapeField);
    expect(fields).toHaveLength(names.length);
    const field = (name: string) => fields[names.indexOf(name)];
    expect(field('document')).toBe('a\tb.txt');
    expect(field('subject')).toBe('as\tpirin');
    expect(field('object')).toBe('COX\\2');
    expect(field('evidence')).toBe(relation.evidenceText);
    expect([field('negated'), field('speculated')]).toEqual(['not', '']);
  });
});

describe('relations in BioC', () => {
  it('refer to the annotations of their mentions', () => {
    const subject = { start: 0, end: 7, text: 'aspirin', type: 'Chemical' };
    const object = { start: 5, end: 9, text: 'COX2', type: 'Gene' };
    const passages = [
      { text: 'a title', mentions: [{ ...object, start: 0, end: 4 }] },
      { text: 'aspirin', mentions: [subject] },
      { text: 'and, COX2', mentions: [object] },
    ];
    const relations = [{ subject, object, infons: { type: 'inhibitor' } }];
    expect(JSON.parse(writeBiocDocument({ id: 'd', passages, relations }))).toMatchObject({
      relations: [
        {
          id: 'R1',
          infons: { type: 'inhibitor' },
          nodes: [
            { refid: '2', role: 'subject' },
            { refid: '3', role: 'object' },
          ],
        },
      ],
    });
  });
});
