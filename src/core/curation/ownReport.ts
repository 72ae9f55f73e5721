/** Files that this program writes for people: tables of evidence, reports and bibliographies. */

/** First line of the Markdown of an evidence table. It is a comment, so it is not displayed. */
export const evidenceMark = '<!-- evidence from BioBERT -->';

/** The keywords among the properties of a Word or Excel file with evidence. */
export const officeMark = 'evidence from BioBERT';

/** First line of the report of a review. */
export const reportMark = '<!-- report from BioBERT -->';

/** First line of a bibliography that is written anew at each change. It is a comment in BibTeX. */
export const bibliographyMark =
  '% references from BioBERT. Delete this line to edit the file yourself; BioBERT then leaves it alone.';

/** The beginning of the front matter of Markdown that names its bibliography. */
const frontMatterStart = '---\n# evidence from BioBERT\n';

/**
 * Returns true for a file that this program wrote. Such files among the documents are skipped, because they only repeat
 * what other documents say.
 */
export function isOwnReport(text: string): boolean {
  return /^(?:<!-- |---\r?\n# |% )(?:evidence|report|references) from BioBERT\b/.test(text);
}

/** Whether a bibliography may be replaced. People edit other files by hand. */
export function isOwnBibliography(text: string): boolean {
  return text.startsWith('% references from BioBERT');
}

/**
 * Names the bibliography in the front matter of an evidence table, where Pandoc and Quarto look for it.
 *
 * @param markdown As `evidenceMarkdown` or `evidenceCitations` writes it.
 * @param fileName The name of the `.bib` file in the same folder.
 */
export function withBibliography(markdown: string, fileName: string): string {
  const body = markdown.startsWith(evidenceMark) ? markdown.slice(evidenceMark.length) : markdown;
  return `${frontMatterStart}bibliography: ${JSON.stringify(fileName)}\n---\n${body}`;
}
