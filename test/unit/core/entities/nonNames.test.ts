import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { removeNonNames } from '../../../../src/core/entities/nonNames';

/** The names that are kept of those marked `[…]` in a sentence. */
function kept(marked: string, type = 'Gene'): string[] {
  const text = marked.replace(/[[\]]/g, '');
  const found: { start: number; end: number; type: string }[] = [];
  let start = 0;
  let marks = 0;
  for (const match of marked.matchAll(/[[\]]/g)) {
    const at = match.index - marks;
    marks += 1;
    if (match[0] === '[') start = at;
    else found.push({ start, end: at, type });
  }
  return removeNonNames(found, text).map((span) => text.slice(span.start, span.end));
}

describe('removeNonNames', () => {
  it.each([
    '[Lanchantin] et al. trained a network.',
    'As [Jagannatha] and [Yu] et al. found',
    '[Altae-Tran] et al developed it.',
    '[Van der Berg] and colleagues disagreed.',
    '[O’Neill] & co-workers agreed.',
    'As [Crohn] and [Yu] (2012) showed',
    'in rats (see [Cree], 2008; [Wai] & [Cao], 2009a) and mice',
    'Dr. [Wilson] and Ms. [Graves] read the films.',
    'the SNPs [rs7412] and [rs429358] were typed',
    'the primer [GCCAATAGAACTTCCAATCC] was used',
    'carriers of [c.1521_1523delCTT] and of [p.Arg175His] or [Arg175His]',
    'the [T790M] mutation and the [R47H] variants',
    'melanoma with [V600E] and [G12D], not [T315I]',
  ])('removes %s', (marked) => {
    expect(kept(marked)).toEqual([]);
  });

  it.each([
    [
      'made by [Novartis], [Bayer AG] and [Novartis Pharmaceuticals] with [imatinib]',
      'Chemical',
      ['imatinib'],
    ],
    ['[Roche] and [Pfizer-BioNTech vaccine]', 'Chemical', ['Pfizer-BioNTech vaccine']],
    ['the FLT3 [tyrosine] kinase and [tyrosine]', 'Chemical', ['tyrosine']],
    ['[dopamine] receptors, an [imatinib]-sensitive kinase', 'Chemical', ['dopamine', 'imatinib']],
    ['[V600E], [R47H] and [K252A]', 'Chemical', ['K252A']],
    ['[A33R], [S100P] and [F13A1]', 'Gene', ['A33R', 'S100P', 'F13A1']],
    ['[esters] in drinking [water]: [ethyl ester]', 'Chemical', ['ethyl ester']],
    ['[HbA](1c), [HbA1c] and [HbA]', 'Gene', ['HbA']],
    ['[learning and] [memory impairments], lowers [blood] glucose', 'Disease', ['memory impairments']],
    ['[VHL loss], [NF1 deletion] and [hearing loss]', 'Disease', ['hearing loss']],
    ['[resistance] and [insulin resistance]', 'Disease', ['insulin resistance']],
    ['[inducible] [nitric oxide synthase] in [nevi]', 'Gene', ['nitric oxide synthase']],
    ['[blood] [glucose]', 'Chemical', ['glucose']],
    ['[blood loss] and [high blood pressure]', 'Disease', ['blood loss', 'high blood pressure']],
  ])('keeps only names in %s', (marked, type, names) => {
    expect(kept(marked, type)).toEqual(names);
  });

  it.each([
    ['[EGFR L858R] and [KRAS G12C] were found', ['EGFR', 'KRAS']],
    ['the variant [BRAF p.V600E] was', ['BRAF']],
    ['the [TP53 p.Arg175His] mutant', ['TP53']],
    ['[CFTR (p.Phe508del)] was', ['CFTR']],
    ['[F5 rs6025] carriers', ['F5']],
    ['carriers of a [TP53 mutation] and of [KRAS mutations]', ['TP53', 'KRAS']],
    ['the [factor V Leiden mutation] stays', ['factor V Leiden mutation']],
    ['mice lacking [interleukin-6 🧬] or [🐭 Il6 👍🏽]', ['interleukin-6', 'Il6']],
  ])('cuts text after the name in %s', (marked, names) => {
    expect(kept(marked)).toEqual(names);
  });

  it.each([
    ['[Parkinson disease] was rated by Parkinson et al.', 'Parkinson disease'],
    ['Patients took [Aspirin], Smith et al. say.', 'Aspirin'],
    ['[Ebola] (2014) and others', 'Ebola'],
    ['expression of [EGFR] and [TP53] (2012) fell', 'EGFR,TP53'],
    ['[ribosomal protein L18A] and [calbindin-D28K]', 'ribosomal protein L18A,calbindin-D28K'],
    ['the poxvirus genes [A33R] and [K3L], and [S100P]', 'A33R,K3L,S100P'],
    ['the [CAT] and [TATA box] of [ACTG1]', 'CAT,TATA box,ACTG1'],
    ['[rsFC] and [c.AMP] and [p.o. iron]', 'rsFC,c.AMP,p.o. iron'],
    ['[Wilson disease] and [Graves disease] (2004)', 'Wilson disease,Graves disease'],
    ['[Met] and [Arg] were bound', 'Met,Arg'],
  ])('keeps the names in %s', (marked, names) => {
    expect(kept(marked).join()).toBe(names);
  });

  it("does not change entities of types from a user's own model", () => {
    expect(kept('[Lanchantin] et al. on [rs7412]', 'Person')).toEqual(['Lanchantin', 'rs7412']);
  });

  it('keeps variants of the type Variant, but removes authors', () => {
    const marked = '[Lanchantin] et al. on [rs7412], [p.Arg175His] and the [T790M] mutation';
    expect(kept(marked, 'Variant')).toEqual(['rs7412', 'p.Arg175His', 'T790M']);
    expect(kept('[BRAF V600E] grew', 'Variant')).toEqual(['BRAF V600E']);
    expect(kept('[HeLa] cells of [Lanchantin] et al. with [rs7412]', 'CellLine')).toEqual(['HeLa']);
  });

  it('returns parts of the given spans in the same order, for any text', () => {
    const word = fc.constantFrom(
      ...[
        'Van ',
        'de ',
        'Smith',
        ' and ',
        ' et al.',
        '(',
        'A',
        'c.',
        'p.',
        '-',
        '’',
        'ACGT',
        ' (2004)',
        'V600E',
        ' mutation',
      ],
    );
    let kept = 0;
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 300 }),
        fc.nat(50),
        fc.nat(50),
        (words, from, length) => {
          const text = words.join('');
          const given = {
            start: Math.min(from, text.length),
            end: Math.min(from + length, text.length),
            type: 'Gene',
          };
          for (const { start, end } of removeNonNames([given], text)) {
            expect(start).toBe(given.start);
            expect(end).toBeGreaterThan(start - Number(given.start === given.end));
            expect(end).toBeLessThanOrEqual(given.end);
            kept += 1;
          }
        },
      ),
    );
    expect(kept).toBeGreaterThan(0);
  });
});
