import { isCitationMark } from '../../../core/documents/blocks';
import { isBackMatter } from '../../../core/documents/paper';
import type { PaperBlock } from '../blocks';
import { symbolCharacter, withoutPrivateSymbols } from '../../../core/documents/symbolFont';
import { outlineLevel, type WordStyle } from './wordStyles';
import { type Element, readXml } from './xml';

/** Elements whose content is not read: deleted and moved text, commands of fields, and a second form of the same content. */
const dropped = new Set([
  'del',
  'moveFrom',
  'delText',
  'instrText',
  'delInstrText',
  'Fallback',
  'rubyPr',
  'rt',
  'tblPr',
  'sectPr',
]);

/** A paragraph that is being read. A text box within a paragraph has paragraphs of its own. */
interface OpenParagraph {
  text: string;
  level: number | undefined;
  isContents: boolean;
  /** The text raised or lowered since the last ordinary one. */
  script: { readonly raised: boolean; text: string } | undefined;
}

interface OpenRun {
  raised?: boolean;
  isHidden: boolean;
  isSymbol: boolean;
}

interface OpenTable {
  rows: { readonly cells: string[][] }[];
}

/** A long paragraph in a table is prose that a table lays out. */
const longCell = 400;

/** Reads a part of a Word document into blocks. */
export class WordProse {
  readonly blocks: PaperBlock[] = [];
  private readonly paragraphs: OpenParagraph[] = [];
  private readonly tables: OpenTable[] = [];
  /** Name of the element whose content is dropped, and how many elements of this name are open. */
  private skipped: { readonly name: string; depth: number } | undefined;
  private run: OpenRun = { isHidden: false, isSymbol: false };
  private isInText = false;
  private isInParagraphProperties = false;

  constructor(private readonly styles: ReadonlyMap<string, WordStyle>) {}

  /** @returns whether the XML ended too early. */
  read(xml: string): boolean {
    return readXml(xml, {
      open: (element) => this.open(element),
      close: (name) => this.close(name),
      text: (text) => {
        if (this.isInText && !this.skipped) this.add(text);
      },
    });
  }

  private open(element: Element): void {
    const { name } = element;
    if (this.skipped) {
      if (name === this.skipped.name) this.skipped.depth += 1;
    } else if (dropped.has(name) && !this.isInParagraphProperties) this.skipped = { name, depth: 1 };
    else if (!this.openBlock(name)) this.openInline(element);
  }

  /** @returns whether the element is one of the structure. */
  private openBlock(name: string): boolean {
    if (name === 'p')
      this.paragraphs.push({ text: '', level: undefined, isContents: false, script: undefined });
    else if (name === 'pPr') this.isInParagraphProperties = true;
    else if (name === 'tbl') this.tables.push({ rows: [] });
    else if (name === 'tr') this.tables.at(-1)?.rows.push({ cells: [] });
    else if (name === 'tc') this.tables.at(-1)?.rows.at(-1)?.cells.push([]);
    else if (name === 'r') this.run = { isHidden: false, isSymbol: false };
    else return false;
    return true;
  }

  private openInline({ name, attributes }: Element): void {
    const value = attributes['val'] ?? '';
    const paragraph = this.paragraphs.at(-1);
    if (name === 't') this.isInText = true;
    else if (this.isInParagraphProperties) {
      if (paragraph) this.openProperty(paragraph, name, value);
    } else if (name === 'vertAlign') {
      if (value === 'superscript' || value === 'subscript') this.run.raised = value === 'superscript';
    } else if (name === 'vanish') this.run.isHidden = !['0', 'false', 'off'].includes(value);
    else if (name === 'rFonts') this.run.isSymbol = /^symbol$/i.test(attributes['ascii'] ?? '');
    else if (name === 'sym') this.add(symbolOf(attributes));
    else if (name === 'noBreakHyphen') this.add('-');
    else if (name === 'tab' || name === 'br' || name === 'cr' || name === 'ptab') this.add(' ');
  }

  private openProperty(paragraph: OpenParagraph, name: string, value: string): void {
    if (name === 'pStyle') {
      const style = this.styles.get(value);
      paragraph.level ??= style?.level ?? (/^title$/i.test(value) ? 1 : undefined);
      paragraph.isContents ||= style?.isContents ?? false;
    } else if (name === 'outlineLvl') paragraph.level = outlineLevel(Number(value)) ?? paragraph.level;
  }

  private close(name: string): void {
    if (this.skipped) {
      if (name === this.skipped.name && --this.skipped.depth === 0) this.skipped = undefined;
    } else if (name === 't') this.isInText = false;
    else if (name === 'pPr') this.isInParagraphProperties = false;
    else if (name === 'p') this.closeParagraph();
    else if (name === 'tbl') this.closeTable();
    else if (name === 'r') this.run = { isHidden: false, isSymbol: false };
  }

  private add(text: string): void {
    const paragraph = this.paragraphs.at(-1);
    const { raised, isHidden, isSymbol } = this.run;
    if (!paragraph || isHidden) return;
    const letters = isSymbol
      ? Array.from(text, (letter) => symbolCharacter(letter.charCodeAt(0))).join('')
      : withoutPrivateSymbols(text);
    if (paragraph.script && paragraph.script.raised !== raised) closeScript(paragraph);
    if (raised === undefined) paragraph.text += letters;
    else if (paragraph.script) paragraph.script.text += letters;
    else paragraph.script = { raised, text: letters };
  }

  private closeParagraph(): void {
    const paragraph = this.paragraphs.pop();
    if (!paragraph) return;
    closeScript(paragraph);
    const { level, isContents } = paragraph;
    const text = paragraph.text.replace(/[\u00AD\u200B]/g, '').trim();
    const cell = this.tables.at(-1)?.rows.at(-1)?.cells.at(-1);
    if (text === '' || isContents) return;
    if (cell) cell.push(text);
    else if (level !== undefined || isBackMatter(text)) this.addBlock('heading', text, level ?? 2);
    else this.addBlock('paragraph', text);
  }

  private addBlock(kind: PaperBlock['kind'], text: string, level?: number): void {
    this.blocks.push({ kind, level, pieces: [{ text }] });
  }

  /** Tables of layout, with one column or with long texts, become paragraphs. A table in a cell becomes its text. */
  private closeTable(): void {
    const table = this.tables.pop();
    const outer = this.tables.at(-1)?.rows.at(-1)?.cells.at(-1);
    for (const { cells } of table?.rows ?? []) {
      const paragraphs = cells.flat();
      if (outer) outer.push(...paragraphs);
      else if (cells.length === 1 || paragraphs.some((text) => text.length > longCell)) {
        for (const text of paragraphs) this.addBlock('paragraph', text);
      } else {
        const pieces = cells.map((texts) => ({ text: texts.join(' ') }));
        this.blocks.push({ kind: 'row', pieces });
      }
    }
  }
}

/** Raised numbers of references are left out; other scripts belong to the word. */
function closeScript(paragraph: OpenParagraph): void {
  const { script } = paragraph;
  paragraph.script = undefined;
  if (!script) return;
  const isCitation = script.raised && isCitationMark(script.text.trim(), paragraph.text.slice(-8));
  if (!isCitation) paragraph.text += script.text;
  else if (/\s$/.test(script.text)) paragraph.text += ' ';
}

function symbolOf(attributes: Readonly<Record<string, string>>): string {
  const code = Number.parseInt(attributes['char'] ?? '', 16);
  if (Number.isNaN(code)) return '';
  return /^symbol$/i.test(attributes['font'] ?? '')
    ? symbolCharacter(code)
    : code >= 0xf000
      ? ' '
      : String.fromCharCode(code);
}
