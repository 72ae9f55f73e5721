import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineCounter } from '../../../../src/core/documents/lineCounter';
import { locateRelations } from '../../../../src/runtime/folder/locatedRelation';
import { markedText, withoutOverlaps } from '../../../../src/runtime/folder/markedText';
import { shortNames } from '../../../../src/editor/documents/shortNames';

const source = 'Loss of BRCA1\n      predicts  breast cancer.';
const evidence = { start: 100, end: 100 + source.length };

function mark(name: string, role: 'subject' | 'object') {
  const start = evidence.start + source.indexOf(name);
  return { start, end: start + name.length, role };
}

describe('markedText', () => {
  it('maps marks over folded white space', () => {
    const { text, marks } = markedText(source, evidence, 'Loss of BRCA1 predicts breast cancer.', [
      mark('breast cancer', 'object'),
      mark('BRCA1', 'subject'),
    ]);
    expect(text).toBe('Loss of BRCA1 predicts breast cancer.');
    expect(marks.map(({ start, end, role }) => [text.slice(start, end), role])).toEqual([
      ['BRCA1', 'subject'],
      ['breast cancer', 'object'],
    ]);
  });

  it('returns no marks if the sentence contains markup', () => {
    expect(
      markedText('**BRCA1** is lost.', { start: 0, end: 18 }, 'BRCA1 is lost.', [mark('BRCA1', 'subject')]),
    ).toEqual({
      text: 'BRCA1 is lost.',
      marks: [],
    });
  });

  it('uses the marks of a relation that has them, whatever markup the document contains', () => {
    const document = '# Loss of *BRCA1*\n\nIt predicts **cancer**.';
    const [found] = locateRelations(document, [
      {
        type: 'association',
        subject: { start: 11, end: 16, text: 'BRCA1', name: 'BRCA1', type: 'Gene', probability: 1 },
        object: { start: 33, end: 39, text: 'cancer', name: 'cancer', type: 'Disease', probability: 1 },
        probability: 0.9,
        evidence: { start: 2, end: 42 },
        evidenceText: 'Loss of BRCA1 It predicts cancer.',
        evidenceMarks: [
          { start: 26, end: 32, role: 'object' },
          { start: 8, end: 13, role: 'subject' },
        ],
      },
    ]);
    expect(
      found?.evidence.marks.map(({ start, end, role }) => [found.evidence.text.slice(start, end), role]),
    ).toEqual([
      ['BRCA1', 'subject'],
      ['cancer', 'object'],
    ]);
  });

  it('returns marks inside the text that do not overlap', () => {
    const role = fc.constantFrom('subject' as const, 'object' as const);
    let seen = 0;
    const anyMark = fc.record({ start: fc.integer({ min: 80, max: 160 }), length: fc.nat(30), role });
    fc.assert(
      fc.property(fc.array(anyMark), (some) => {
        const given = some.map(({ start, length, role: of }) => ({ start, end: start + length, role: of }));
        const { text, marks } = markedText(source, evidence, source, given);
        marks.forEach(({ start, end }, index) => {
          expect(start).toBeGreaterThanOrEqual(marks[index - 1]?.end ?? 0);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(start).toBeLessThan(end);
        });
        seen += marks.length;
      }),
    );
    expect(seen).toBeGreaterThan(0);
  });

  it('keeps the longer of two marks with the same start', () => {
    const marks = [
      { start: 0, end: 3, role: 'cue' as const },
      { start: 0, end: 9, role: 'subject' as const },
    ];
    expect(withoutOverlaps(marks)).toEqual([{ start: 0, end: 9, role: 'subject' }]);
  });
});

describe('lineCounter', () => {
  it('counts lines like VS Code, forwards and backwards', () => {
    const lineAt = lineCounter('a\nb\r\nc\rd');
    expect([0, 2, 5, 7, 0].map(lineAt)).toEqual([1, 2, 3, 4, 1]);
  });
});

describe('shortNames', () => {
  it('adds as many folders as needed to distinguish two files', () => {
    expect(
      [...shortNames(['/r/2019/smith.md', '/r/2021/smith.md', '/r/2021/lee.md']).values()].sort(),
    ).toEqual(['2019/smith.md', '2021/smith.md', 'lee.md']);
    expect(shortNames(['/a.md']).get('/a.md')).toBe('a.md');
  });
});
