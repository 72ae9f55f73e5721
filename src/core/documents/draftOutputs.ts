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
