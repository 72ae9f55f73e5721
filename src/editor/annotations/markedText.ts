import { foldWhiteSpace } from '../../core/text/whiteSpace';
import type { Span } from '../../core/types';
import type { MarkedText, MarkRole, TextMark } from '../../protocol/panel';

/** A mark by its place in the document. */
export interface DocumentMark extends Span {
  readonly role: MarkRole;
}

/**
 * A sentence for the panel. Where its prose is the document's text but for white space, the marks are carried over;
 * where markup stands inside, the sentence goes without: a place is never found again by searching for a name.
 *
 * @param source The document's own characters, `document.slice(evidence.start, evidence.end)`.
 * @param prose What a reader sees of them.
 */
export function markedText(
  source: string,
  evidence: Span,
  prose: string,
  marks: readonly DocumentMark[],
): MarkedText {
  const { text, positions } = foldWhiteSpace(source);
  const shown = foldWhiteSpace(prose).text;
  if (text !== shown) return { text: shown, marks: [] };
  const placed = marks
    .map(({ start, end, role }) => ({
      start: positions[clamp(start - evidence.start, source.length)] ?? text.length,
      end: positions[clamp(end - evidence.start, source.length)] ?? text.length,
      role,
    }))
    .filter((mark) => mark.start < mark.end);
  return { text, marks: withoutOverlaps(placed) };
}

/** In order; of two that overlap, the earlier and longer stays. */
export function withoutOverlaps(marks: readonly TextMark[]): readonly TextMark[] {
  const sorted = [...marks].sort((a, b) => a.start - b.start || b.end - a.end);
  let end = 0;
  return sorted.filter((mark) => {
    if (mark.start < end) return false;
    end = mark.end;
    return true;
  });
}

function clamp(value: number, max: number): number {
  return Math.max(0, Math.min(value, max));
}
