import { describe, expect, it } from 'vitest';
import { addedDecision, placeAdded } from '../../../../src/core/curation/addedRelations';
import { Curation } from '../../../../src/core/curation/decisions';
import { readDecisions, writeDecisions } from '../../../../src/core/curation/curationFile';

const before = 'TP53 was named first.\n\n';
const sentence = 'EGFR may not be\n  inhibited by erlotinib, but EGFR was by gefitinib.';
const text = `${before}${sentence} More follows.`;

function spanOf(name: string, from = 0) {
  const start = text.indexOf(name, from);
  return { start, end: start + name.length };
}

const second = text.lastIndexOf('EGFR');
const evidence = { start: before.length, end: before.length + sentence.length };

function decided(subject: { start: number; end: number }, subjectType: string) {
  return addedDecision('a.txt', text, {
    subject: { ...subject, type: subjectType },
    object: { ...spanOf('EGFR', second), type: 'Gene' },
    evidence,
    type: 'inhibitor',
  });
}

describe('a relation that a person added', () => {
  it('is stored as the text of its sentence, with the place of each name', () => {
    expect(decided(spanOf('gefitinib'), 'Chemical')).toEqual({
      verdict: 'added',
      document: 'a.txt',
      sentence: 'EGFR may not be inhibited by erlotinib, but EGFR was by gefitinib.',
      subject: { name: 'gefitinib', type: 'Chemical', at: 56 },
      object: { name: 'EGFR', type: 'Gene', at: 44 },
      type: 'inhibitor',
    });
  });

  it('is found at the same place again, across line breaks', () => {
    const [relation] = placeAdded(text, [decided(spanOf('gefitinib'), 'Chemical')]);
    expect(relation).toMatchObject({
      type: 'inhibitor',
      probability: 1,
      subject: { ...spanOf('gefitinib'), name: 'gefitinib', type: 'Chemical' },
      object: spanOf('EGFR', second),
      evidence,
    });
  });

  it('moves with its sentence, and is left out if the sentence is gone', () => {
    const decision = decided(spanOf('gefitinib'), 'Chemical');
    const [moved] = placeAdded(`New. ${text}`, [decision]);
    expect(moved?.subject.start).toBe(spanOf('gefitinib').start + 5);
    expect(placeAdded(text.replace('inhibited', 'activated'), [decision])).toEqual([]);
    expect(placeAdded('', [decision])).toEqual([]);
  });

  it('uses the first occurrence of a name without a place, in any spelling', () => {
    const { subject, object, ...rest } = decided(spanOf('gefitinib'), 'Chemical');
    const loose = { ...rest, subject: { ...subject, name: 'Gefitinib', at: undefined }, object };
    expect(placeAdded(text, [loose])[0]?.subject).toMatchObject(spanOf('gefitinib'));
    const wrong = { ...rest, subject: { ...subject, at: 3 }, object: { ...object, at: 4000 } };
    expect(placeAdded(text, [wrong])[0]?.object).toMatchObject(spanOf('EGFR', before.length));
  });

  it('contains the cues of its sentence with their places', () => {
    const [relation] = placeAdded(text, [
      { ...decided(spanOf('erlotinib'), 'Chemical'), object: { name: 'EGFR', type: 'Gene', at: 0 } },
    ]);
    const at = (span?: { start: number; end: number }) => span && text.slice(span.start, span.end);
    expect([at(relation?.negated), at(relation?.speculated)]).toEqual(['not', 'may']);
  });

  it('ignores decisions with other verdicts', () => {
    const accepted = { ...decided(spanOf('gefitinib'), 'Chemical'), verdict: 'accepted' } as const;
    expect(placeAdded(text, [accepted])).toEqual([]);
    expect(new Curation({ entities: [], relations: [accepted] }).documentsWithAdded).toEqual([]);
  });

  it('survives writing and reading the file', () => {
    const relations = [decided(spanOf('gefitinib'), 'Chemical')];
    const read = readDecisions(writeDecisions({ entities: [], relations }));
    expect(read).toEqual({ decisions: { entities: [], relations }, unread: { entities: [], relations: [] } });
    const known = new Curation({ entities: [], relations });
    expect(known.documentsWithAdded).toEqual(['a.txt']);
    expect(known.addedRelations('a.txt')).toEqual(relations);
    expect(known.addedRelations('b.txt')).toEqual([]);
  });
});
