import { describe, expect, it } from 'vitest';
import { paperContent } from '../../../../src/runtime/papers/paperKind';
import { paragraph, writeDocx, writeXlsx } from '../../../support/officeWriter';
import { writePdf } from '../../../support/pdfWriter';
import { writeZip } from '../../../support/zipWriter';

const ole = (stream: string) =>
  Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600), Buffer.from(stream, 'utf16le')]);
const odt = writeZip([{ name: 'mimetype', content: Buffer.from('application/vnd.oasis.opendocument.text') }]);

describe('the content of a file', () => {
  it('shows its kind, whatever its name', () => {
    expect(paperContent(writePdf([[]]))?.kind).toBe('pdf');
    expect(paperContent(Buffer.concat([Buffer.from('\r\n\r\n'), writePdf([[]])]))?.kind).toBe('pdf');
    expect(paperContent(writeDocx({ body: paragraph('Text.') }))?.kind).toBe('docx');
    expect(paperContent(writeXlsx([[['Title']]]))?.kind).toBe('xlsx');
  });

  it.each([
    ['The TP53 gene.', 'text'],
    ['', 'nothing'],
    ['PK\u0003\u0004', 'the beginning of an archive'],
    ['<p>%PDF is a format</p>', 'text about PDF'],
  ])('is no paper: %j', (text) => {
    expect(paperContent(Buffer.from(text))).toBeUndefined();
  });

  it.each<[name: string, bytes: Buffer, message: RegExp, nextStep: RegExp]>([
    ['an old Word document', ole('WordDocument'), /\.doc\b/, /\.docx/],
    ['an old workbook', ole('Workbook'), /\.xls\b/, /\.xlsx/],
    ['an encrypted document', ole('EncryptedPackage'), /password/, /without/],
    ['an OpenDocument text', odt, /\.odt/, /\.docx/],
    [
      'a presentation',
      writeZip([{ name: 'ppt/presentation.xml', content: Buffer.from('<a/>') }]),
      /\.pptx/,
      /\.docx/,
    ],
    ['Rich Text', Buffer.from('{\\rtf1 x}'), /\.rtf/, /\.docx/],
  ])('is refused with a next step: %s', (_, bytes, message, nextStep) => {
    const refusal = paperContent(bytes)?.refusal;
    expect(refusal?.message).toMatch(message);
    expect(refusal?.nextStep).toMatch(nextStep);
  });
});
