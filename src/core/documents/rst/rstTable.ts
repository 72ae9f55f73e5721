import type { ParagraphCuts, TrimmedLine } from '../paragraphCuts';

const gridBorder = /^\+[-=+]+\+$/;
const simpleBorder = /^=+(?:[ \t]+=+)+$/;

/** Reads the cells of grid tables and simple tables. The text of a cell in each line is a block. */
export class RstTable {
  private kind: 'grid' | 'simple' | undefined;
  private borders = 0;
  private isAfterBorder = false;

  constructor(private readonly cuts: ParagraphCuts) {}

  get isOpen(): boolean {
    return this.kind !== undefined;
  }

  /** Whether the line is a part of a table. */
  read(line: TrimmedLine): boolean {
    if (gridBorder.test(line.text)) this.border('grid');
    else if (simpleBorder.test(line.text)) this.border('simple');
    else if (this.kind === undefined) return false;
    else {
      this.isAfterBorder = false;
      if (!/^[-=+|\s]+$/.test(line.text))
        this.cuts.cells(line, this.kind === 'grid' ? /[^|]+/g : /\S+(?:[ \t]\S+)*/g);
    }
    return true;
  }

  /** A table ends at an empty line; a simple table only if a border precedes it. */
  blank(): void {
    if (this.kind === 'simple' && (!this.isAfterBorder || this.borders < 2)) return;
    this.kind = undefined;
    this.borders = 0;
  }

  private border(kind: 'grid' | 'simple'): void {
    this.cuts.close();
    this.kind = kind;
    this.borders += 1;
    this.isAfterBorder = true;
  }
}
