/** Which file holds the full text of a record, judged by its name. */
import type { ReviewRecord } from './reviewData';

/** Share of the words of a title that must stand in a file name. */
const minTitleShare = 0.6;
const minTitleWords = 3;

/**
 * Finds the file of a record among the files of a folder. A file is named by the citation key, the DOI (with any
 * characters in place of its slash), the PMID, the PMCID or words of the title.
 *
 * @param files Paths with forward slashes.
 * @returns The best match, undefined if no file matches.
 */
export function fullTextFile<File extends string>(
  record: ReviewRecord,
  files: readonly File[],
): File | undefined {
  const scored = files.map((file) => ({ file, score: scoreOf(record, stemOf(file)) }));
  const best = scored.reduce<(typeof scored)[number] | undefined>(
    (most, each) => (each.score > (most?.score ?? 0) ? each : most),
    undefined,
  );
  return best?.file;
}

function scoreOf({ key, doi, pmid, pmcid, title = '' }: ReviewRecord, stem: string): number {
  const words = wordsOf(stem);
  if (key !== undefined && stem.toLowerCase() === key.toLowerCase()) return 5;
  if (doi !== undefined && ` ${words.join(' ')} `.includes(` ${wordsOf(doi).join(' ')} `)) return 4;
  if (pmid !== undefined && new Set(stem.match(/\d+/gu)).has(pmid)) return 3;
  if (pmcid !== undefined && words.includes(pmcid.toLowerCase())) return 3;
  const titleWords = [...new Set(wordsOf(title).filter((word) => word.length > 3))];
  const found = titleWords.filter((word) => words.includes(word)).length;
  const share = found / Math.max(1, titleWords.length);
  return found >= minTitleWords && share >= minTitleShare ? share : 0;
}

function stemOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1).replace(/\.[^.]*$/u, '');
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
