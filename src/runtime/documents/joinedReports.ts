import { type Unread, visible } from '../../core/documents/coverage';
import type { ReadingReport } from '../../protocol/engine';

/** A document that was read in parts. */
interface DividedDocument {
  readonly text: string;
  /** Number of records in all parts. */
  readonly records: number;
}

/** The report on a document that was read in parts, with the numbers of the whole document. */
export function joinedReports(reports: readonly ReadingReport[], whole: DividedDocument): ReadingReport {
  if (reports.length === 1) return reports[0] ?? {};
  const unread = new Map<string, Unread>();
  for (const each of reports.flatMap((report) => report.unread ?? [])) {
    const earlier = unread.get(each.reason);
    const [read, total] = [each.read + (earlier?.read ?? 0), each.total + (earlier?.total ?? 0)];
    unread.set(each.reason, { ...each, read, total });
  }
  return {
    unread: [...unread.values()].map((each) => ofWhole(each, whole)),
    simplified: reports.flatMap(({ simplified = [] }) => simplified),
  };
}

/** Adds the parts that were read completely, which have no report. */
function ofWhole(sum: Unread, { text, records }: DividedDocument): Unread {
  if (sum.reason === 'encoding') return { ...sum, total: text.length };
  const total = Math.max(sum.total, sum.reason === 'records' ? records : visible(text));
  return { ...sum, read: total - (sum.total - sum.read), total };
}
