import { BioBertError, errorCodes } from '../errors';
import { CodePointOffsets } from './codePoints';
import { ncbiId, ncbiIds } from './conceptColumns';
import { toOneLine, type AnnotatedText, type Mention } from './mention';
import type { Passage, PassageDocument, PassageRelation } from './exportPassages';

/**
 * Writes a document in PubTator format: `id|t|title`, `id|a|abstract`, one line per mention
 * (`id<TAB>start<TAB>end<TAB>text<TAB>type<TAB>MESH:D008687`), one line per relation of two concepts
 * (`id<TAB>type<TAB>MESH:D008687<TAB>672`), and an empty line. Identifiers are written as PubTator 3 does; those of a
 * mention with several concepts are joined by `|`, and a mention that is not linked has `-`: without the column, other
 * readers would take the line for a relation. Relations are between concepts, so those of names without a concept are
 * left out, and so are relations that the text denies, which the format cannot express. The first passage is the title;
 * the others are joined by spaces and form the abstract. Offsets count code points of the title, one space and the
 * abstract. The annotator is not written: other readers would take a further column or line for a relation, or reject it.
 */
export function writePubtator({ id, passages, relations = [] }: PassageDocument): string {
  const [title, ...others] = passages;
  const titleText = title?.text ?? '';
  const whole = toOneLine(passages.map((passage) => passage.text).join(' '));
  const offsets = new CodePointOffsets(whole);
  const key = id.replace(/[|\s]+/g, '_');
  const rows = placeInWhole(passages).map(({ start, end, type, concepts }) => {
    const place = `${offsets.toCodePoints(start)}\t${offsets.toCodePoints(end)}`;
    const ids = ncbiIds(concepts) ?? '-';
    return `${key}\t${place}\t${whole.slice(start, end)}\t${toOneLine(type)}\t${ids}\n`;
  });
  const abstract = others.length === 0 ? '' : whole.slice(titleText.length + 1);
  return `${key}|t|${toOneLine(titleText)}\n${key}|a|${abstract}\n${rows.join('')}${relationLines(key, relations)}\n`;
}

/** The relations of a document. Each is written once, however often the text states it. */
function relationLines(key: string, relations: readonly PassageRelation[]): string {
  const lines = relations
    .filter(({ infons }) => infons['negated'] === undefined)
    .flatMap(({ subject, object, infons }) =>
      pairsOf(subject.concepts, object.concepts).map(
        ([from, to]) => `${key}\t${toOneLine(infons['type'] ?? '')}\t${from}\t${to}\n`,
      ),
    );
  return [...new Set(lines)].join('');
}

type Concepts = Mention['concepts'];

/** Each concept of the subject with each concept of the object. */
function pairsOf(
  subject: Concepts = [],
  object: Concepts = [],
): readonly (readonly [from: string, to: string])[] {
  return subject.flatMap((from) => object.map((to) => [ncbiId(from.id), ncbiId(to.id)] as const));
}

/** The mentions with offsets in the passages joined by one character. */
function placeInWhole(passages: readonly Passage[]): readonly Mention[] {
  let offset = 0;
  return passages.flatMap((passage) => {
    const base = offset;
    offset += passage.text.length + 1;
    return passage.mentions.map((mention) => ({
      ...mention,
      start: mention.start + base,
      end: mention.end + base,
    }));
  });
}

/** A PubTator document with the length of its title, so that title and abstract can be separated again. */
export interface PubtatorDocument extends AnnotatedText {
  /** UTF-16 length of the title; `text` is the title, one space and the abstract. */
  readonly titleLength: number;
}

/**
 * Reads PubTator format. Relation lines (`id<TAB>CID<TAB>…`) are ignored. If the characters at an offset are not the
 * text of the mention (some corpora count differently in single lines), the offset is used.
 *
 * @throws {BioBertError} ARGUMENT_INVALID for a line that is neither text, mention nor relation.
 */
export function readPubtator(file: string): readonly PubtatorDocument[] {
  const documents: PubtatorDocument[] = [];
  let lines: string[] = [];
  const finish = (): void => {
    if (lines.length > 0) documents.push(readDocument(lines));
    lines = [];
  };
  for (const line of file.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    if (line.trim() === '' || titleLine.test(line)) finish();
    if (line.trim() !== '') lines.push(line);
  }
  finish();
  return documents;
}

const titleLine = /^([^|\t]+)\|t\|(.*)$/;
const abstractLine = /^([^|\t]+)\|a\|(.*)$/;

function readDocument(lines: readonly string[]): PubtatorDocument {
  let id = '';
  let title = '';
  let abstract = '';
  const rows: { start: number; end: number; type: string }[] = [];
  for (const line of lines) {
    const titleMatch = titleLine.exec(line);
    const abstractMatch = abstractLine.exec(line);
    id ||= titleMatch?.[1] ?? abstractMatch?.[1] ?? '';
    const [, start = '', end = '', , type] = line.split('\t');
    if (titleMatch !== null) title = titleMatch[2] ?? '';
    else if (abstractMatch !== null) abstract = abstractMatch[2] ?? '';
    else if (!line.includes('\t')) throw notPubtator(id);
    else if (/^\d+$/.test(start) && /^\d+$/.test(end) && type !== undefined) {
      rows.push({ start: Number(start), end: Number(end), type: type.trim() });
    }
  }
  const text = `${title} ${abstract}`;
  const offsets = new CodePointOffsets(text);
  const mentions = rows.map(({ start, end, type }) => {
    const span = { start: offsets.toUtf16(start), end: Math.min(offsets.toUtf16(end), text.length) };
    return { ...span, text: text.slice(span.start, span.end), type };
  });
  return { id, text, titleLength: title.length, mentions };
}

function notPubtator(id: string): BioBertError {
  return new BioBertError(
    errorCodes.ARGUMENT_INVALID,
    `A line of document ${id || '(first)'} is neither text nor annotation.`,
    'Give a file in PubTator format: id|t|title, id|a|abstract, then tab-separated mentions.',
  );
}
