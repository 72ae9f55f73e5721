import type { Segment } from '../types';
import { linesOf, Segments } from './blocks';
import { addressMasks, masksOf, ordered } from './masks';
import { SegmentBuilder } from './segmentBuilder';

/** Metadata fields that contain prose; the others are for programs. */
const proseFields = new Set([
  'title',
  'subtitle',
  'shorttitle',
  'abstract',
  'description',
  'summary',
  'keywords',
  'tags',
]);

const field = /^(['"]?)([A-Za-z][\w -]{0,40})\1[ \t]*[:=](?=[ \t]|$)/;
/** Emphasis marks: metadata values are Markdown themselves. */
const emphasis = /\*()/g;
const blockMark = /^[ \t]*[|>][-+\d]{0,2}[ \t]*$/;

/**
 * Reads title, abstract and keywords from the metadata between `---` (YAML) or `+++` (TOML) lines. This is not a full
 * YAML parser: it reads line by line what such metadata contains, that is top-level fields with quoted, listed or
 * indented values.
 */
export function parseFrontMatter(source: string): Segment[] {
  const segments = new Segments(
    new SegmentBuilder(source, ordered([...addressMasks(source), ...masksOf(source, [emphasis])])),
  );
  let isProse = false;
  for (const { start, end } of linesOf(source)) {
    const line = source.slice(start, end);
    const name = field.exec(line);
    if (name) {
      segments.break();
      isProse = proseFields.has((name[2] ?? '').toLowerCase());
      if (isProse) value(segments, source, start + name[0].length, end);
    } else if (/^\S/.test(line) && !line.startsWith('- ')) {
      segments.break();
      isProse = false;
    } else if (isProse) {
      if (line.trim() === '') segments.break();
      continued(segments, source, start, end);
    }
  }
  return segments.finish();
}

function continued(segments: Segments, source: string, start: number, end: number): void {
  const item = /^[ \t]*-[ \t]+/.exec(source.slice(start, end));
  if (item) segments.break();
  segments.builder.space(start, start + 1);
  value(segments, source, start + (item?.[0].length ?? 0), end);
}

/** Adds a value on one line: plain, quoted, or a list in brackets. */
function value(segments: Segments, source: string, start: number, end: number): void {
  const text = source.slice(start, end);
  if (blockMark.test(text)) return;
  const isList = /^\s*\[.*\]\s*$/.test(text);
  const parts = isList ? text.matchAll(/[^,[\]]+/g) : [Object.assign([text], { index: 0 })];
  for (const part of parts) {
    const trimmed = part[0].trim();
    const quoted = trimmed.length > 1 && /^["']/.test(trimmed) && trimmed.endsWith(trimmed.charAt(0)) ? 1 : 0;
    const lead = part[0].length - part[0].trimStart().length + quoted;
    const trail = part[0].length - part[0].trimEnd().length + quoted;
    const from = start + part.index + lead;
    segments.builder.prose(from, Math.max(from, start + part.index + part[0].length - trail));
    if (isList) segments.break();
  }
}
