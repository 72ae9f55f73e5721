import { lineEnds } from '../characters';
import { BioBertError, errorCodes } from '../errors';
import { annotatorIdentity, type Annotator } from './annotator';
import { CodePointOffsets } from './codePoints';
import { LineFeedText } from './lineFeedText';
import { databaseWith } from '../linking/databases';
import type { ConceptLink } from '../types';
import { roundProbability, toOneLine, type AnnotatedText, type Mention } from './mention';
import type { RelationLink } from './relationLink';

/**
 * The `.txt` file that belongs to the `.ann` file of {@link writeBrat}: the text with line feeds as its only line ends.
 * Python's text mode, editors and brat count a carriage return and line feed as one character or as two; of a line feed
 * they all count one.
 */
export function bratText(text: string): string {
  return new LineFeedText(text).text;
}

/**
 * Writes the `.ann` file of brat's standoff format for a `.txt` file that contains {@link bratText}. Offsets count
 * code points of that file. A mention across a line break is split into fragments, one per line (`T1<TAB>Gene 0 5;6 9<TAB>…`),
 * because the format cannot represent the break. Probability and annotator are written as an annotator's note, which
 * brat shows on hover, because the format has no line about a whole file that every reader would ignore. A linked mention
 * has a normalization line for each concept: `N1<TAB>Reference T1 MESH:D008687<TAB>Metformin`.
 *
 * Source: brat, "Annotation data format" (standoff).
 */
export function writeBrat(text: string, mentions: readonly Mention[]): string {
  const lines = new LineFeedText(text);
  const offsets = new CodePointOffsets(lines.text);
  let references = 0;
  return mentions
    .map((mention, index) => {
      const id = index + 1;
      const fragments = splitAtBreaks(
        lines.text,
        lines.fromDocument(mention.start),
        lines.fromDocument(mention.end),
      );
      const places = fragments.map(
        ({ start, end }) => `${offsets.toCodePoints(start)} ${offsets.toCodePoints(end)}`,
      );
      const mentionText = fragments.map(({ start, end }) => lines.text.slice(start, end)).join(' ');
      const line = `T${id}\t${safeType(mention.type)} ${places.join(';')}\t${mentionText}\n`;
      const links = (mention.concepts ?? []).map((concept) => referenceLine(++references, `T${id}`, concept));
      return line + links.join('') + noteLine(id, `T${id}`, mention);
    })
    .join('');
}

/** The normalization of a target: the identifier of a concept, and its name. */
function referenceLine(number: number, target: string, { id, name }: ConceptLink): string {
  return `N${number}\tReference ${target} ${reference(id)}\t${toOneLine(name)}\n`;
}

/**
 * The identifier as `DATABASE:ENTRY`, the form that brat requires, without white space, which would end it. Identifiers
 * without a database are written below `Terms`.
 */
function reference(id: string): string {
  const written = id.replace(/\s/gu, (space) => encodeURIComponent(space));
  return /^[^:]+:./u.test(written) ? written : `Terms:${written.replace(/^:/u, '')}`;
}

/**
 * Writes the relation lines that follow the mentions of {@link writeBrat}: `R1<TAB>inhibitor Arg1:T1 Arg2:T2`. Denied
 * and speculative relations get brat's own attributes.
 * @param mentions Number of mentions: notes on relations are numbered after those on mentions.
 */
export function writeBratRelations(relations: readonly RelationLink[], mentions: number): string {
  let attributes = 0;
  return relations
    .map((relation, index) => {
      const { type, subject, object, isNegated, isSpeculated } = relation;
      const id = `R${index + 1}`;
      const line = `${id}\t${safeType(type)} Arg1:T${subject + 1} Arg2:T${object + 1}\n`;
      const negation = isNegated ? `A${++attributes}\tNegation ${id}\n` : '';
      const speculation = isSpeculated ? `A${++attributes}\tSpeculation ${id}\n` : '';
      return line + negation + speculation + noteLine(mentions + index + 1, id, relation);
    })
    .join('');
}

interface Note {
  readonly probability?: number | undefined;
  readonly annotator?: Annotator | undefined;
}

/** The note about a target: `probability 0.97, by BioBERT compact 2.0 (sha256 1a2b3c4d5e6f)`, or `by a person`. */
function noteLine(number: number, target: string, { probability, annotator }: Note): string {
  const author =
    annotator === undefined || annotator === 'person'
      ? annotator && 'by a person'
      : `by ${toOneLine(annotatorIdentity(annotator))}`;
  const probabilityText =
    probability === undefined ? undefined : `probability ${roundProbability(probability)}`;
  const note = [probabilityText, author].filter((part) => part !== undefined).join(', ');
  return note === '' ? '' : `#${number}\tAnnotatorNotes ${target}\t${note}\n`;
}

const notePattern =
  /^#\d+\tAnnotatorNotes ([TR]\d+)\t(?:probability ([\d.]+))?(?:, )?(?:by (.+) \(sha256 ([0-9a-f]+)\)|(by a person))?$/;

/** @returns notes by identifier of their target. Notes of other kinds are ignored. */
function readNotes(lines: readonly string[]): ReadonlyMap<string, Note> {
  const notes = lines.flatMap((line): readonly (readonly [string, Note])[] => {
    const [, target, probabilityText, name, hash, person] = notePattern.exec(line) ?? [];
    if (target === undefined) return [];
    const model = name === undefined || hash === undefined ? undefined : { name, hash };
    const annotator = person === undefined ? model : 'person';
    const probability = probabilityText === undefined ? {} : { probability: Number(probabilityText) };
    return [[target, annotator === undefined ? probability : { ...probability, annotator }]];
  });
  return new Map(notes);
}

/** Reads relations with their attributes. Their indices refer to the mentions that {@link readBrat} returns. */
export function readBratRelations(annotations: string): readonly RelationLink[] {
  const lines = annotations.split(/\r?\n/);
  const notes = readNotes(lines);
  const mentions = lines.flatMap((line) => /^(T\d+)\t/.exec(line)?.[1] ?? []);
  const attributes = new Set(lines.flatMap((line) => /^A\d+\t(\S+ R\d+)$/.exec(line)?.[1] ?? []));
  return lines.flatMap((line) => {
    const [, id, type, from = '', to = ''] = /^(R\d+)\t(\S+) Arg1:(T\d+) Arg2:(T\d+)\s*$/.exec(line) ?? [];
    const subject = mentions.indexOf(from);
    const object = mentions.indexOf(to);
    if (id === undefined || type === undefined || subject < 0 || object < 0) return [];
    const isNegated = attributes.has(`Negation ${id}`);
    const isSpeculated = attributes.has(`Speculation ${id}`);
    return [{ type, subject, object, isNegated, isSpeculated, ...notes.get(id) }];
  });
}

/** Databases for brat's `tools.conf`, by the prefix of their identifiers, with their home pages. */
const normalizations = [
  ['NCBIGene', 'https://www.ncbi.nlm.nih.gov/gene/'],
  ['MESH', 'https://meshb.nlm.nih.gov/'],
  ['OMIM', 'https://www.omim.org/'],
  ['NCBITaxon', 'https://www.ncbi.nlm.nih.gov/taxonomy/'],
] as const;

/** A line of `tools.conf`: brat puts the identifier in the place of `%s`. */
function normalizationLine([prefix, home]: (typeof normalizations)[number]): string {
  const entry = `${databaseWith(prefix)?.address ?? home}%s`;
  return `${prefix}\tDB:${prefix}, <URL>:${home}, <URLBASE>:${entry}`;
}

/** A comment with the lines that turn identifiers into links. They cannot stand in `annotation.conf` itself. */
const normalizationNote = `# For links from identifiers to their databases, add these lines to tools.conf, without "# ":
# [normalizations]
${normalizations.map((each) => `# ${normalizationLine(each)}\n`).join('')}
`;

/**
 * Writes `annotation.conf`; without it, brat shows no types.
 *
 * @param hasReferences Whether mentions have identifiers: a comment then says how brat shows them as links. Default:
 * false.
 */
export function writeBratConfiguration(
  types: readonly string[],
  relationTypes: readonly string[] = [],
  hasReferences = false,
): string {
  const entities = types.map((type) => `${safeType(type)}\n`).join('');
  const relations = relationTypes.map((type) => `${safeType(type)}\tArg1:<ENTITY>, Arg2:<ENTITY>\n`).join('');
  const attributes = relations === '' ? '' : 'Negation\tArg:<RELATION>\nSpeculation\tArg:<RELATION>\n';
  return `${hasReferences ? normalizationNote : ''}[entities]\n${entities}\n[relations]\n${relations}\n[events]\n\n[attributes]\n${attributes}`;
}

/** Line breaks with the white space around them, which a fragment must not contain. */
const breaks = new RegExp(String.raw`\s*[\t${lineEnds}]\s*`, 'gu');

function splitAtBreaks(text: string, start: number, end: number): { start: number; end: number }[] {
  const fragments: { start: number; end: number }[] = [];
  let from = start;
  for (const match of text.slice(start, end).matchAll(breaks)) {
    const at = start + match.index;
    if (at > from) fragments.push({ start: from, end: at });
    from = at + match[0].length;
  }
  if (from < end || fragments.length === 0) fragments.push({ start: from, end });
  return fragments;
}

function safeType(type: string): string {
  return type.replace(/[^\p{L}\p{N}_-]/gu, '_');
}

/**
 * Reads the text-bound annotations of a standoff file; events, relations and attributes are ignored. The fragments of
 * a mention become one mention from the start of the first to the end of the last.
 *
 * @param text The `.txt` file, or the document that it was made from: line ends do not matter.
 * @throws {BioBertError} ARGUMENT_INVALID if an offset is outside the text.
 */
export function readBrat(id: string, text: string, annotations: string): AnnotatedText {
  const lineFeedText = new LineFeedText(text);
  const offsets = new CodePointOffsets(lineFeedText.text);
  const length = offsets.toCodePoints(lineFeedText.text.length);
  const lines = annotations.split(/\r?\n/);
  const notes = readNotes(lines);
  const mentions = lines.flatMap((line): readonly Mention[] => {
    const bound = /^(T\d+)\t(\S+) (\d+(?: \d+;\d+)* \d+)(?:\t|$)/.exec(line);
    const [, mentionId, type, places] = bound ?? [];
    if (mentionId === undefined || type === undefined || places === undefined) return [];
    const numbers = places.split(/[ ;]/).map(Number);
    const last = Math.max(...numbers);
    if (last > length) {
      throw new BioBertError(
        errorCodes.ARGUMENT_INVALID,
        `Annotation ${mentionId} of ${id} ends at ${last}, behind the end of its text (${length}).`,
        'Use the .txt file that was annotated, unchanged.',
      );
    }
    const start = lineFeedText.toDocument(offsets.toUtf16(Math.min(...numbers)));
    const end = lineFeedText.toDocument(offsets.toUtf16(last));
    return [{ start, end, text: text.slice(start, end), type, ...notes.get(mentionId) }];
  });
  return { id, text, mentions };
}
