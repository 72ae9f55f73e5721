/** A table of evidence as the content of Word and Excel files. */
import { annotatorIdentity } from '../exports/annotator';
import type {
  LinkCell,
  Sheet,
  SheetCell,
  TableCell,
  TextBlock,
  TextDocument,
  TextRun,
  TextRuns,
  Workbook,
} from '../exports/officeFile';
import { roundProbability } from '../exports/mention';
import { shortReference } from '../records/shortReference';
import { publicationLinks, type PublicationLink } from '../records/publicationLinks';
import { groupBy } from '../groupBy';
import { wholePercent } from '../wholePercent';
import type { CitedEntry, PublicationFacts } from './citedEvidence';
import { doubtsOf, usedColumns, type EvidenceWords } from './evidenceExport';
import { sortEvidence } from './evidenceFile';
import { topicIds, topicLabel, type FormColumnName, type TopicColumn } from './evidenceTopics';
import { markedSentence } from './namesInSentence';

/** An entry as it is exported. */
export interface ExportedEntry extends CitedEntry {
  /** Whether a person has pinned it. Default: true. */
  readonly isPinned?: boolean | undefined;
  /** Whether the model found no answer in the publication; then there is no sentence. Default: false. */
  readonly isUnanswered?: boolean | undefined;
}

/** Localised strings for people who read the file. */
export interface OfficeWords extends EvidenceWords {
  readonly evidence: string;
  readonly papers: string;
  readonly paper: string;
  readonly topic: string;
  readonly answer: string;
  readonly sentence: string;
  readonly probability: string;
  /** `{0} %` */
  readonly percent: string;
  readonly note: string;
  readonly pinned: string;
  readonly notPinned: string;
  readonly unanswered: string;
  readonly yes: string;
  readonly no: string;
  readonly authors: string;
  readonly year: string;
  readonly journal: string;
  readonly paperTitle: string;
  readonly citation: string;
  readonly lineNumber: string;
  readonly finder: string;
  readonly concepts: string;
  readonly references: string;
  /** As `Workbook.cutMark`. */
  readonly cutMark: string;
}

const linkNames = { doi: 'DOI', pmid: 'PubMed', pmcid: 'PMC' } as const;

/** Writes a heading per topic with a list of its sentences, and the publications that they are from. */
export function evidenceList(
  evidence: readonly ExportedEntry[],
  words: OfficeWords,
  form: readonly FormColumnName[] = [],
): TextDocument {
  const sorted = sortEvidence(evidence.filter(isStated));
  const { columns, keyOf } = usedColumns(sorted, form);
  const blocks = columns.flatMap((column): readonly TextBlock[] => [
    ...topicBlocks(column),
    ...sorted
      .filter(({ topic }) => keyOf(topic) === column.key)
      .map((each) => ({ kind: 'item' as const, runs: itemRuns(each, words) })),
  ]);
  return {
    title: words.title,
    blocks: [heading(1, words.title), ...blocks, ...references(sorted, words), ...finders(sorted, words)],
  };
}

/** Writes a table of publications by topics, and the publications. */
export function evidenceGrid(
  evidence: readonly ExportedEntry[],
  words: OfficeWords,
  form: readonly FormColumnName[] = [],
): TextDocument {
  const sorted = sortEvidence(evidence);
  const { columns, keyOf } = usedColumns(sorted, form);
  const rows = papersOf(sorted).map((own) => [
    [paperRuns(own)],
    ...columns.map(({ key }): TableCell => {
      const cell = own.filter(({ topic }) => keyOf(topic) === key);
      return cell.map((each) => cellRuns(each, words));
    }),
  ]);
  const table: TextBlock = {
    kind: 'table',
    head: [
      [[bold(words.paper)]],
      ...columns.map(({ topic }) => headCell(topicLabel(topic), topicIds(topic))),
    ],
    rows,
    widths: [1.2, ...columns.map(() => 2)],
  };
  return {
    title: words.title,
    isLandscape: true,
    blocks: [heading(1, words.title), table, ...references(sorted, words), ...finders(sorted, words)],
  };
}

/** Writes a sheet with a row for each sentence, and a sheet of publications by topics. */
export function evidenceWorkbook(
  evidence: readonly ExportedEntry[],
  words: OfficeWords,
  form: readonly FormColumnName[] = [],
): Workbook {
  const sorted = sortEvidence(evidence);
  const sheets = [sentenceSheet(sorted.filter(isStated), words), paperSheet(sorted, words, form)];
  return { sheets, cutMark: words.cutMark };
}

interface SentenceColumn {
  readonly title: string;
  readonly width: number;
  readonly cell: (each: ExportedEntry) => SheetCell;
}

function sentenceSheet(evidence: readonly ExportedEntry[], words: OfficeWords): Sheet {
  const yesNo = (value: boolean | undefined): string => (value === true ? words.yes : words.no);
  const columns: readonly SentenceColumn[] = [
    { title: words.topic, width: 30, cell: ({ topic }) => topicLabel(topic) },
    { title: words.answer, width: 18, cell: ({ answer = '' }) => answer },
    { title: words.sentence, width: 70, cell: ({ sentence }) => sentence },
    { title: words.denied, width: 10, cell: ({ isDenied }) => yesNo(isDenied) },
    { title: words.speculative, width: 11, cell: ({ isSpeculative }) => yesNo(isSpeculative) },
    { title: words.proposed, width: 10, cell: ({ isProposed }) => yesNo(isProposed) },
    { title: words.pinned, width: 10, cell: ({ isPinned = true }) => yesNo(isPinned) },
    { title: words.probability, width: 11, cell: ({ probability }) => roundProbability(probability) },
    { title: words.note, width: 30, cell: ({ note }) => note },
    { title: words.paper, width: 40, cell: nameOf },
    { title: words.authors, width: 24, cell: ({ facts }) => facts?.authors.join('; ') ?? '' },
    { title: words.year, width: 7, cell: ({ facts }) => facts?.year ?? '' },
    { title: words.paperTitle, width: 40, cell: ({ facts }) => facts?.title ?? '' },
    { title: words.journal, width: 24, cell: ({ facts }) => facts?.journal ?? '' },
    { title: 'PMID', width: 11, cell: (each) => linkCell(each, 'pmid') },
    { title: 'DOI', width: 24, cell: (each) => linkCell(each, 'doi') },
    { title: words.citation, width: 16, cell: ({ citation }) => citation },
    { title: words.document, width: 30, cell: ({ document }) => document },
    { title: words.lineNumber, width: 7, cell: ({ line }) => (line > 0 ? line : '') },
    { title: words.finder, width: 24, cell: (each) => finderOf(each, words) ?? '' },
    { title: words.concepts, width: 24, cell: ({ topic }) => topicIds(topic) },
  ];
  return {
    name: words.evidence,
    columns: columns.map(({ title, width }) => ({ title, width })),
    rows: evidence.map((each) => columns.map(({ cell }) => cell(each))),
  };
}

function paperSheet(
  evidence: readonly ExportedEntry[],
  words: OfficeWords,
  form: readonly FormColumnName[],
): Sheet {
  const { columns, keyOf } = usedColumns(evidence, form);
  const rows = papersOf(evidence).map((own): readonly SheetCell[] => {
    const [first] = own;
    const link = linksOf(own)[0];
    const name = nameOf(first);
    return [
      link ? { text: name, url: link.url } : name,
      first.citation,
      ...columns.map(({ key }) =>
        own
          .filter(({ topic }) => keyOf(topic) === key)
          .map((each) => plainText(cellRuns(each, words)))
          .join('\n'),
      ),
    ];
  });
  return {
    name: words.papers,
    fixedColumns: 1,
    columns: [
      { title: words.paper, width: 40 },
      { title: words.citation, width: 16 },
      ...columns.map(({ topic }) => ({ title: topicLabel(topic), width: 50 })),
    ],
    rows,
  };
}

function isStated({ isUnanswered }: ExportedEntry): boolean {
  return isUnanswered !== true;
}

function nameOf({ publication, document }: ExportedEntry): string {
  return publication ?? document;
}

type OfPaper = readonly [ExportedEntry, ...ExportedEntry[]];

/** The entries of each publication, sorted by its name. A citation is a key of the bibliography, so it identifies it. */
function papersOf(evidence: readonly ExportedEntry[]): readonly OfPaper[] {
  const papers = [...groupBy(evidence, ({ citation }) => citation).values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [[first, ...others] as const],
  );
  return papers.sort(([a], [b]) => nameOf(a).localeCompare(nameOf(b), 'en', { numeric: true }));
}

function linksOf(own: readonly ExportedEntry[]): readonly PublicationLink[] {
  return publicationLinks(own.find(({ facts }) => facts !== undefined)?.facts ?? {});
}

function linkCell(each: ExportedEntry, kind: 'doi' | 'pmid'): SheetCell {
  const link = linksOf([each]).find((known) => known.kind === kind);
  return link ? ({ text: link.id, url: link.url } satisfies LinkCell) : (each.facts?.[kind] ?? '');
}

function heading(level: 1 | 2, text: string): TextBlock {
  return { kind: 'heading', level, runs: [{ text }] };
}

function topicBlocks({ topic }: TopicColumn): readonly TextBlock[] {
  const ids = topicIds(topic);
  const blocks = [heading(2, topicLabel(topic))];
  return ids === '' ? blocks : [...blocks, { kind: 'paragraph', runs: [italic(ids)] }];
}

function headCell(label: string, ids: string): TableCell {
  return ids === '' ? [[bold(label)]] : [[bold(label)], [italic(ids)]];
}

/** `“Sentence” [negated] (Kaplan 2019, 92 %) — note PubMed · DOI` */
function itemRuns(each: ExportedEntry, words: OfficeWords): TextRuns {
  const links = linksOf([each]).flatMap(({ kind, url }, index): TextRuns => [
    { text: index === 0 ? ' ' : ' · ' },
    { text: linkNames[kind], url },
  ]);
  const place = [authorYear(each), percentOf(each, words)].filter((part) => part !== '').join(', ');
  return [...statementRuns(each, words), { text: ` (${place})` }, ...noteRuns(each), ...links];
}

function cellRuns(each: ExportedEntry, words: OfficeWords): TextRuns {
  if (each.isUnanswered === true) return [italic(words.unanswered)];
  const line = each.line > 0 ? [words.line.replace('{0}', () => String(each.line))] : [];
  const place = [...line, percentOf(each, words)].filter((part) => part !== '').join(', ');
  const runs = [
    ...statementRuns(each, words),
    { text: place === '' ? '' : ` (${place})` },
    ...noteRuns(each),
  ];
  return each.isPinned === false ? runs.map((run) => ({ ...run, isItalic: true })) : runs;
}

function statementRuns(each: ExportedEntry, words: OfficeWords): TextRuns {
  const sentence = markedSentence(each).map(({ text, isMarked }) => (isMarked ? bold(text) : { text }));
  const badges = [...doubtsOf(each, words), ...(each.isPinned === false ? [words.notPinned] : [])];
  return [
    ...(each.answer === undefined ? [] : [bold(each.answer), { text: ': ' }]),
    { text: '“' },
    ...sentence,
    { text: '”' },
    ...badges.map((badge) => italic(` [${badge}]`)),
  ];
}

function noteRuns({ note }: ExportedEntry): TextRuns {
  return note === '' ? [] : [{ text: ` — ${note}` }];
}

/** The probability; that of a value which a person has confirmed says nothing. */
function percentOf({ topic, isProposed, annotator, probability }: ExportedEntry, words: OfficeWords): string {
  if (annotator === 'person' || (topic.kind === 'form' && isProposed !== true)) return '';
  return words.percent.replace('{0}', () => String(wholePercent(probability)));
}

/** `Kaplan 2019`; the name of the publication if its author or year is not known. */
function authorYear(each: ExportedEntry): string {
  const { authors = [], year } = each.facts ?? {};
  return authors.length === 0 || year === undefined ? nameOf(each) : shortReference({ authors, year });
}

function paperRuns(own: OfPaper): TextRuns {
  const [link] = linksOf(own);
  return [{ text: nameOf(own[0]), url: link?.url }];
}

/** The list of publications, each with its addresses. */
function references(evidence: readonly ExportedEntry[], words: OfficeWords): readonly TextBlock[] {
  const items = papersOf(evidence).map((own): TextBlock => {
    const links = linksOf(own).flatMap(({ id, kind, url }): TextRuns => [
      { text: ` ${kind === 'pmcid' ? '' : `${kind === 'doi' ? 'doi' : 'PMID'}:`}` },
      { text: id, url },
    ]);
    return { kind: 'item', runs: [{ text: referenceText(own) }, ...links] };
  });
  return items.length === 0 ? [] : [heading(2, words.references), ...items];
}

function referenceText(own: OfPaper): string {
  const facts = own.find((each) => each.facts !== undefined)?.facts;
  if (!facts?.title) return nameOf(own[0]);
  const { authors, title } = facts;
  const shown = authors.length > 6 ? `${authors.slice(0, 6).join(', ')}, et al` : authors.join(', ');
  const parts = [shown, title, publishedIn(facts)];
  return parts
    .filter((part) => part !== '')
    .map((part) => (/[.?!]$/u.test(part) ? part : `${part}.`))
    .join(' ');
}

/** @example publishedIn(facts) // 'J Rheumatol. 2019;46(3):210-8' */
function publishedIn({ journal, year, volume, issue, pages }: PublicationFacts): string {
  const place = `${volume ?? ''}${issue === undefined ? '' : `(${issue})`}`;
  const dated = [year, place].filter((part) => part !== undefined && part !== '').join(';');
  const paged = [dated, pages].filter((part) => part !== undefined && part !== '').join(':');
  return [journal, paged].filter((part) => part !== undefined && part !== '').join('. ');
}

function finders(evidence: readonly ExportedEntry[], words: OfficeWords): readonly TextBlock[] {
  const names = [...new Set(evidence.flatMap((each) => finderOf(each, words) ?? []))].sort();
  if (names.length === 0) return [];
  const text = words.foundBy.replace('{0}', () => names.join(', '));
  return [{ kind: 'paragraph', runs: [italic(text)] }];
}

function finderOf({ annotator }: ExportedEntry, { person }: OfficeWords): string | undefined {
  if (annotator === undefined) return undefined;
  return annotator === 'person' ? person : annotatorIdentity(annotator);
}

function plainText(runs: TextRuns): string {
  return runs.map(({ text }) => text).join('');
}

function bold(text: string): TextRun {
  return { text, isBold: true };
}

function italic(text: string): TextRun {
  return { text, isItalic: true };
}
