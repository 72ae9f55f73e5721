/** The extraction form as a table with a row for each paper, as statistics programs read it. */
import { csvLine } from '../exports/csv';
import { toOneLine } from '../exports/mention';
import { groupBy } from '../groupBy';
import type { CitedEntry } from './citedEvidence';
import { sortEvidence, type Evidence } from './evidenceFile';
import { topicColumns, topicLabel, type FormColumnName } from './evidenceTopics';

/**
 * Writes one row for each paper that has a value, in the order of documents and of places in them. A paper of which several
 * documents are at hand, such as its record and its full text, has one row. Each column of the form has two columns, for the
 * value and for the sentence that it is from. Several values of a cell are separated by semicolons. The last column names
 * the columns of the form whose value is only proposed; a proposal beside a confirmed value is left out.
 *
 * @param form The columns, in their order. Columns that the form no longer has follow if they have values.
 */
export function extractionCsv(evidence: readonly CitedEntry[], form: readonly FormColumnName[]): string {
  const values = sortEvidence(evidence.filter(({ topic }) => topic.kind === 'form'));
  const { columns, keyOf } = topicColumns(
    values.map(({ topic }) => topic),
    form,
  );
  const labels = columns.map(({ topic }) => toOneLine(topicLabel(topic)));
  const header = [
    ...['document', 'publication', 'citation'],
    ...labels.flatMap((label) => [label, `${label} (sentence)`]),
    'proposed',
  ];
  // A citation is a key of the bibliography, so it identifies the paper in all documents.
  const papers = groupBy(values.toSorted(byPlace), ({ citation }) => citation);
  const rows = [...papers.values()].map((own) => {
    const cells = columns.map(({ key }) => shownValues(own.filter(({ topic }) => keyOf(topic) === key)));
    const proposed = labels.filter((_, index) => cells[index]?.some(({ isProposed }) => isProposed === true));
    return [...paperFields(own), ...cells.flatMap(cellFields), proposed.join('; ')];
  });
  return [header, ...rows].map(csvLine).join('');
}

function byPlace(a: Evidence, b: Evidence): number {
  if (a.document !== b.document) return a.document < b.document ? -1 : 1;
  return a.start - b.start;
}

function paperFields(own: readonly Evidence[]): readonly string[] {
  const [first] = own;
  const documents = [...new Set(own.map(({ document }) => document))].join('; ');
  return [documents, first?.publication, first?.citation].map((field) => toOneLine(field ?? ''));
}

function shownValues(cell: readonly Evidence[]): readonly Evidence[] {
  const confirmed = cell.filter(({ isProposed }) => isProposed !== true);
  return confirmed.length > 0 ? confirmed : cell;
}

function cellFields(cell: readonly Evidence[]): readonly [value: string, sentence: string] {
  const distinct = (texts: readonly string[]): readonly string[] => [...new Set(texts.map(toOneLine))];
  return [
    distinct(cell.map(({ answer }) => answer ?? '')).join('; '),
    distinct(cell.map(({ sentence }) => sentence)).join('\n'),
  ];
}
