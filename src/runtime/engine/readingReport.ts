import { unreadIn } from '../../core/documents/coverage';
import type { ParsedDocument } from '../../core/documents/parse';
import { simplificationsIn } from '../../core/documents/simplified';
import type { Span } from '../../core/types';
import type { ReadingReport } from '../../protocol/engine';

/** Tells what of a document was not read as its author meant it. @param covered The range that a request covers. */
export function readingReport(parsed: ParsedDocument, covered: Span): ReadingReport {
  const isWhole = covered.start === 0 && covered.end === parsed.text.length;
  const simplified = simplificationsIn(parsed, covered);
  return isWhole ? { simplified, unread: unreadIn(parsed) } : { simplified };
}
