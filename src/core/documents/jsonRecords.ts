import { findNodeAtLocation, parseTree, type Node } from 'jsonc-parser';
import type { Span } from '../types';
import type { Cut } from './blocks';
import { proseOfField } from './fieldMarkup';
import { readJsonString } from './jsonStrings';
import { keywordsOf } from './keywords';
import { recordParser, type FieldKind, type RecordSyntax, type SourceField } from './recordSyntax';

const options = { allowTrailingComma: true };

/** Fields of CSL-JSON, and the names that other programs give to the same, in lower case. */
const kinds: ReadonlyMap<string, FieldKind> = new Map(
  Object.entries({
    title: 'title',
    abstract: 'abstract',
    keyword: 'keyword',
    keywords: 'keyword',
    annote: 'note',
    author: 'author',
    authors: 'author',
    issued: 'date',
    year: 'date',
    'container-title': 'journal',
    journal: 'journal',
    volume: 'volume',
    issue: 'issue',
    page: 'pages',
    pages: 'pages',
    doi: 'doi',
    pmid: 'pmid',
    pmcid: 'pmcid',
    type: 'type',
    id: 'key',
    'citation-key': 'key',
    url: 'url',
  }),
);

const read: RecordSyntax['read'] = (segments, source, part) => {
  proseOfField(segments, source, part, (start, end) => {
    readJsonString(
      source,
      { start, end },
      {
        text: (from, to) => {
          segments.builder.prose(from, to);
        },
        escape: (character, from, to) => {
          if (/\s/.test(character)) segments.builder.space(from, to);
          else segments.builder.replace(character, from, to);
        },
      },
    );
  });
};

/**
 * CSL-JSON, as Zotero and Pandoc write it (https://docs.citationstyles.org/en/stable/specification.html), and other lists
 * of JSON objects that have a title. Titles, abstracts, keywords and notes are read.
 */
export const cslJson = recordParser({
  cut(text) {
    if (!isJson(text)) return [];
    const root = parseTree(text, [], options);
    const list = root?.type === 'array' ? root : root && (findNodeAtLocation(root, ['items']) ?? root);
    const items = list?.type === 'array' ? (list.children ?? []) : list ? [list] : [];
    return items.filter(({ type }) => type === 'object').map(cutOf);
  },

  *fields(source) {
    const root = parseTree(source, [], options);
    for (const { name, value } of properties(root)) {
      const kind = kinds.get(name.toLowerCase());
      if (kind === 'author') yield* authorsIn(source, value);
      else if (kind === 'keyword') yield* keywordsIn(source, value);
      else if (kind === 'date') yield* fieldOf(kind, dateIn(value), source);
      else if (kind) yield* fieldOf(kind, value, source);
    }
  },

  read,
});

/**
 * Full texts of CORD-19 and of other output of S2ORC (Lo et al. 2020): a JSON object with `metadata`, `abstract`,
 * `body_text` and `ref_entries`, the captions.
 */
export const cord19 = recordParser({
  cut(text) {
    const root = isJson(text) ? parseTree(text, [], options) : undefined;
    return root?.type === 'object' ? [cutOf(root)] : [];
  },

  *fields(source) {
    const root = parseTree(source, [], options);
    let section = '';
    for (const { name, value } of properties(root)) {
      if (name === 'paper_id') yield* fieldOf('id', value, source);
      if (name === 'title') yield* fieldOf('title', value, source);
      if (name === 'metadata') {
        yield* fieldOf('title', findNodeAtLocation(value, ['title']), source);
        yield* authorsIn(source, findNodeAtLocation(value, ['authors']));
      }
      if (name === 'abstract' && value.type === 'string') yield* fieldOf('abstract', value, source);
      else if (name === 'abstract') yield* paragraphs('abstract', value);
      if (name === 'body_text') yield* paragraphs('body', value);
      if (name === 'ref_entries') {
        for (const entry of properties(value))
          yield* fieldOf('body', findNodeAtLocation(entry.value, ['text']), source);
      }
    }

    function* paragraphs(kind: FieldKind, list: Node): Generator<SourceField> {
      for (const paragraph of list.children ?? []) {
        const fields = properties(paragraph).map(({ name, value }) => ({ name, value }));
        for (const { name, value } of fields) {
          // Every paragraph repeats the heading of its section.
          const isNewSection = name === 'section' && value.value !== section;
          if (isNewSection) section = String(value.value);
          if (name === 'text' || isNewSection) yield* fieldOf(kind, value, source);
        }
      }
    }
  },

  read,
});

/** Whether a text begins as JSON does. The parser is slow for other text. */
function isJson(text: string): boolean {
  return /^\uFEFF?\s*[[{]/.test(text);
}

function cutOf({ offset, length }: Node): Cut {
  return { start: offset, end: offset + length, context: '' };
}

function properties(object: Node | undefined): { readonly name: string; readonly value: Node }[] {
  return (object?.type === 'object' ? (object.children ?? []) : []).flatMap(({ children }) => {
    const [name, value] = children ?? [];
    return name && value ? [{ name: String(name.value), value }] : [];
  });
}

function* fieldOf(kind: FieldKind, value: Node | undefined, source: string): Generator<SourceField> {
  const part = value && scalar(value, source);
  if (part) yield { kind, parts: [part] };
}

/** The content of a string without its quotes, or a number. */
function scalar({ type, offset, length }: Node, source: string): Span | undefined {
  if (type === 'number') return { start: offset, end: offset + length };
  if (type !== 'string' || length < 2) return undefined;
  const isClosed = source.charAt(offset + length - 1) === '"';
  return { start: offset + 1, end: offset + length - (isClosed ? 1 : 0) };
}

/** The first number of `{"date-parts": [[2019, 5]]}`, or the date as text. */
function dateIn(value: Node): Node | undefined {
  if (value.type !== 'object') return value;
  for (const path of [['date-parts', 0, 0], ['raw'], ['literal'], ['year']]) {
    const found = findNodeAtLocation(value, path);
    if (found) return found;
  }
  return undefined;
}

function* authorsIn(source: string, list: Node | undefined): Generator<SourceField> {
  if (list?.type === 'string') yield* fieldOf('author', list, source);
  for (const author of list?.type === 'array' ? (list.children ?? []) : []) {
    if (author.type === 'string') yield* fieldOf('author', author, source);
    const family = ['family', 'last', 'literal', 'name'].flatMap(
      (name) => findNodeAtLocation(author, [name]) ?? [],
    )[0];
    const given = findNodeAtLocation(author, ['given']);
    const parts = [family, given].flatMap((node) => (node && scalar(node, source)) ?? []);
    const [first, second] = parts;
    if (!first) continue;
    const isOrdered = second !== undefined && second.start > first.end;
    yield { kind: 'author', parts: isOrdered ? [first, second] : [first], separator: ', ' };
  }
}

function* keywordsIn(source: string, value: Node): Generator<SourceField> {
  for (const item of value.type === 'array' ? (value.children ?? []) : [value]) {
    const part = scalar(item, source);
    if (!part) continue;
    const text = source.slice(part.start, part.end);
    for (const { start, end } of keywordsOf(text))
      yield { kind: 'keyword', parts: [{ start: part.start + start, end: part.start + end }] };
  }
}
