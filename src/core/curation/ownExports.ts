import { isOwnReport } from './ownReport';

/**
 * The beginnings of the tables that this program writes: evidence, extraction, annotations, and entities and relations of the
 * command line. They are repeated here, because the code that writes tables is loaded on first use; a test compares them.
 */
const beginnings = [
  'topic,document,publication,citation,line,start,end,answer,',
  'document,publication,citation,',
  'document,kind,id,type,start,end,text,',
  'document\tstart\tend\ttype\tprobability\t',
  'document\ttype\tprobability\tsubject\t',
];

/**
 * Whether a text is a file that this program wrote: a table of evidence, a report, a bibliography or an export of
 * annotations. It only repeats what other documents say.
 *
 * @param text May begin with the byte order mark that the tables have.
 */
export function isOwnExport(text: string): boolean {
  const content = text.startsWith('\uFEFF') ? text.slice(1) : text;
  return isOwnReport(content) || beginnings.some((beginning) => content.startsWith(beginning));
}
