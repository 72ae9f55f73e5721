/** Writes small Word and Excel files from their XML. */
import { writeZip } from './zipWriter';

const wordNamespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';

const styles = `<w:styles ${wordNamespace}>
  <w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
  <w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
  <w:style w:type="paragraph" w:styleId="Eigene"><w:name w:val="My heading"/><w:basedOn w:val="berschrift1"/></w:style>
  <w:style w:type="paragraph" w:styleId="Verzeichnis1"><w:name w:val="toc 1"/></w:style>
</w:styles>`;

export interface DocxParts {
  /** XML of the paragraphs and tables. */
  readonly body: string;
  readonly footnotes?: string;
}

export function writeDocx({ body, footnotes }: DocxParts): Buffer {
  const part = (name: string, xml: string) => ({ name, content: Buffer.from(xml), deflated: true });
  const notes =
    footnotes === undefined
      ? []
      : [part('word/footnotes.xml', `<w:footnotes ${wordNamespace}>${footnotes}</w:footnotes>`)];
  return writeZip([
    part('[Content_Types].xml', '<Types/>'),
    part('word/document.xml', `<w:document ${wordNamespace}><w:body>${body}</w:body></w:document>`),
    part('word/styles.xml', styles),
    ...notes,
  ]);
}

/** A paragraph of one run, or of the XML of its runs. */
export function paragraph(content: string, style?: string): string {
  const properties = style === undefined ? '' : `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`;
  return `<w:p>${properties}${content.startsWith('<') ? content : run(content)}</w:p>`;
}

export function run(text: string, properties = ''): string {
  return `<w:r><w:rPr>${properties}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`;
}

/** @param sheets The rows of each sheet; a cell is a string or a number. */
export function writeXlsx(
  sheets: readonly (readonly (readonly (string | number | undefined)[])[])[],
): Buffer {
  const strings: string[] = [];
  const cellOf = (value: string | number | undefined, row: number, index: number): string => {
    const place = `r="${String.fromCharCode(65 + index)}${row + 1}"`;
    if (value === undefined) return '';
    if (typeof value === 'number') return `<c ${place}><v>${value}</v></c>`;
    return `<c ${place} t="s"><v>${strings.push(value) - 1}</v></c>`;
  };
  const sheetXml = sheets.map((rows) => {
    const body = rows.map(
      (row, at) => `<row r="${at + 1}">${row.map((value, index) => cellOf(value, at, index)).join('')}</row>`,
    );
    return `<worksheet><sheetData>${body.join('')}</sheetData></worksheet>`;
  });
  const part = (name: string, xml: string) => ({ name, content: Buffer.from(xml), deflated: true });
  const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return writeZip([
    part('[Content_Types].xml', '<Types/>'),
    part(
      'xl/workbook.xml',
      `<workbook xmlns:r="r"><sheets>${sheets.map((_, i) => `<sheet name="S${i}" r:id="rId${i}"/>`).join('')}</sheets></workbook>`,
    ),
    part(
      'xl/_rels/workbook.xml.rels',
      `<Relationships>${sheets.map((_, i) => `<Relationship Id="rId${i}" Target="worksheets/sheet${i}.xml"/>`).join('')}</Relationships>`,
    ),
    part(
      'xl/sharedStrings.xml',
      `<sst>${strings.map((text) => `<si><t>${escape(text)}</t></si>`).join('')}</sst>`,
    ),
    ...sheetXml.map((xml, i) => part(`xl/worksheets/sheet${i}.xml`, xml)),
  ]);
}
