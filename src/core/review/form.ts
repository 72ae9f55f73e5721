/** The extraction form of a review: its columns, and where a value stands that a person has selected. */
import { toDocument, toProse } from '../documents/place';
import { publicationAt, wholeDocument } from '../records/publicationPlaces';
import type { PublicationPlace, Span, TextPassage } from '../types';
import type { FormColumn, ReviewSettings } from './reviewData';

/**
 * Adds a column to the form. Its identifier is made of its label: `dose`, and `dose-2` if there is one.
 *
 * @param question The question by which values are proposed. Default: empty, the column is filled by hand only.
 */
export function addColumn(settings: ReviewSettings, label: string, question = ''): ReviewSettings {
  const words = label.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? ['column'];
  const base = words.join('-');
  const taken = new Set(settings.form.map(({ id }) => id));
  let id = base;
  for (let number = 2; taken.has(id); number++) id = `${base}-${number}`;
  const asked = question.trim();
  const column: FormColumn = { id, label: label.trim(), ...(asked !== '' && { question: asked }) };
  return { ...settings, form: [...settings.form, column] };
}

/** A document as the passages of the engine describe it. */
export interface ReadText {
  readonly text: string;
  /** In document order. */
  readonly passages: readonly TextPassage[];
  /** Default: the whole document is one publication. */
  readonly publications?: readonly PublicationPlace[] | undefined;
}

/** A selected value, with the place of its sentence in the document. */
export interface SelectedValue extends Span {
  readonly value: string;
  /** The sentence without markup. */
  readonly sentence: string;
  readonly publication: PublicationPlace | undefined;
}

/**
 * Finds the value and the sentence of a selection. A selection outside of prose, such as a field of a record, has its
 * lines as its sentence.
 *
 * @returns undefined if nothing but white space is selected.
 */
export function selectedValue(read: ReadText, selection: Span): SelectedValue | undefined {
  const { text, passages, publications = wholeDocument(text) } = read;
  const selected = text.slice(selection.start, selection.end);
  const start = selection.start + (selected.length - selected.trimStart().length);
  const span = { start, end: start + selected.trim().length };
  if (span.start === span.end) return undefined;
  const publication = publicationAt(publications, span.start);
  for (const passage of passages) {
    if (passage.start >= span.end || passage.end <= span.start) continue;
    const prose = proseWithin(passage, span);
    if (prose) return { ...inProse(passage, prose, span, text), publication };
  }
  const lines = linesOf(text, span);
  const sentence = oneLine(text.slice(lines.start, lines.end));
  return { ...lines, value: oneLine(selected), sentence, publication };
}

/** From the first to the last character of a span that is prose of the passage. */
function proseWithin(passage: TextPassage, span: Span): Span | undefined {
  let first: number | undefined;
  let last: number | undefined;
  for (let at = Math.max(span.start, passage.start); at < Math.min(span.end, passage.end); at++) {
    const place = toProse(passage, at);
    if (place === undefined) continue;
    first ??= place;
    last = place;
  }
  return first === undefined || last === undefined ? undefined : { start: first, end: last + 1 };
}

function inProse(
  passage: TextPassage,
  prose: Span,
  span: Span,
  text: string,
): Omit<SelectedValue, 'publication'> {
  const { sentences } = passage;
  const first = sentences.findLast(({ start }) => start <= prose.start) ?? prose;
  const last = sentences.findLast(({ start }) => start < prose.end) ?? prose;
  // A selection that goes on behind the passage is longer than its prose here.
  const value =
    span.end > passage.end ? text.slice(span.start, span.end) : passage.text.slice(prose.start, prose.end);
  return {
    ...toDocument(passage, first.start, last.end),
    value: oneLine(value),
    sentence: passage.text.slice(first.start, last.end),
  };
}

function linesOf(text: string, { start, end }: Span): Span {
  const lineEnd = text.indexOf('\n', end - 1);
  return { start: text.lastIndexOf('\n', start - 1) + 1, end: lineEnd < 0 ? text.length : lineEnd };
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}
