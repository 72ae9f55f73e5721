import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import * as path from 'node:path';
import { isOwnExport } from '../../core/curation/ownExports';
import { extensionOf, formatOf, headLength } from '../../core/documents/format';
import { recognisedFormat } from '../../core/documents/recognise';
import { BioBertError, errorCodes } from '../../core/errors';
import { groupBy } from '../../core/groupBy';
import { guessDatabase } from '../../core/review/databaseName';
import { duplicateLines } from '../../core/review/duplicateLines';
import { citationKeys } from '../../core/review/citationKeys';
import type { ImportedDecision } from '../../core/review/importedDecisions';
import { holdsRecords, type ImportedFile, readImport } from '../../core/review/importRecords';
import { recordLine, reviewRecords } from '../../core/review/records';
import type { ReviewState } from '../../core/review/reviewState';
import type { Reference, ReviewRecord, ReviewSource, ScreeningLine } from '../../core/review/reviewData';
import { decodeBytes } from '../../core/text/decodeBytes';
import type { DocumentFormat } from '../../core/types';
import type {
  EarlierImport,
  ImportCounts,
  ImportRequest,
  ReadFileRequest,
  RecognisedFile,
} from '../../protocol/reviewMessages';
import { isBinary } from '../engine/textLimits';
import { ReviewFolder } from './reviewFolder';

const maxFileBytes = 256 * (1 << 20);

/** Files with these names hold records whatever their beginning says. */
const recordExtensions: ReadonlySet<string> = new Set('bib nbib medline ris ciw isi enw refer'.split(' '));

/**
 * Reads files of records and imports them into a review. What was read stays here until it is imported, so that the
 * records of large files never cross to another thread.
 *
 * @example
 * const importer = new RecordImporter();
 * await importer.readFile({ path: '/reviews/statins/embase.ris', isChosen: true });
 * await importer.import({ folder: '/reviews/statins', sources: [{ path, file: 'embase.ris', … }], when });
 */
export class RecordImporter {
  private readonly read = new Map<string, Pick<ImportedFile, 'references' | 'decisions'>>();
  private earlier: { readonly folder: string; readonly imports: Promise<EarlierImports> } | undefined;

  /**
   * @returns undefined for a file that nobody chose and that holds no records, or that this extension has written.
   * @throws {BioBertError} DOCUMENT_TOO_LARGE, DOCUMENT_BINARY, DOCUMENT_UNREADABLE.
   */
  async readFile(request: ReadFileRequest): Promise<RecognisedFile | undefined> {
    const { path: file, isChosen, folder } = request;
    const text = request.text ?? (await textOf(file));
    const format = request.format ?? formatOf({ fileName: file, head: text.slice(0, headLength) });
    if (!isChosen && !isCertain(file, text, format)) return undefined;
    const { references, decisions, summary } = readImport(text, format, file);
    if (!isChosen && references.length === 0) return undefined;
    this.read.set(file, { references, decisions });
    const before = folder === undefined ? undefined : (await this.importsOf(folder))(file, references);
    const database = guessDatabase(references, format, file);
    return { path: file, summary, decisions: decisions.length, ...database, ...(before && { before }) };
  }

  /**
   * Imports what was read, all or nothing.
   *
   * @throws {BioBertError} ARGUMENT_INVALID if the folder has no review. FILE_BUSY, OUTPUT_UNWRITABLE as
   *   {@link ReviewFolder.addImports}.
   */
  async import({ folder, sources, when }: ImportRequest): Promise<ImportCounts> {
    const review = await ReviewFolder.open(folder);
    if (!review) throw noReview();
    const ids = await review.nextSourceIds(sources.length);
    const taken = new Set(review.state.records.map(({ id }) => id));
    const imports = sources.map(({ path: name, decidedBy, ...source }, index) => {
      const { references, decisions } = this.read.get(name) ?? { references: [], decisions: [] };
      const records = reviewRecords(references, ids[index] ?? '', taken);
      const added: ReviewSource = {
        id: ids[index] ?? '',
        ...source,
        records: records.length,
        imported: when,
      };
      return { source: added, records, decidedBy, decisions };
    });
    const records = imports.flatMap((each) => each.records);
    const lines = duplicateLines(review.state, records, when);
    await review.addImports(imports, lines);
    await review.decide(...imports.flatMap((each) => screeningLines(each, review.state, when)));
    this.earlier = undefined;
    const doubtful = lines.filter(({ reason }) => reason === 'doubtful').length;
    return { records: records.length, merged: lines.length - doubtful, doubtful };
  }

  private importsOf(folder: string): Promise<EarlierImports> {
    if (this.earlier?.folder !== folder) this.earlier = { folder, imports: earlierImports(folder) };
    return this.earlier.imports;
  }
}

interface ImportedDecisions {
  readonly records: readonly ReviewRecord[];
  readonly decisions: readonly ImportedDecision[];
  readonly decidedBy: string | undefined;
}

/** The decisions of an import in the first phase that shows abstracts. That about a duplicate counts for the kept record. */
function screeningLines(
  { records, decisions, decidedBy: who }: ImportedDecisions,
  { settings, duplicates, screening }: ReviewState,
  when: string,
): readonly ScreeningLine[] {
  const phase = settings.phases.find((each) => each !== 'title') ?? 'abstract';
  if (who === undefined) return [];
  return decisions.flatMap(({ index, choice, reason }) => {
    const id = records[index]?.id;
    if (id === undefined) return [];
    const record = duplicates.keptOf.get(id) ?? id;
    // An import never replaces a decision that the reviewer made here.
    if (screening.decisionOf(record, phase, who)) return [];
    return { record, phase, who, when, choice, ...(reason !== undefined && { reason }) };
  });
}

/** Finds an earlier import with the same records, else one of a file with the same name. */
type EarlierImports = (file: string, references: readonly Reference[]) => EarlierImport | undefined;

async function earlierImports(folder: string): Promise<EarlierImports> {
  const review = await ReviewFolder.open(folder);
  if (!review) return () => undefined;
  const { settings, records } = review.state;
  const ofSource = groupBy(records, ({ source }) => source);
  const content = new Map(
    settings.sources.map((source) => [contentOf(ofSource.get(source.id) ?? []), source]),
  );
  const keys = new Set(citationKeys(records).values());
  const isExport = (references: readonly Reference[]): boolean =>
    references.length > 0 && references.every(({ key }) => key !== undefined && keys.has(key));
  return (file, references) => {
    const same = content.get(contentOf(references));
    if (same) return { imported: same.imported, isSame: true };
    // An export of this review names its records by their citation keys.
    if (isExport(references)) return { imported: settings.sources.at(-1)?.imported ?? '', isSame: true };
    const name = path.relative(folder, file).split(path.sep).join('/');
    const other = settings.sources.findLast((source) => source.file === name);
    return other && { imported: other.imported, isSame: false };
  };
}

/** Identifies the references of an import. */
function contentOf(references: readonly (Reference | ReviewRecord)[]): string {
  const hash = createHash('sha256');
  for (const reference of references) hash.update(recordLine({ ...reference, id: '', source: '', index: 0 }));
  return hash.digest('hex');
}

function isCertain(file: string, text: string, format: DocumentFormat): boolean {
  const isExport =
    recordExtensions.has(extensionOf(file)) || recognisedFormat(text.slice(0, headLength)) !== undefined;
  // A page that was saved from the web looks like an article in XML.
  const isPage = /\.x?html?$/i.test(file);
  return holdsRecords(format) && isExport && !isPage && !isOwnExport(text);
}

async function textOf(file: string): Promise<string> {
  const name = path.basename(file);
  const bytes = await bytesOf(file, name);
  const { text } = decodeBytes(bytes);
  if (!isBinary(text)) return text;
  throw new BioBertError(
    errorCodes.DOCUMENT_BINARY,
    `The file ${name} is not a text file.`,
    'Choose an export of a database or a reference manager, such as RIS, PubMed (nbib), BibTeX or CSV.',
  );
}

async function bytesOf(file: string, name: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(file);
    if (size <= maxFileBytes) return await readFile(file);
  } catch (cause) {
    throw new BioBertError(
      errorCodes.DOCUMENT_UNREADABLE,
      `The file ${name} cannot be read.`,
      'Check that it exists and that you may read it.',
      { cause },
    );
  }
  throw new BioBertError(
    errorCodes.DOCUMENT_TOO_LARGE,
    `The file ${name} is larger than 256 MB.`,
    'Export the records in several files.',
  );
}

function noReview(): BioBertError {
  return new BioBertError(
    errorCodes.ARGUMENT_INVALID,
    'The folder has no review.',
    'Run "BioBERT: New Review" first.',
  );
}
