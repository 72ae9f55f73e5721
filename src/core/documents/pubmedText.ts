import type { Span } from '../types';
import { linesOf, type Cut } from './blocks';
import { proseOfField } from './fieldMarkup';
import { recordParser, type FieldKind, type SourceField } from './recordSyntax';

/** The citation with which a record begins: `12. Lancet. 2021 May 1;397(10285):1637-1645. doi: …`. */
const citation = /^\uFEFF?(\d{1,6})\. (?=\S.{0,300}?\b(?:1[6-9]|20)\d\d\b)/;

/** Paragraphs that are neither title, authors nor abstract. */
const aside =
  /^(?:Author information:|Collaborators:|Comment (?:in|on)\b|Erratum (?:in|for)\b|Update (?:in|of)\b|Republished (?:in|from)\b|Retraction (?:in|of)\b|Corrected and republished\b|Summary for patients in\b|Original report in\b|Expression of concern\b|Conflict of interest statement:|Copyright\b|©|\(c\)\s|DOI:|PMCID:|PMID:|Publisher:|Trial registration:)/i;

const identifiers = /^(DOI|PMCID|PMID): ?(\S+)/;

/** `Smith AB(1), Müller C(1)(2).`: names with initials, which a comma divides. */
const names = /^[^.]{2,60}? [\p{Lu}-]{1,5}(?:\(\d|,|\.|;|$)|^(?:Author information|\[No authors listed\])/u;

/**
 * The format "Abstract (text)" of PubMed: numbered records of paragraphs. Titles and abstracts are read, and the
 * citation, authors and identifiers are recognised.
 */
export const pubmedText = recordParser({
  cut: cutNumbered,
  fields: fieldsOf,
  read(segments, source, part) {
    proseOfField(segments, source, part);
  },
});

/** A record begins at the line that has the next number, so that a numbered list in an abstract begins none. */
function cutNumbered(text: string): Cut[] {
  const starts: number[] = [];
  let isAfterBlank = true;
  let number: number | undefined;
  for (const { start, end } of linesOf(text)) {
    const line = text.slice(start, Math.min(end, start + 400));
    const found = isAfterBlank ? citation.exec(line)?.[1] : undefined;
    if (found !== undefined && (number === undefined || Number(found) === number + 1)) {
      starts.push(start);
      number = Number(found);
    }
    isAfterBlank = line.trim() === '';
  }
  return starts.map((start, index) => ({ start, end: starts[index + 1] ?? text.length, context: '' }));
}

function* fieldsOf(source: string): Generator<SourceField> {
  const [first, ...paragraphs] = paragraphsOf(source);
  if (!first) return;
  yield* citationFields(source, first);
  const title = paragraphs[0];
  if (title) yield { kind: 'title', parts: title };
  for (const [index, lines] of paragraphs.slice(1).entries()) {
    const text = source.slice(lines[0]?.start, lines.at(-1)?.end);
    if (identifiers.test(text)) yield* identifierFields(source, lines);
    else if (index === 0 && names.test(text)) yield* authorFields(source, lines);
    else if (!aside.test(text)) yield { kind: 'abstract', parts: lines };
  }
}

/** The paragraphs of a record, each as its lines. */
function paragraphsOf(source: string): Span[][] {
  const paragraphs: Span[][] = [];
  let open: Span[] | undefined;
  for (const line of linesOf(source)) {
    const blanks = /^[ \t]*/.exec(source.slice(line.start, line.end))?.[0].length ?? 0;
    const start = line.start + blanks;
    if (start === line.end) open = undefined;
    else if (open) open.push({ start, end: line.end });
    else paragraphs.push((open = [{ start, end: line.end }]));
  }
  return paragraphs;
}

function* citationFields(source: string, lines: readonly Span[]): Generator<SourceField> {
  const start = lines[0]?.start ?? 0;
  const text = source.slice(start, lines.at(-1)?.end);
  const found =
    /^\uFEFF?\d+\. (?<journal>.{1,300}?)\. (?<date>\d{4}[^;.:]{0,30})(?:;(?<volume>[^(:.]{0,20})(?:\((?<issue>[^)]{0,30})\))?:(?<pages>[^.\s]{1,30}))?/d.exec(
      text,
    );
  for (const kind of ['journal', 'date', 'volume', 'issue', 'pages'] as const) {
    const place = found?.indices?.groups?.[kind];
    if (place) yield field(kind, start + place[0], start + place[1]);
  }
}

function* identifierFields(source: string, lines: readonly Span[]): Generator<SourceField> {
  const kinds: Readonly<Record<string, FieldKind>> = { DOI: 'doi', PMCID: 'pmcid', PMID: 'pmid' };
  for (const { start, end } of lines) {
    const [all = '', name = '', value = ''] = identifiers.exec(source.slice(start, end)) ?? [];
    const kind = kinds[name];
    if (kind) yield field(kind, start + all.length - value.length, start + all.length);
  }
}

function* authorFields(source: string, lines: readonly Span[]): Generator<SourceField> {
  for (const line of lines) {
    for (const { 0: name, index } of source.slice(line.start, line.end).matchAll(/[^,;()\d][^,;(]{0,80}/g)) {
      const start = line.start + index;
      if (name.trim().length > 1) yield field('author', start, start + name.trimEnd().length);
    }
  }
}

function field(kind: FieldKind, start: number, end: number): SourceField {
  return { kind, parts: [{ start, end }] };
}
