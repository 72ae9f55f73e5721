import { damagedPaper } from '../errors';
import { paperText, type PaperBlock } from '../blocks';
import type { ExtractedPaper } from '../paper';
import { ownMark } from './ownOfficeFile';
import { WordProse } from './wordProse';
import { readStyles } from './wordStyles';
import { ZipParts } from './zipParts';

const kind = 'Word document';

/**
 * Reads the text of a Word document: its body, then its footnotes and endnotes. Deleted revisions, comments, hidden text,
 * headers and footers are left out; inserted revisions are read.
 * @throws {BioBertError} PAPER_DAMAGED, DOCUMENT_TOO_LARGE.
 */
export async function readDocx(bytes: Uint8Array): Promise<ExtractedPaper> {
  const parts = await ZipParts.open(bytes, kind);
  const styles = readStyles((await parts.text('word/styles.xml')) ?? '');
  const body = await parts.text('word/document.xml');
  if (body === undefined) throw damagedPaper(kind);
  const blocks: PaperBlock[] = [];
  for (const xml of [body, await parts.text('word/footnotes.xml'), await parts.text('word/endnotes.xml')]) {
    if (xml === undefined) continue;
    const prose = new WordProse(styles);
    const isTruncated = prose.read(xml);
    if (xml === body && isTruncated) throw damagedPaper(kind);
    blocks.push(...prose.blocks);
  }
  return { text: (await ownMark(parts)) + paperText(blocks), format: 'paper' };
}
