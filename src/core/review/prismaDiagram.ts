import type { PrismaColumn, PrismaCount, PrismaCounts } from './prisma';

/** The words of the diagram, in the language of the report. */
export interface PrismaWords {
  /** `Identification`, `Screening` and `Included`: the stages at the left. */
  readonly stages: readonly [identification: string, screening: string, included: string];
  /** `Identification of studies via databases and registers` */
  readonly viaDatabases: string;
  /** `Identification of studies via other methods` */
  readonly viaOthers: string;
  /** `Records identified from:` */
  readonly identified: string;
  readonly databases: string;
  readonly registers: string;
  /** `Records removed before screening:` */
  readonly removed: string;
  /** `Duplicate records removed` */
  readonly duplicates: string;
  /** `Records marked as ineligible by automation tools` */
  readonly automation: string;
  /** `Records removed for other reasons` */
  readonly otherReasons: string;
  /** `Records screened` */
  readonly screened: string;
  /** `Records not yet screened` */
  readonly unscreened: string;
  /** `Records excluded` */
  readonly excluded: string;
  /** `Reports sought for retrieval` */
  readonly sought: string;
  /** `Reports not retrieved` */
  readonly notRetrieved: string;
  /** `Reports assessed for eligibility` */
  readonly assessed: string;
  /** `Reports not yet assessed` */
  readonly unassessed: string;
  /** `Reports excluded:` */
  readonly excludedReports: string;
  /** `No reason given` */
  readonly noReason: string;
  /** `Studies included in review` */
  readonly included: string;
  /** `(n = {0})`: a number after its words. */
  readonly count: string;
}

/** A box of the diagram. */
export interface PrismaBox {
  readonly id: string;
  /** 0 databases and registers, 1 what was removed from them, 2 other methods, 3 what was removed from these. */
  readonly column: number;
  /** 0 identification, 1 screening, 2 retrieval, 3 eligibility, 4 included. */
  readonly row: number;
  /** Index of the stage in {@link PrismaWords.stages}. */
  readonly stage: number;
  readonly lines: readonly PrismaLine[];
}

export interface PrismaLine {
  /** Has no-break spaces in its number. */
  readonly text: string;
  /** 1 for a part of the number in the line above. */
  readonly level: 0 | 1;
}

export interface PrismaDiagram {
  readonly boxes: readonly PrismaBox[];
  /** Pairs of ids. */
  readonly arrows: readonly (readonly [from: string, to: string])[];
}

/**
 * The boxes of the flow diagram of PRISMA 2020 and the arrows between them. What is not decided yet has its own line. For
 * other methods, boxes that the official diagram does not have are left out while they would say 0.
 */
export function prismaDiagram(counts: PrismaCounts, words: PrismaWords): PrismaDiagram {
  const columns = [
    boxesOf(counts.databases, { first: 0, ...counts }, words),
    ...(counts.others ? [boxesOf(counts.others, { first: 2, ...counts }, words)] : []),
  ];
  const included = {
    id: 'included',
    column: 0,
    row: 4,
    stage: 2,
    lines: [lineOf(words.included, counts.included, words)],
  };
  return {
    boxes: [...columns.flat(), included],
    arrows: columns.flatMap((boxes) => arrowsOf(boxes, included)),
  };
}

interface Place {
  /** The column of the diagram in which the records go down. */
  readonly first: number;
  readonly hasFullTexts: boolean;
}

function boxesOf(column: PrismaColumn, { first, hasFullTexts }: Place, words: PrismaWords): PrismaBox[] {
  const isMain = first === 0;
  const removed = column.identified - column.unscreened - column.screened;
  const line = (word: string, count: number): PrismaLine => lineOf(word, count, words);
  const open = (word: string, count: number): readonly PrismaLine[] =>
    count === 0 ? [] : [line(word, count)];
  const box = (
    id: string,
    side: 0 | 1,
    row: number,
    lines: readonly PrismaLine[],
    isShown = true,
  ): PrismaBox[] =>
    isShown
      ? [{ id: isMain ? id : `other-${id}`, column: first + side, row, stage: row === 0 ? 0 : 1, lines }]
      : [];
  const isScreened = isMain || column.excluded + column.unscreened > 0;
  return [
    ...box('identified', 0, 0, identifiedLines(column, isMain, words)),
    ...box('removed', 1, 0, removedLines(column, words), isMain || removed > 0),
    ...box(
      'screened',
      0,
      1,
      [line(words.screened, column.screened), ...open(words.unscreened, column.unscreened)],
      isScreened,
    ),
    ...box('excluded', 1, 1, [line(words.excluded, column.excluded)], isScreened),
    ...box('sought', 0, 2, [line(words.sought, column.sought)], hasFullTexts),
    ...box('notRetrieved', 1, 2, [line(words.notRetrieved, column.notRetrieved)], hasFullTexts),
    ...box(
      'assessed',
      0,
      3,
      [line(words.assessed, column.assessed), ...open(words.unassessed, column.unassessed)],
      hasFullTexts,
    ),
    ...box('excludedReports', 1, 3, excludedLines(column, words), hasFullTexts),
  ];
}

function lineOf(text: string, count: number, words: PrismaWords, level: 0 | 1 = 0): PrismaLine {
  const number = words.count.replace('{0}', String(count)).replace(/\s+/g, '\u00a0');
  return { text: `${text} ${number}`, level };
}

function listed(counts: readonly PrismaCount[], words: PrismaWords): PrismaLine[] {
  return counts.map(({ name, count }) => lineOf(name === '' ? words.noReason : name, count, words, 1));
}

function identifiedLines(column: PrismaColumn, isMain: boolean, words: PrismaWords): PrismaLine[] {
  const { databases, registers } = column;
  const all = (counts: readonly PrismaCount[]): number => counts.reduce((sum, { count }) => sum + count, 0);
  const total = (word: string, counts: readonly PrismaCount[]): PrismaLine[] => [
    lineOf(word, all(counts), words),
    ...listed(counts, words),
  ];
  return [
    { text: words.identified, level: 0 },
    ...(isMain
      ? [...total(words.databases, databases), ...total(words.registers, registers)]
      : listed(databases, words)),
  ];
}

function removedLines(column: PrismaColumn, words: PrismaWords): PrismaLine[] {
  return [
    { text: words.removed, level: 0 },
    lineOf(words.duplicates, column.duplicates, words, 1),
    lineOf(words.automation, column.automation, words, 1),
    lineOf(words.otherReasons, column.otherReasons, words, 1),
  ];
}

function excludedLines({ excludedReports, reasons }: PrismaColumn, words: PrismaWords): PrismaLine[] {
  return reasons.length === 0
    ? [lineOf(words.excludedReports.replace(/:$/, ''), excludedReports, words)]
    : [{ text: words.excludedReports, level: 0 }, ...listed(reasons, words)];
}

/** Down from each box to the next, and to the box at its side. */
function arrowsOf(boxes: readonly PrismaBox[], included: PrismaBox): (readonly [string, string])[] {
  const first = boxes[0]?.column;
  const main = [...boxes.filter(({ column }) => column === first), included];
  return main.flatMap((box, index) => {
    const side = boxes.find(({ column, row }) => column !== first && row === box.row && box !== included);
    const next = main[index + 1];
    return [...(side ? [[box.id, side.id] as const] : []), ...(next ? [[box.id, next.id] as const] : [])];
  });
}
