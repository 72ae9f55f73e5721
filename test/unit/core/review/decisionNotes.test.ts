import { describe, expect, it } from 'vitest';
import { annotationOf } from '../../../../src/core/review/decisionNotes';
import { writeBibtex } from '../../../../src/core/review/writeBibtex';
import { writeCslJson } from '../../../../src/core/review/writeCslJson';
import { exported } from './exportedRecords';

const excluded = exported(
  {},
  {
    decision: 'exclude',
    reason: 'wrong dose, 5 %',
    notes: ['See <b>table</b> 2.', ''],
    tags: ['dose', 'old'],
  },
);
const annotation = 'Decision: exclude | Reason: wrong dose, 5 % | Tags: dose; old | See <b>table</b> 2.';

describe('annotationOf', () => {
  it('gives the decision with reason, tags and notes', () => {
    expect(annotationOf(excluded)).toBe(annotation);
  });

  it('keeps notes apart that have a bar', () => {
    const text = annotationOf(exported({}, { decision: 'maybe', reason: 'a | b', notes: ['c|d'] }));
    expect(text).toBe('Decision: maybe | Reason: a / b | c|d');
  });

  it.each([{}, { decision: 'undecided' }, { decision: 'undecided', notes: [], tags: [] }] as const)(
    'says nothing of a record without a decision: %o',
    (more) => {
      expect(annotationOf(exported({}, more))).toBeUndefined();
    },
  );

  it('keeps the notes of a record without a decision', () => {
    expect(annotationOf(exported({}, { decision: 'undecided', notes: ['Ask Ben.'] }))).toBe('Ask Ben.');
  });
});

describe('the field annote', () => {
  it('is text for LaTeX in BibTeX', () => {
    expect(writeBibtex([excluded])).toContain(
      '  annote = {Decision: exclude | Reason: wrong dose, 5 \\% | Tags: dose; old | See <{}b>table<{}/b> 2.},\n',
    );
  });

  it('is the text itself in CSL-JSON', () => {
    expect(JSON.parse(writeCslJson([excluded]))).toMatchObject([{ annote: annotation }]);
  });

  it('is missing where nothing was decided', () => {
    expect(writeBibtex([exported({})]) + writeCslJson([exported({})])).not.toContain('annote');
  });
});
