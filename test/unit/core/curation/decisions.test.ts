import { describe, expect, it } from 'vitest';
import {
  Curation,
  revised,
  type Decisions,
  type EntityDecision,
  type NameJudgement,
} from '../../../../src/core/curation/decisions';
import { readDecisions, writeDecisions } from '../../../../src/core/curation/curationFile';
import type { Entity, Relation } from '../../../../src/core/types';

const text = 'TNF-alpha and CAT were measured. Vemurafenib blocks TNF alpha in melanoma.';

function mention(name: string, type: string, from = 0): Entity {
  const start = text.indexOf(name, from);
  return { start, end: start + name.length, text: name, name, type, probability: 0.6 };
}

const found = [mention('TNF-alpha', 'Gene'), mention('CAT', 'Gene'), mention('melanoma', 'Disease')];

function curation(entities: Decisions['entities'], relations: Decisions['relations'] = []): Curation {
  return new Curation({ entities, relations });
}

describe('curation of entities', () => {
  it('removes a rejected name in every spelling', () => {
    const kept = curation([{ name: 'TNF α', type: 'Gene', verdict: 'rejected' }]).entities(found);
    expect(kept.map(({ name }) => name)).toEqual(['CAT', 'melanoma']);
  });

  it('rejects a name only for its type', () => {
    expect(curation([{ name: 'CAT', type: 'Chemical', verdict: 'rejected' }]).entities(found)).toEqual(found);
  });

  it('gives a name the corrected type with probability 1', () => {
    const [, cat] = curation([{ name: 'CAT', type: 'Disease', verdict: 'retyped', was: 'Gene' }]).entities(
      found,
    );
    expect(cat).toMatchObject({ name: 'CAT', type: 'Disease', probability: 1 });
  });

  it('adds all occurrences of a name that do not overlap with an entity', () => {
    const added = curation([
      { name: 'vemurafenib', type: 'Chemical', verdict: 'added' },
      { name: 'TNF-alpha', type: 'Gene', verdict: 'added' },
    ]).withAdded(found, text, { start: 0, end: text.length });
    expect(added.map(({ name }) => name)).toEqual([
      'TNF-alpha',
      'CAT',
      'Vemurafenib',
      'TNF alpha',
      'melanoma',
    ]);
    for (const { start, end, text: own } of added) expect(text.slice(start, end)).toBe(own);
  });

  it('gives an added name its type if the model predicts another', () => {
    const one = curation([{ name: 'cat', type: 'Species', verdict: 'added' }]);
    expect(one.entities(found).map(({ type }) => type)).toEqual(['Gene', 'Species', 'Disease']);
  });

  it('puts an added name in the place of a part of it, and leaves a longer or equal mention', () => {
    const fusion = 'BCR-ABL drives leukaemia.';
    const at = (name: string): Entity => {
      const start = fusion.indexOf(name);
      const end = start + name.length;
      return { start, end, text: name, name, type: 'Gene', probability: 0.8 };
    };
    const span = { start: 0, end: fusion.length };
    const withName = (name: string, ...model: readonly Entity[]) =>
      curation([{ name, type: 'Gene', verdict: 'added' }])
        .withAdded(model, fusion, span)
        .map((each) => each.name);
    expect(withName('BCR-ABL', at('ABL'))).toEqual(['BCR-ABL']);
    expect(withName('BCR-ABL', at('BCR'), at('ABL'))).toEqual(['BCR-ABL']);
    expect(withName('ABL', at('BCR-ABL'))).toEqual(['BCR-ABL']);
    expect(withName('ABL', at('ABL'))).toEqual(['ABL']);
  });

  it('adds nothing outside the tagged span', () => {
    const one = curation([{ name: 'vemurafenib', type: 'Chemical', verdict: 'added' }]);
    expect(one.withAdded([], text, { start: 0, end: 32 })).toEqual([]);
  });
});

describe('revised', () => {
  const accept: NameJudgement = { verdict: 'accepted' };
  const reject: NameJudgement = { verdict: 'rejected' };
  const as = (type: string): NameJudgement => ({ verdict: 'retyped', type });
  const added: EntityDecision = { name: 'melanoma', type: 'Gene', verdict: 'added' };
  const retyped: EntityDecision = { name: 'melanoma', type: 'Gene', verdict: 'retyped', was: 'Disease' };

  /** The types with which the name is displayed after each judgement. */
  function types(before: EntityDecision | undefined, ...judgements: NameJudgement[]): string[] {
    const model = before?.verdict === 'added' ? [] : [mention('melanoma', 'Disease')];
    let decision = before;
    const show = (): readonly Entity[] => {
      const now = curation(decision ? [decision] : []);
      return now.withAdded(now.entities(model), text, { start: 0, end: text.length });
    };
    return judgements.map((judgement) => {
      const [shown] = show();
      if (!shown) throw new Error('Nothing is shown.');
      decision = revised(shown, judgement, decision);
      return show()[0]?.type ?? 'none';
    });
  }

  it('returns the judgement about a name that the model found', () => {
    expect(types(undefined, accept, as('Gene'), reject)).toEqual(['Disease', 'Gene', 'none']);
  });

  it('keeps an added name, with the type that it gets later', () => {
    expect(types(added, accept, as('Chemical'), as('Gene'), reject)).toEqual([
      'Gene',
      'Chemical',
      'Gene',
      'none',
    ]);
  });

  it("returns undefined if the type is the model's again", () => {
    expect(types(retyped, accept, as('Chemical'), as('Disease'))).toEqual(['Gene', 'Chemical', 'Disease']);
    expect(revised(retyped, as('Disease'), retyped)).toBeUndefined();
  });

  it('rejects a name whose type was changed before', () => {
    expect(types(retyped, reject)).toEqual(['none']);
  });
});

const relation: Relation = {
  type: 'inhibitor',
  subject: mention('Vemurafenib', 'Chemical'),
  object: mention('TNF alpha', 'Gene'),
  probability: 0.7,
  evidence: { start: 33, end: text.length },
  evidenceText: text.slice(33),
};

const rejected = {
  verdict: 'rejected',
  document: 'a.txt',
  sentence: relation.evidenceText,
  subject: relation.subject,
  object: relation.object,
  type: 'inhibitor',
} as const;

describe('curation of relations', () => {
  it('leaves out the relations of a name that is rejected, unless a person accepted the relation', () => {
    const entities = [{ name: 'TNF alpha', type: 'Gene', verdict: 'rejected' } as const];
    const [document, sentence] = ['a.txt', text.slice(33)];
    const show = (relations: Decisions['relations']) =>
      new Curation({ entities, relations }).shownRelation(document, sentence, relation);
    expect(show([])).toBeUndefined();
    expect(show([{ ...rejected, verdict: 'accepted', document, sentence }])).toEqual(relation);
  });

  it('applies to one sentence of one document', () => {
    const one = curation([], [rejected]);
    expect(one.relation('a.txt', relation.evidenceText, relation)?.verdict).toBe('rejected');
    expect(one.relation('b.txt', relation.evidenceText, relation)).toBeUndefined();
    expect(one.relation('a.txt', 'Another sentence.', relation)).toBeUndefined();
  });

  it('finds a retyped relation by the type that the model predicts', () => {
    const one = curation([], [{ ...rejected, verdict: 'retyped', type: 'activator', was: 'inhibitor' }]);
    expect(one.relation('a.txt', relation.evidenceText, relation)?.type).toBe('activator');
  });
});

describe('the file of decisions', () => {
  const decisions: Decisions = {
    entities: [
      { name: 'p53', type: 'Gene', verdict: 'retyped', was: 'Chemical' },
      { name: 'CAT', type: 'Gene', verdict: 'rejected' },
    ],
    relations: [
      {
        ...rejected,
        subject: { name: 'Vemurafenib', type: 'Chemical' },
        object: { name: 'TNF alpha', type: 'Gene' },
      },
    ],
  };

  it('returns what was written; the last decision about a name is kept', () => {
    const again = {
      ...decisions,
      entities: [...decisions.entities, { name: 'cat', type: 'Gene', verdict: 'accepted' } as const],
    };
    expect(readDecisions(writeDecisions(decisions))).toEqual({
      decisions,
      unread: { entities: [], relations: [] },
    });
    const read = readDecisions(writeDecisions(again))?.decisions.entities;
    expect(read).toContainEqual({ name: 'cat', type: 'Gene', verdict: 'accepted' });
    expect(read).toHaveLength(2);
  });

  it('keeps who decided', () => {
    const signed: Decisions = {
      entities: decisions.entities.map((each) => ({ ...each, by: 'Ada' })),
      links: [{ name: 'CAT', type: 'Gene', concepts: [], by: 'Grace' }],
      relations: decisions.relations.map((each) => ({ ...each, by: 'Ada' })),
    };
    expect(readDecisions(writeDecisions(signed))?.decisions).toEqual(signed);
    expect(writeDecisions({ ...signed, links: undefined })).not.toContain('Grace');
  });

  it.each(['', '[]', '{"biobertCuration":9,"entities":[],"relations":[]}'])(
    'takes %j for no such file',
    (file) => {
      expect(readDecisions(file)).toBeUndefined();
    },
  );

  it('writes entries back that it cannot read', () => {
    const entries = { entities: [{ name: '' }, 3], relations: [{ verdict: 'maybe' }] };
    const read = readDecisions(JSON.stringify({ biobertCuration: 1, ...entries }));
    expect(read).toEqual({ decisions: { entities: [], relations: [] }, unread: entries });
    expect(readDecisions(writeDecisions(decisions, read?.unread))).toEqual({ decisions, unread: entries });
  });
});
