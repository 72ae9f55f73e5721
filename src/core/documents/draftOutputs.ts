/** The patterns of files for a pattern of `biobert.exclude`, in which that of a folder stands for all that is in it. */
export function excludeGlobs(pattern: string): readonly string[] {
  return [pattern, `${pattern.replace(/\/+$/, '')}/**`];
}

/** The languages in which people write drafts that Pandoc, Quarto, R Markdown, LaTeX and Typst set. */
const source = /\.(?:md|markdown|qmd|rmd|tex|typ)$/i;

const outputs = ['docx', 'odt', 'rtf', 'pdf', 'html', 'epub', 'tex'] as const;

/**
 * The paths of the files that are made from a draft: beside it, with the same base name.
 *
 * @returns none if the file is no source of a draft.
 * @example draftOutputs('/p/draft.md') // ['/p/draft.docx', '/p/draft.odt', …]
 */
export function draftOutputs(path: string): readonly string[] {
  if (!source.test(path)) return [];
  const base = path.replace(source, '');
  return outputs.map((extension) => `${base}.${extension}`).filter((each) => each !== path);
}

/**
 * Leaves out the PDF file beside a draft if it is a paper on which the draft has notes. Programs may write the outputs at any
 * time, so that only PDF files are looked at: one that is older than the file of the same name is a paper.
 *
 * @param outputs As {@link draftOutputs} gives them.
 * @param isNewer Whether a PDF file was written after the draft had been created.
 */
export async function outputsWithoutPaper(
  outputs: readonly string[],
  isNewer: (pdf: string) => Promise<boolean>,
): Promise<readonly string[]> {
  const pdf = outputs.find((path) => path.endsWith('.pdf'));
  if (pdf === undefined || (await isNewer(pdf))) return outputs;
  return outputs.filter((path) => path !== pdf);
}
