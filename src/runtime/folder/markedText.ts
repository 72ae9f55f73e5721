import { bySpan } from '../../core/spanOrder';
import { foldWhiteSpace } from '../../core/text/whiteSpace';
import type { Span } from '../../core/types';
import type { MarkedText, MarkRole, TextMark } from '../../protocol/panel';

/** A mark with offsets in the document. */
export interface DocumentMark extends Span {
  readonly role: MarkRole;
}

/**
 * Converts a sentence and its marks to the text that the panel shows.
 *
 * If prose and source differ only in white space, the offsets of the marks are mapped to the prose. If the sentence
 * contains markup, it is returned without marks, since a name may occur twice and must not be searched for.
 *
 * @param source The characters of the document, `document.slice(evidence.start, evidence.end)`.
 * @param prose The sentence without markup.
 */
export function markedText(
  source: string,
  evidence: Span,
  prose: string,
  marks: readonly DocumentMark[],
): MarkedText {
  const { text, positions } = foldWhiteSpace(source);
  const visibleText = foldWhiteSpace(prose).text;
  if (text !== visibleText) return { text: visibleText, marks: [] };
  const placed = marks
    .map(({ start, end, role }) => ({
      start: positions[clamp(start - evidence.start, source.length)] ?? text.length,
      end: positions[clamp(end - evidence.start, source.length)] ?? text.length,
      role,
    }))
    .filter((mark) => mark.start < mark.end);
  return { text, marks: withoutOverlaps(placed) };
}

/** Sorts marks. Of two that overlap, the one that starts first is kept, or the longer one if they start together. */
export function withoutOverlaps(marks: readonly TextMark[]): readonly TextMark[] {
  const sorted = [...marks].sort(bySpan);
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
