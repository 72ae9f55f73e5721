import { annotatorColumns, annotatorIdentity } from '../exports/annotator';
import { csvLine } from '../exports/csv';
import { escapeMarkdown } from '../exports/escapeMarkdown';
import { roundProbability, toOneLine } from '../exports/mention';
import type { CitedEntry } from './citedEvidence';
import { sortEvidence, type Evidence } from './evidenceFile';
import {
  topicColumns,
  topicIds,
  topicLabel,
  type EvidenceTopic,
  type FormColumnName,
  type TopicColumns,
} from './evidenceTopics';
import { evidenceMark } from './ownReport';

/** Localised strings that the exports need. */
export interface EvidenceWords {
  readonly document: string;
  readonly line: string;
  readonly denied: string;
  readonly speculative: string;
  readonly proposed: string;
  readonly title: string;
  /** `Found by {0}.` */
  readonly foundBy: string;
  readonly person: string;
}

export const evidenceCsvHeader = [
  'topic',
  'document',
  'publication',
  'citation',
  'line',
  'start',
  'end',
  'answer',
  'sentence',
  'denied',
  'supposed',
  'probability',
  'note',
  'annotator',
  'model_sha256',
  'subject_id',
  'object_id',
  'proposed',
  'author',
  'year',
  'title',
  'journal',
  'pmid',
  'doi',
] as const;

/** Writes the table as CSV, one record per entry. */
export function evidenceCsv(evidence: readonly CitedEntry[]): string {
  const lines = sortEvidence(evidence).map((each) =>
    csvLine([
      toOneLine(topicLabel(each.topic)),
      toOneLine(each.document),
      toOneLine(each.publication ?? ''),
      toOneLine(each.citation),
      each.line,
      each.start,
      each.end,
      toOneLine(each.answer ?? ''),
      toOneLine(each.sentence),
      each.isDenied ? 'yes' : 'no',
      each.isSpeculative ? 'yes' : 'no',
      roundProbability(each.probability),
      each.note.split(/\r?\n/).map(toOneLine).join('\n'),
      ...annotatorColumns(each.annotator),
      ...idColumns(each.topic),
      each.isProposed === true ? 'yes' : 'no',
      ...factColumns(each),
    ]),
  );
  return [csvLine(evidenceCsvHeader), ...lines].join('');
}

/** Authors, year, title, journal and identifiers; empty for a publication of which no record is known. */
function factColumns({ facts }: CitedEntry): readonly (string | number)[] {
  const authors = facts?.authors.join('; ') ?? '';
  const { year = '', title = '', journal = '', pmid = '', doi = '' } = facts ?? {};
  return [authors, year, title, journal, pmid, doi].map((field) =>
    typeof field === 'string' ? toOneLine(field) : field,
  );
}

/** Identifiers of the concepts of a pair; empty for names that are not linked, and for other topics. */
function idColumns(topic: EvidenceTopic): readonly [subject: string, object: string] {
  if (topic.kind !== 'pair') return ['', ''];
  return [toOneLine(topic.subject.id ?? ''), toOneLine(topic.object.id ?? '')];
}

/**
 * Writes a Markdown table with documents as rows and topics as columns. Each row names its publication and the key by
 * which Pandoc cites it; each cell contains its sentences with their places.
 *
 * @param form The columns of the extraction form, which come first. Default: none.
 */
export function evidenceMarkdown(
  evidence: readonly Evidence[],
  words: EvidenceWords,
  form: readonly FormColumnName[] = [],
): string {
  const sorted = sortEvidence(evidence);
  const { columns, keyOf } = usedColumns(sorted, form);
  const nameOf = ({ publication, document }: Evidence): string => publication ?? document;
  const documents = [...new Set(sorted.map(nameOf))].sort();
  const head = [escapeMarkdown(words.document), ...columns.map(({ topic }) => headOf(topic))];
  const rows = documents.map((document) => [
    `${escapeMarkdown(document)} ${citationsOf(sorted.filter((each) => nameOf(each) === document))}`,
    ...columns.map(({ key }) =>
      sorted
        .filter((each) => nameOf(each) === document && keyOf(each.topic) === key)
        .map((each) => cellOf(each, words))
        .join('<br>'),
    ),
  ]);
  const table = [head, head.map(() => '---'), ...rows];
  return `${evidenceMark}\n\n# ${escapeMarkdown(words.title)}\n\n${table.map((row) => `| ${row.join(' | ')} |\n`).join('')}${foundBy(sorted, words)}`;
}

/**
 * Writes a Markdown list per topic. Each sentence has the key by which Pandoc cites its document.
 *
 * @param form As in {@link evidenceMarkdown}.
 */
export function evidenceCitations(
  evidence: readonly Evidence[],
  words: EvidenceWords,
  form: readonly FormColumnName[] = [],
): string {
  const sorted = sortEvidence(evidence);
  const { columns, keyOf } = usedColumns(sorted, form);
  const sections = columns.map(({ key, topic }) => {
    const items = sorted
      .filter((each) => keyOf(each.topic) === key)
      .map((each) => `- ${statement(each, words)} ${citationsOf([each])}${noteOf(each)}\n`);
    const ids = topicIds(topic);
    const identified = ids === '' ? '' : `${escapeMarkdown(ids)}\n\n`;
    return `## ${escapeMarkdown(topicLabel(topic))}\n\n${identified}${items.join('')}`;
  });
  return `${evidenceMark}\n\n# ${escapeMarkdown(words.title)}\n\n${sections.join('\n')}${foundBy(sorted, words)}`;
}

/** The columns that have an entry. */
export function usedColumns(evidence: readonly Evidence[], form: readonly FormColumnName[]): TopicColumns {
  const { columns, keyOf } = topicColumns(
    evidence.map(({ topic }) => topic),
    form,
  );
  const used = new Set(evidence.map(({ topic }) => keyOf(topic)));
  return { columns: columns.filter(({ key }) => used.has(key)), keyOf };
}

/** The models and persons behind a table, each once. A reviewer states them in the methods section. */
function foundBy(evidence: readonly Evidence[], words: EvidenceWords): string {
  const names = evidence.flatMap(({ annotator }) => {
    if (annotator === undefined) return [];
    if (annotator === 'person') return [words.person];
    return [annotatorIdentity(annotator)];
  });
  const distinct = [...new Set(names)].sort();
  if (distinct.length === 0) return '';
  return `\n${escapeMarkdown(words.foundBy.replace('{0}', () => distinct.join(', ')))}\n`;
}

/** The heading of a column: its topic, with the identifiers of its concepts below. */
function headOf(topic: EvidenceTopic): string {
  const ids = topicIds(topic);
  return escapeMarkdown(topicLabel(topic)) + (ids === '' ? '' : `<br>${escapeMarkdown(ids)}`);
}

function cellOf(each: Evidence, words: EvidenceWords): string {
  const line = each.line > 0 ? ` (${words.line.replace('{0}', String(each.line))})` : '';
  return `${statement(each, words)}${line}${noteOf(each)}`;
}

/** The words for what is doubtful about an entry. */
export function doubtsOf(
  { isProposed, isDenied, isSpeculative }: Evidence,
  { denied, speculative, proposed }: EvidenceWords,
): readonly string[] {
  return [
    ...(isProposed === true ? [proposed] : []),
    ...(isDenied ? [denied] : []),
    ...(isSpeculative ? [speculative] : []),
  ];
}

function statement(each: Evidence, words: EvidenceWords): string {
  const doubts = doubtsOf(each, words);
  const doubt = doubts.length > 0 ? ` *(${doubts.map(escapeMarkdown).join(', ')})*` : '';
  const answer = each.answer === undefined ? '' : `**${escapeMarkdown(each.answer)}**: `;
  return `${answer}“${escapeMarkdown(each.sentence)}”${doubt}`;
}

function noteOf({ note }: Evidence): string {
  return note === '' ? '' : ` — ${escapeMarkdown(note)}`;
}

/** `[@key]`. A publication has one key, unless documents state different ones. */
function citationsOf(evidence: readonly Evidence[]): string {
  const keys = [...new Set(evidence.map(({ citation }) => citationKey(citation)))];
  return `[${keys.map((key) => `@${key}`).join('; ')}]`;
}

/**
 * Reduces a citation to the characters that Pandoc allows in a key (manual, "Citation syntax"); any other character
 * would end the key.
 */
function citationKey(citation: string): string {
  return (
    citation.replace(/[^\p{L}\p{N}_:.#$%&\-+?<>~/]/gu, '_').replace(/[^\p{L}\p{N}_]+$/u, '') || 'unknown'
  );
}
