import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { isOwnReport } from '../../../../src/core/curation/ownReport';
import { xmlText, type TextDocument } from '../../../../src/core/exports/officeFile';
import { writeWord } from '../../../../src/runtime/officeFiles/wordFile';
import { readDocx } from '../../../../src/runtime/papers/office/readDocx';
import { ZipParts } from '../../../../src/runtime/papers/office/zipParts';

const content: TextDocument = {
  title: 'Evidence',
  blocks: [
    { kind: 'heading', level: 1, runs: [{ text: 'Evidence' }] },
    {
      kind: 'item',
      runs: [
        { text: 'Aspirin', isBold: true },
        { text: ' & <urate> ' },
        { text: 'DOI', url: 'https://doi.org/10.1/a?b&c' },
      ],
    },
    {
      kind: 'table',
      head: [[[{ text: 'Paper' }]], [[{ text: 'Topic' }]]],
      rows: [[[[{ text: 'Kaplan 2019' }]], []]],
      widths: [1, 2],
    },
    { kind: 'paragraph', runs: [{ text: 'negated', isItalic: true }] },
  ],
};

async function partOf(document: TextDocument, name: string): Promise<string> {
  const parts = await ZipParts.open(await writeWord(document), 'Word document');
  return (await parts.text(name)) ?? '';
}

/** The text of the runs, as Word shows it. @throws if the XML is not well-formed. */
function runTexts(xml: string): readonly string[] {
  const texts: string[] = [];
  let isText = false;
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name }) => {
    isText = name === 'w:t';
    if (isText) texts.push('');
  });
  parser.on('closetag', () => {
    isText = false;
  });
  parser.on('text', (part) => {
    if (isText) texts.push((texts.pop() ?? '') + part);
  });
  parser.write(xml).close();
  return texts;
}

describe('a Word document', () => {
  it('is read back as a paper, with headings, items and tables', async () => {
    const { text } = await readDocx(await writeWord(content));
    expect(isOwnReport(text)).toBe(true);
    expect(text).toContain('Evidence');
    expect(text).toContain('Aspirin & <urate> DOI');
    expect(text).toContain('Kaplan 2019');
  });

  it('has the headings, lists, tables and links of Word', async () => {
    const xml = await partOf(content, 'word/document.xml');
    expect(xml).toContain('w:val="Heading1"');
    expect(xml).toMatch(/<w:numPr>/);
    expect(xml).toMatch(/<w:tblHeader\/>/);
    expect(xml).toMatch(/<w:b\/>.*?<w:t xml:space="preserve">Aspirin<\/w:t>/s);
    expect(xml).toMatch(/<w:i\/>.*?<w:t xml:space="preserve">negated<\/w:t>/s);
    expect(xml).not.toContain('w:orient="landscape"');
    expect(await partOf(content, 'word/_rels/document.xml.rels')).toContain(
      'Target="https://doi.org/10.1/a?b&amp;c" TargetMode="External"',
    );
    const wide = await partOf({ ...content, isLandscape: true }, 'word/document.xml');
    expect(wide).toContain('<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>');
  });

  it('keeps any text, without the characters that XML does not allow', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('</w:t></w:r>', '<w:p/>', ']]>', '&amp;', '\u0000\u0008a', '\ud800'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 6 }), async (texts) => {
        const runs = texts.map((each) => ({ text: each }));
        const xml = await partOf(
          { title: texts.join(''), blocks: [{ kind: 'paragraph', runs }] },
          'word/document.xml',
        );
        const kept = texts
          .map((each) => xmlText(each).replace(/[\t\r\n]+/g, ' '))
          .filter((each) => each !== '');
        expect(runTexts(xml).filter((each) => each !== '')).toEqual(kept);
      }),
      { numRuns: 40 },
    );
  });
});
