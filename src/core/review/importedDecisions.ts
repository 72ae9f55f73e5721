import { bibtex } from '../documents/bibtex';
import { rowsOf } from '../documents/delimited';
import { cslJson } from '../documents/jsonRecords';
import { fieldText, type RecordSyntax } from '../documents/recordSyntax';
import { ris } from '../documents/ris';
import { tableLayout } from '../documents/tableLayout';
import { withoutGuard } from '../spreadsheetText';
import type { DocumentFormat } from '../types';
import { noteDivider, noteStarts } from './decisionNotes';
import type { Choice } from './reviewData';

/** A decision that another screening program, or an earlier export, wrote into a file of records. */
export interface ImportedDecision {
  /** Position of the record in the file, counted from 0 as in {@link readRecords}. */
  readonly index: number;
  readonly choice: Extract<Choice, 'include' | 'exclude' | 'maybe'>;
  readonly reason?: string;
}

type Decision = Omit<ImportedDecision, 'index'>;

/**
 * The decisions in a file of records: those of ASReview (notes in RIS, a column such as `asreview_label` or `included` in a
 * table), those of Rayyan (`RAYYAN-INCLUSION: {"Anna"=>"Included"}` in the notes of RIS, BibTeX and tables) and those of
 * {@link recordExports}. Records without a decision are left out. Where the reviewers of Rayyan disagree,
 * the choice is `maybe`, so that someone looks at the record again.
 */
export function importedDecisions(text: string, format: DocumentFormat): readonly ImportedDecision[] {
  const decisions = decisionReaders[format]?.(text) ?? [];
  return decisions.flatMap((decision, index) => (decision === undefined ? [] : [{ index, ...decision }]));
}

const decisionReaders: Readonly<
  Partial<Record<DocumentFormat, (text: string) => readonly (Decision | undefined)[]>>
> = {
  ris: (text) => ris.cut(text).map(({ start, end }) => inRisNotes(risNotesOf(text.slice(start, end)))),
  bibtex: (text) =>
    bibtex.cut(text).map((cut) => {
      const source = text.slice(cut.start, cut.end);
      return ofRayyan(bibtexNotes(source)) ?? inNotes(annotations(bibtex, source, cut.context));
    }),
  'csl-json': (text) =>
    cslJson
      .cut(text)
      .map(({ start, end, context }) => inNotes(annotations(cslJson, text.slice(start, end), context))),
  table: inTable,
};

/** The notes of a record in RIS. A line without a tag continues a note; Zotero wraps notes in paragraphs of HTML. */
function risNotesOf(source: string): string[] {
  const notes: string[] = [];
  let isNote = false;
  for (const line of source.split(/\r\n?|\n/)) {
    const [, tag, value = ''] = /^\uFEFF?([A-Z][A-Z0-9]) {1,2}-(?: (.*))?$/.exec(line) ?? [];
    if (tag === 'N1') notes.push(value.trim());
    else if (tag === undefined && isNote) notes.push(`${notes.pop() ?? ''} ${line.trim()}`.trim());
    if (tag !== undefined) isNote = tag === 'N1';
  }
  return notes.map((note) => note.replace(/^<p>|<\/p>$/g, ''));
}

function inRisNotes(notes: readonly string[]): Decision | undefined {
  const rayyan = ofRayyan(notes.join(' | '));
  if (rayyan) return rayyan;
  const label = notes.map((note) => asreviewLabel.exec(note)?.[0]).find((found) => found !== undefined);
  const choice = choices.get(label ?? '');
  return choice === undefined ? inNotes(notes) : decisionOf(choice, noteAfter(notes, noteStarts.reason));
}

/** The decision in the notes that {@link remarkNotes} follow. */
function inNotes(notes: readonly string[]): Decision | undefined {
  return decisionOf(choiceIn(noteAfter(notes, noteStarts.decision)), noteAfter(notes, noteStarts.reason));
}

/** The notes in the field `annote` of {@link annotationOf}. */
function annotations(syntax: RecordSyntax, source: string, context: string): string[] {
  return Array.from(syntax.fields(source, context))
    .filter(({ kind }) => kind === 'note')
    .flatMap((field) => fieldText(source, field, context, syntax).split(noteDivider));
}

const asreviewLabel = /^ASReview_(?:relevant|irrelevant|not_seen)\b/;

/** The rest of the first note that begins with the prefix. */
function noteAfter(notes: readonly string[], prefix: string): string {
  return notes.find((note) => note.startsWith(prefix))?.slice(prefix.length) ?? '';
}

/** The values that ASReview, Rayyan and this program write for a choice. */
const choices: ReadonlyMap<string, Decision['choice']> = new Map([
  ['ASReview_relevant', 'include'],
  ['ASReview_irrelevant', 'exclude'],
  ...(['1', '1.0', 'yes', 'y', 'true', 'include', 'included', 'relevant'] as const).map(
    (value) => [value, 'include'] as const,
  ),
  ...(['0', '0.0', 'no', 'n', 'false', 'exclude', 'excluded', 'irrelevant'] as const).map(
    (value) => [value, 'exclude'] as const,
  ),
  ['maybe', 'maybe'],
]);

function choiceIn(value: string): Decision['choice'] | undefined {
  return choices.get(value.trim().toLowerCase());
}

function decisionOf(choice: Decision['choice'] | undefined, reason: string): Decision | undefined {
  if (choice === undefined) return undefined;
  return choice === 'include' || reason.trim() === '' ? { choice } : { choice, reason: reason.trim() };
}

/** The decision in notes of Rayyan: `RAYYAN-INCLUSION: {"A"=>"Excluded"} | RAYYAN-EXCLUSION-REASONS: wrong population`. */
function ofRayyan(notes: string): Decision | undefined {
  const [, inclusion = ''] = /RAYYAN-INCLUSION:\s*\\?\{([^{}]*)\}/.exec(notes) ?? [];
  const said = Array.from(inclusion.matchAll(/=\\?>\s*\\?["'“”]?\s*(\p{L}+)/gu), ([, value = '']) =>
    choiceIn(value),
  );
  const found = new Set(said.filter((choice) => choice !== undefined));
  const [first] = found;
  const [, reasons = ''] = /RAYYAN-EXCLUSION-REASONS:\s*([^|]*)/.exec(notes) ?? [];
  return decisionOf(found.size > 1 ? 'maybe' : first, reasons);
}

/** The notes of an entry in BibTeX as they are written: braces stand around what Rayyan says. */
function bibtexNotes(source: string): string {
  return Array.from(bibtex.fields(source, ''))
    .filter(({ kind }) => kind === 'note')
    .flatMap(({ parts }) => parts.map(({ start, end }) => source.slice(start, end)))
    .join(' | ');
}

/** The columns with decisions, the one that counts first. Those after `decision` are the ones that ASReview reads. */
const decisionColumns: readonly string[] = [
  'decision',
  'asreview_label',
  'asreview_included',
  'included',
  'label',
  'final_included',
  'label_included',
  'included_label',
  'included_final',
  'included_flag',
  'include',
];

function inTable(text: string): (Decision | undefined)[] {
  const { delimiter, header, end } = tableLayout(text);
  const names = header.map((name) => name.trim().toLowerCase());
  const rows = Array.from(rowsOf(text, delimiter, end), ({ cells }) => {
    const texts = cells.map((cell) => text.slice(cell.start, cell.end).replaceAll('""', '"'));
    return new Map(texts.map((cell, index) => [names[index], withoutGuard(cell).trim()]));
  });
  // An empty cell says that the record is not decided yet, whatever the columns after this one say.
  const column = decisionColumns.find((name) => rows.some((row) => choiceIn(row.get(name) ?? '')));
  return rows.map((row) => {
    const choice = column === undefined ? undefined : choiceIn(row.get(column) ?? '');
    return ofRayyan(row.get('notes') ?? '') ?? decisionOf(choice, row.get('reason') ?? '');
  });
}
