import { describe, expect, it } from 'vitest';
import { screeningFigures } from '../../../evaluation/screening/figures';
import { writeProgressTable, writeScreeningTable } from '../../../evaluation/screening/report';
import { readAsreviewRuns, readLabelledRecords } from '../../../evaluation/screening/sets';
import { checkStop, simulateScreening } from '../../../evaluation/screening/simulate';
import { screeningRecords } from '../../../support/screeningRecords';

const records = screeningRecords(120, 10).map((record, index) => ({ ...record, isRelevant: index < 10 }));

describe('a simulated screening', () => {
  it('finds all relevant records, most of them at once', () => {
    const run = simulateScreening(records, [3, 60]);
    expect(run.records).toBe(118);
    expect(run.found).toHaveLength(9);
    expect(screeningFigures(run).loss).toBeLessThan(0.05);
  });

  it('is stopped with a recall of 95 % before the last record', () => {
    const stop = checkStop({ records: 1000, found: Array.from({ length: 40 }, (_, index) => 2 * index + 1) });
    expect(stop.recall).toBe(1);
    expect(stop.saved).toBeGreaterThan(0.3);
    expect(stop.saved).toBeLessThan(0.9);
  });
});

describe('the tables', () => {
  it('have our figures beside those of ASReview', () => {
    const ours = [{ records: 20, found: [1, 2] }];
    const asreview = [{ records: 20, found: [1, 20] }];
    const table = writeScreeningTable([{ name: 'own', records: 22, relevant: 3, ours, asreview }]);
    expect(table).toContain('| own | 22 | 3 | 1 | 0.0000 (0.5000) | 1.5 (10.5) |');
    expect(writeProgressTable([{ name: 'own', records: 22, relevant: 3, ours, asreview: [] }])).toContain(
      '| 90.0 % | 100.0 % |',
    );
  });
});

describe('the readers', () => {
  it('read labelled records', () => {
    expect(readLabelledRecords('id,title,abstract,label\n7,"A, b",,1\n8,C,d,0\n')).toEqual([
      { id: '0', title: 'A, b', abstract: '', isRelevant: true },
      { id: '1', title: 'C', abstract: 'd', isRelevant: false },
    ]);
  });

  it('refuse another label', () => {
    expect(() => readLabelledRecords('title,abstract,label\na,b,maybe\n')).toThrow('Record 1 has no label');
  });

  it('read the runs of ASReview', () => {
    const run = { set: 'own', seed: 0, priors: [1, 2], records: 20, found: [3] };
    expect(readAsreviewRuns(`${JSON.stringify(run)}\n\n`)).toEqual([run]);
  });
});
