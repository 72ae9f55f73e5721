import { bibtexEntries, bibtexFields, type BibtexEntry, type BibtexPart } from './bibtexEntries';
import type { Cut, Segments } from './blocks';
import { proseOfField } from './fieldMarkup';
import { keywordsOf } from './keywords';
import { readLatexField } from './latex';
import { recordParser, type FieldKind, type SourceField } from './recordSyntax';

const kinds: ReadonlyMap<string, FieldKind> = new Map(
  Object.entries({
    title: 'title',
    subtitle: 'otherTitle',
    titleaddon: 'otherTitle',
    abstract: 'abstract',
    summary: 'abstract',
    keywords: 'keyword',
    keyword: 'keyword',
    note: 'note',
    annote: 'note',
    annotation: 'note',
    comment: 'note',
    description: 'note',
    addendum: 'note',
    author: 'author',
    year: 'date',
    date: 'date',
    journal: 'journal',
    journaltitle: 'journal',
    booktitle: 'journal',
    volume: 'volume',
    number: 'issue',
    issue: 'issue',
    pages: 'pages',
    doi: 'doi',
    pmid: 'pmid',
    pmcid: 'pmcid',
    url: 'url',
  }),
);

/** Strings that most styles of BibTeX define. */
const months: Readonly<Record<string, string>> = {
  jan: 'January',
  feb: 'February',
  mar: 'March',
  apr: 'April',
  may: 'May',
  jun: 'June',
  jul: 'July',
  aug: 'August',
  sep: 'September',
  oct: 'October',
  nov: 'November',
  dec: 'December',
};

/**
 * Parser for BibTeX and BibLaTeX. It has its own scanner because the known BibTeX parsers give at best the position of
 * an entry, never those of the characters in a field, and reject a file with one broken entry.
 *
 * The context of a block are the values of the `@string` definitions that it uses.
 */
export const bibtex = recordParser({
  cut(text) {
    const entries = bibtexEntries(text);
    const strings = new Map(
      entries.filter(({ type }) => type === 'string').flatMap((each) => defined(text, each)),
    );
    return entries
      .filter(({ type }) => !/^(?:comment|string|preamble)$/.test(type))
      .map(({ start, end }): Cut => ({ start, end, context: usedStrings(text.slice(start, end), strings) }));
  },

  *fields(source) {
    const type = /^\s*@[ \t]*([a-zA-Z]+)/d.exec(source)?.indices?.[1];
    if (type) yield { kind: 'type', parts: [{ start: type[0], end: type[1] }] };
    const key = /^\s*@[^{(]*[{(]\s*([^\s,{}()"=]{1,300})/d.exec(source)?.indices?.[1];
    if (key) yield { kind: 'key', parts: [{ start: key[0], end: key[1] }] };
    for (const { name, parts } of bibtexFields(source)) {
      const kind = kinds.get(name);
      if (kind === 'keyword') yield* parts.flatMap((part) => keywordsIn(source, part));
      else if (kind) yield { kind, parts, separator: '' };
    }
  },

  read(segments, source, part, context) {
    const value = isName(source, part.start)
      ? stringsIn(context)[source.slice(part.start, part.end)]
      : undefined;
    if (value !== undefined) segments.builder.replace(value, part.start, part.end);
    else if (!isName(source, part.start) || /^\d+$/.test(source.slice(part.start, part.end)))
      readString(segments, source, part.start, part.end);
  },
});

/** Whether the part of a value at `start` has no delimiter. */
function isName(source: string, start: number): boolean {
  return /[=#]\s*$/.test(source.slice(Math.max(0, start - 42), start));
}

function readString(segments: Segments, source: string, start: number, end: number): void {
  proseOfField(segments, source, { start, end }, (from, to) => {
    readLatexField(segments, source, from, to);
  });
}

/** The names that an `@string` defines, in lower case, with their values. */
function defined(text: string, { start, end }: BibtexEntry): [name: string, value: string][] {
  const source = text.slice(start, end);
  return Array.from(bibtexFields(source), ({ name, parts }) => [
    name,
    parts
      .filter((part) => !part.isName)
      .map((part) => source.slice(part.start, part.end))
      .join('')
      .replace(/\s+/g, ' ')
      .trim(),
  ]);
}

/** JSON of the values of the strings that an entry uses, by the names that it uses. */
function usedStrings(source: string, strings: ReadonlyMap<string, string>): string {
  const used: Record<string, string> = {};
  for (const { 1: name = '' } of source.matchAll(/[=#]\s{0,40}([a-zA-Z][^\s,#{}()"=@]{0,200})/g)) {
    const value = strings.get(name.toLowerCase()) ?? months[name.toLowerCase()];
    if (value !== undefined) used[name] = value;
  }
  return Object.keys(used).length === 0 ? '' : JSON.stringify(used);
}

function stringsIn(context: string): Readonly<Partial<Record<string, string>>> {
  return context === '' ? {} : (JSON.parse(context) as Record<string, string>);
}

/** Matches a keyword of a list; BibLaTeX takes commas in braces for a part of it: `{Receptors, Estrogen}, gout`. */
const keywordItem = /(?:\{[^{}]*\}|[^,;])+/g;

function keywordsIn(source: string, part: BibtexPart): SourceField[] {
  if (part.isName) return [];
  return keywordsOf(source.slice(part.start, part.end), keywordItem).map(({ start, end }) => ({
    kind: 'keyword',
    parts: [{ start: part.start + start, end: part.start + end }],
  }));
}
