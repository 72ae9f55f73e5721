/** Writes small PDFs by hand: text at places, in one of the fonts that every reader has. */

/** A run of text. Lengths are points; `y` counts from the top of the page to the baseline. */
export interface PrintedText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  /** Default: 10. */
  readonly size?: number;
  readonly isBold?: boolean;
}

export interface PdfOptions {
  /** Writes an encryption dictionary for a password that is not empty. */
  readonly isEncrypted?: boolean;
}

const pageHeight = 842;
const pageWidth = 595;

/** @param pages The text of each page, in the order in which it is printed. A page without text looks like a scan. */
export function writePdf(
  pages: readonly (readonly PrintedText[])[],
  { isEncrypted = false }: PdfOptions = {},
): Buffer {
  const fonts = '/F1 3 0 R /F2 4 0 R';
  const font = (name: string) =>
    `<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`;
  const kids = pages.map((_, index) => `${5 + 2 * index} 0 R`).join(' ');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    font('Helvetica'),
    font('Helvetica-Bold'),
    ...pages.flatMap((texts, index) => {
      const content = texts.map(operatorsOf).join('\n');
      const box = `/MediaBox [0 0 ${pageWidth} ${pageHeight}]`;
      const contents = `/Contents ${6 + 2 * index} 0 R`;
      return [
        `<< /Type /Page /Parent 2 0 R ${box} ${contents} /Resources << /Font << ${fonts} >> >> >>`,
        `<< /Length ${Buffer.byteLength(content, 'latin1')} >>\nstream\n${content}\nendstream`,
      ];
    }),
  ];
  return assemble(objects, isEncrypted);
}

function assemble(objects: readonly string[], isEncrypted: boolean): Buffer {
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = Buffer.byteLength(text, 'latin1');
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const start = Buffer.byteLength(text, 'latin1');
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const hash = '41'.repeat(32);
  const encryption = isEncrypted
    ? ` /ID [<00112233> <00112233>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <${hash}> /U <${hash}> >>`
    : '';
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries}`;
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R${encryption} >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}

function operatorsOf({ text, x, y, size = 10, isBold = false }: PrintedText): string {
  const escaped = text.replace(/[\\()]/g, (character) => `\\${character}`);
  return `BT /F${isBold ? 2 : 1} ${size} Tf ${x} ${pageHeight - y} Td (${escaped}) Tj ET`;
}

/** The lines of a column, one below the other. */
export function column(
  lines: readonly string[],
  {
    x,
    y,
    size = 10,
    leading = 12,
  }: { readonly x: number; readonly y: number; readonly size?: number; readonly leading?: number },
): PrintedText[] {
  return lines.map((text, index) => ({ text, x, y: y + index * leading, size }));
}
