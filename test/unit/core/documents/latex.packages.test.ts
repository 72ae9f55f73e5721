import { describe, expect, it } from 'vitest';
import { printedUnit } from '../../../../src/core/documents/latexUnits';
import { parseDocument } from '../../../../src/core/documents/parse';
import { findAbbreviations } from '../../../../src/core/text/abbreviations';
import { expectSound, placeOf, proseOf } from './checks';

const acronyms = [
  '\\newacronym[type=main]{ckd}{CKD}{chronic kidney disease}',
  '\\newglossaryentry{ace}{name={ACE}, description={An enzyme}}',
  '\\DeclareAcronym{arb}{short = ARB, long = {angiotensin receptor blocker}}',
  '\\newacronym{tnf}{TNF-$\\alpha$}{tumour necrosis factor}',
  '\\newacronym{dose}{DD}{\\dailydose}',
  '\\newacronym{rate}{\\ratesymbol}{heart rate}',
].join('\n');

const inBody = (body: string): string =>
  `\\documentclass{article}\n${acronyms}\n\\begin{document}\n${body}\n\\end{document}`;

describe('acronyms in LaTeX', () => {
  it.each<[body: string, prose: string[]]>([
    [
      'In \\gls{ckd} and \\gls{ckd}.\n\nMore \\gls{ckd}.',
      ['In chronic kidney disease (CKD) and CKD.', 'More CKD.'],
    ],
    [
      '\\Gls{ckd} and \\glspl{arb}',
      ['Chronic kidney disease (CKD) and angiotensin receptor blockers (ARBs)'],
    ],
    [
      '\\acrshort{ckd}, \\acrlong{ckd}, \\acrfull{ckd}',
      ['CKD, chronic kidney disease, chronic kidney disease (CKD)'],
    ],
    [
      '\\ac{arb} and \\acs{arb}, \\acl{arb}, \\acf{arb}, \\acp{arb}',
      [
        'angiotensin receptor blocker (ARB) and ARB, angiotensin receptor blocker, angiotensin receptor blocker (ARB), ARBs',
      ],
    ],
    ['\\gls{ace} and \\glsxtrshort[]{tnf}s', ['ACE and TNF-αs']],
    ['Some \\gls{unknown} word.', ['Some word.']],
    // A form of a command whose text is unknown prints nothing, so the other form stands alone.
    ['\\gls{dose}, \\acrlong{dose} and \\acrshort{dose}', ['DD, DD and DD']],
    ['\\gls{rate} and \\acrshortpl{rate}', ['heart rate and heart rates']],
  ])('are printed in %j', (body, prose) => {
    for (const text of [inBody(body), inBody(body).replace(/\n/g, '\r\n')]) {
      const { segments } = parseDocument(text, 'latex');
      expect(segments.map((segment) => segment.text)).toEqual(prose);
      expectSound(text, segments);
    }
  });

  it('have their command as place', () => {
    expect(placeOf(inBody('In \\gls{ckd} now.'), 'latex', 'kidney')).toBe('\\gls{ckd}');
    expect(placeOf(inBody('In \\gls{ckd} now.'), 'latex', 'now')).toBe('now');
  });

  it('are pairs in a list', () => {
    const text =
      '\\begin{acronym}[LONG]\n\\acro{CKD}{chronic kidney disease}\n\\acro{a2}[ACE]{angiotensin-converting \\emph{enzyme}}\n\\end{acronym}';
    const prose = ['CKD (chronic kidney disease)', 'ACE (angiotensin-converting enzyme)'];
    expect(proseOf(text, 'latex')).toEqual(prose);
    expect(findAbbreviations(prose[0] ?? '')).toHaveLength(1);
    expectSound(text, parseDocument(text, 'latex').segments);
  });

  it('follow an edit of their definition', () => {
    const text = inBody('In \\gls{ckd} now.');
    const before = parseDocument(text, 'latex');
    const edited = text.replace('chronic kidney', 'end-stage kidney');
    expect(parseDocument(edited, 'latex', before).segments).toEqual(parseDocument(edited, 'latex').segments);
  });
});

describe('LaTeX', () => {
  it.each<[name: string, text: string, prose: string[]]>([
    [
      'reads what was added, and not what was deleted',
      'With \\added[id=A]{losartan}, \\deleted{GENE} and \\replaced[id=B]{ramipril}{GENE}.',
      ['With losartan, and ramipril.'],
    ],
    [
      'keeps the arguments of unknown commands apart',
      'On \\dose{losartan}{50 mg}{daily} it fell, \\gene{ACE}2 too.',
      ['On losartan 50 mg daily it fell, ACE2 too.'],
    ],
    [
      'leaves out what a condition hides',
      'One.\n\n\\iffalse GENE\n\n\\ifx\\a\\b GENE \\fi\n\nGENE\n\\fi\n\nTwo \\iffalse GENE \\else and \\fi three.',
      ['One.', 'Two and three.'],
    ],
    [
      'leaves out sections about the authors',
      '\\section{Results} One.\n\\section*{\\textbf{Acknowledgements}\\label{a}} We thank GENE.\n\n\\subsection{Funding} GENE.\n\\section{Author contributions statement}\nGENE wrote.\n\n\\section{Methods}\nTwo.\n\\paragraph{Conflicts of interest.} GENE.\n\\bibliography{x}',
      ['Results', 'One.', 'Methods', 'Two.'],
    ],
    [
      'reads sections whose heading only begins like those',
      '\\section{Contribution of genes}\nOne.\n% \\section{Funding}\nTwo.\n\\section{Author index}\nThree.',
      ['Contribution of genes', 'One. Two.', 'Author index', 'Three.'],
    ],
    [
      'leaves out environments and commands about the authors',
      'One.\n\\begin{acknowledgments}\nGENE.\n\nGENE.\n\\end{acknowledgments}\n\\funding{GENE}\n\\authorcontributions{GENE, X.Y.}\nTwo.',
      ['One.', 'Two.'],
    ],
    [
      'reads numbers with units',
      'Gave \\SI{5}{\\micro\\molar}, \\qty[per-mode=symbol]{10}{\\mg\\per\\litre} and \\si{\\celsius} of 5\\,\\unit{\\kilo\\dalton}.',
      ['Gave 5 μM, 10 mg/L and °C of 5 kDa.'],
    ],
  ])('%s', (_, text, prose) => {
    for (const each of [text, text.replace(/\n/g, '\r\n')]) {
      expect(proseOf(each, 'latex')).toEqual(prose);
      expectSound(each, parseDocument(each, 'latex').segments);
    }
  });
});

describe('printedUnit', () => {
  it.each([
    ['\\milli\\gram\\per\\kilo\\gram', 'mg/kg'],
    ['mg.kg', 'mg kg'],
    ['\\micro\\metre\\squared', 'μm²'],
    ['\\colonies', 'colonies'],
  ])('prints %s as %s', (source, unit) => {
    expect(printedUnit(source)).toBe(unit);
  });
});
