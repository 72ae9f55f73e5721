import type { Unread } from '../core/documents/coverage';
import type { ReadingReport } from '../protocol/engine';

/** The report on a document that was read in parts: numbers of the same kind are added. */
export function joinedReports(reports: readonly ReadingReport[]): ReadingReport {
  if (reports.length === 1) return reports[0] ?? {};
  const unread = new Map<string, Unread>();
  for (const each of reports.flatMap((report) => report.unread ?? [])) {
    const earlier = unread.get(each.reason);
    const [read, total] = [each.read + (earlier?.read ?? 0), each.total + (earlier?.total ?? 0)];
    unread.set(each.reason, { ...each, read, total });
  }
  return { unread: [...unread.values()], simplified: reports.flatMap(({ simplified = [] }) => simplified) };
}
