import { cellBorder, noteMark, pageMark } from '../../core/documents/paper';

/** A stretch of text on one page. */
export interface Piece {
  readonly text: string;
  /** Number of the page, counted from 1. Undefined for a file without pages. */
  readonly page?: number | undefined;
}

/**
 * A block of a paper. The pieces of a paragraph are put together as they are, so a space between two belongs to one of
 * them. A row is a line of a table; its cells are pieces.
 */
export interface PaperBlock {
  readonly kind: 'heading' | 'paragraph' | 'row' | 'note';
  /** Depth of a heading, 1 for the title. */
  readonly level?: number | undefined;
  readonly pieces: readonly Piece[];
}

/**
 * The text of a paper; its form is described at the parser `paper` in core. Blocks without text are left out.
 * @param pages Number of pages. Each of them gets its mark, also one without text. Default: no pages.
 */
export function paperText(blocks: readonly PaperBlock[], pages = 0): string {
  const writer = new PaperWriter();
  for (const block of blocks) if (block.pieces.some(({ text }) => text.trim() !== '')) writer.write(block);
  writer.turnToEnd(pages);
  return writer.finish();
}

class PaperWriter {
  private readonly parts: string[] = [];
  private page = 0;
  /** The highest page that was begun. */
  private highest = 0;
  private last: PaperBlock | undefined;

  write(block: PaperBlock): void {
    const first = block.pieces[0]?.page ?? 0;
    const isSamePage = first === 0 || first === this.page;
    const continuesTable = block.kind === 'row' && this.last?.kind === 'row' && isSamePage;
    const continuesNote = block.kind === 'note' && this.last?.kind === 'note' && isSamePage;
    if (this.parts.length > 0) this.parts.push(continuesTable || continuesNote ? '\n' : '\n\n');
    if (this.turnTo(first)) this.parts.push('\n\n');
    if (block.kind === 'row') this.parts.push(rowText(block));
    else {
      this.parts.push(block.kind === 'heading' ? `${'#'.repeat(block.level ?? 2)} ` : '');
      if (block.kind === 'note') this.parts.push(noteMark);
      this.writePieces(block.pieces);
    }
    this.last = block;
  }

  /** Writes the marks of the pages that were not begun yet, up to the last. */
  turnTo(page: number): boolean {
    if (page === 0 || page === this.page) return false;
    if (this.parts.length > 0 && !(this.parts.at(-1) ?? '').endsWith('\n')) this.parts.push('\n\n');
    this.parts.push(this.marksTo(page).join('\n\n'));
    return true;
  }

  /** Marks the pages after the last block. */
  turnToEnd(pages: number): void {
    if (pages > this.highest) this.turnTo(pages);
  }

  /** Marks up to `page`. A block that was printed earlier, such as a figure, may lead back to its page. */
  private marksTo(page: number): string[] {
    const first = page > this.highest ? this.highest + 1 : page;
    this.page = page;
    this.highest = Math.max(this.highest, page);
    return Array.from({ length: page - first + 1 }, (_, index) => pageMark(first + index));
  }

  /** The mark of a page that begins within a block stands on a line of its own. */
  private writePieces(pieces: readonly Piece[]): void {
    for (const [index, { text, page = 0 }] of pieces.entries()) {
      const clean = oneLine(text);
      if (index > 0 && page !== 0 && page !== this.page) {
        this.parts.push(`\n${this.marksTo(page).join('\n')}\n`, clean.trimStart());
      } else {
        this.parts.push(index === 0 ? clean.trimStart() : clean);
      }
    }
  }

  finish(): string {
    const text = this.parts.join('');
    return text === '' ? '' : `${text.trimEnd()}\n`;
  }
}

function rowText({ pieces }: PaperBlock): string {
  // A row needs a border to be read as a row, even if it has one cell.
  const cells = pieces.map(({ text }) => oneLine(text).trim().replaceAll('|', '¦'));
  return cells.length === 1 ? `${cells[0] ?? ''}${cellBorder}` : cells.join(cellBorder);
}

function oneLine(text: string): string {
  return text.replace(/[\s\u00A0]+/g, ' ');
}
