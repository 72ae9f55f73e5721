import { annotationCsvHead } from '../exports/annotationCsv';
import { csvLine } from '../exports/csv';
import { relationsTsvHeader, tsvHeader } from '../exports/tsv';
import { evidenceCsvHeader } from './evidenceExport';
import { extractionCsvHead } from './extractionTable';
import { isOwnReport } from './ownReport';

/**
 * Whether a text is a file that this program wrote: a table of evidence, a report, a bibliography or an export of
 * annotations. It only repeats what other documents say.
 *
 * @param text May begin with the byte order mark that the tables have.
 */
export function isOwnExport(text: string): boolean {
  const content = text.startsWith('\uFEFF') ? text.slice(1) : text;
  return isOwnReport(content) || ownHeaders.some((header) => content.startsWith(header));
}

const ownHeaders = [
  csvLine(evidenceCsvHeader),
  csvLine(extractionCsvHead),
  annotationCsvHead,
  tsvHeader,
  relationsTsvHeader,
].map((header) => header.trimEnd());
