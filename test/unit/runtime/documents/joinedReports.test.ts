import { describe, expect, it } from 'vitest';
import { joinedReports } from '../../../../src/runtime/documents/joinedReports';

const text = 'x'.repeat(1000);

describe('the report on a document that was read in parts', () => {
  it('has the numbers of the whole document', () => {
    const reports = [
      {},
      { unread: [{ reason: 'records', read: 97, total: 100, format: 'ris' }] as const },
      { unread: [{ reason: 'records', read: 48, total: 50, format: 'ris' }] as const },
      { unread: [{ reason: 'nothing', read: 0, total: 200, format: 'ris' }] as const },
      { unread: [{ reason: 'encoding', read: 3, total: 80, format: 'ris' }] as const },
    ];
    expect(joinedReports(reports, { text, records: 350 }).unread).toEqual([
      { reason: 'records', read: 345, total: 350, format: 'ris' },
      { reason: 'nothing', read: 800, total: 1000, format: 'ris' },
      { reason: 'encoding', read: 3, total: 1000, format: 'ris' },
    ]);
  });

  it('is that of the only part', () => {
    const report = { simplified: [{ limit: 'markup', parts: 1, start: 2 }] as const };
    expect(joinedReports([report], { text, records: 1 })).toBe(report);
  });
});
