import type { FetchedRecord } from './literature';

/** Records of an answer in the MEDLINE format. */
export interface MedlineAnswer {
  /** Complete records by PMID. */
  readonly records: ReadonlyMap<string, FetchedRecord>;
  /** The last record, if the answer may have been cut off inside it. */
  readonly doubtful: FetchedRecord | undefined;
}

/** PubMed writes such lines for records that it does not have. They are no part of a record. */
const unavailable = /^(?:\d+\. )?id: \d+ Error occurred: .*$\n?/gmu;

const firstLine = /^PMID- {0,3}(\d{1,9})[ \t]*$/gmu;

/** The last field of an article is its source, `SO`; that of a book is the identifier of its entry in the Bookshelf. */
const lastField = /^SO {2}- |\[bookaccession\]/mu;

/** Splits an answer into its records. Of several with the same PMID, the first counts. */
export function readMedlineAnswer(answer: string): MedlineAnswer {
  const text = answer.replace(/\r\n?/gu, '\n').replace(unavailable, '');
  const starts = [...text.matchAll(firstLine)];
  const all = starts.map(({ index, 1: id = '' }, at): FetchedRecord => {
    return { id: String(Number(id)), text: text.slice(index, starts[at + 1]?.index).trimEnd() };
  });
  const last = all.at(-1);
  const isWhole = last === undefined || (text.endsWith('\n') && lastField.test(last.text));
  const records = new Map<string, FetchedRecord>();
  for (const record of isWhole ? all : all.slice(0, -1)) {
    if (!records.has(record.id)) records.set(record.id, record);
  }
  return { records, doubtful: isWhole ? undefined : last };
}
