import { describe, expect, it } from 'vitest';
import { placeOf, proseOf } from './checks';

describe('LaTeX', () => {
  it.each<[name: string, text: string, prose: string[]]>([
    [
      'ignores font commands',
      'The \\textit{BRCA1} and {\\em TP}53 \\emph{gene}.',
      ['The BRCA1 and TP53 gene.'],
    ],
    [
      'reads accents',
      'Sj\\"{o}gren, Beh\\c{c}et, Fr\\\'ed\\\'eric, na\\"\\i ve, \\AA ngstr\\"om, \\v{C}, \\ss{} and {\\o}',
      ['Sjögren, Behçet, Frédéric, naïve, Ångström, Č, ß and ø'],
    ],
    [
      'reads simple formulas',
      'TNF-$\\alpha$, IL-1\\(\\beta\\), Ca$^{2+}$, H$_2$O, \\ce{H2SO4}, CO\\textsubscript{2}, \\ensuremath{\\gamma}',
      ['TNF-α, IL-1β, Ca2+, H2O, H2SO4, CO2, γ'],
    ],
    ['reads Greek letters in text', '\\alpha-synuclein, \\textbeta-catenin', ['α-synuclein, β-catenin']],
    [
      'leaves out mathematics',
      'So $\\sum_{i} \\frac{a}{b}$ holds, \\[ x = TP53 \\] and\n\\begin{align*}\nEGFR\n\n\\end{align*}\nends.',
      ['So holds, and ends.'],
    ],
    [
      'leaves out citations and references',
      'Known~\\cite{smith2019}, \\citep[see][p.~3]{a,b}. See Fig.~\\ref{fig:x} and \\url{https://a.org/TP53}.',
      ['Known,. See Fig. and.'],
    ],
    [
      'leaves out raised citations',
      'In cancer.$^{12,13}$ And cells\\textsuperscript{4} at 10$^6$.',
      ['In cancer. And cells at 106.'],
    ],
    ['leaves out comments', 'A gene % TP53\nhere.% EGFR\n% KRAS\nEnd 5\\%.', ['A gene here.End 5%.']],
    ['reads typographic marks', "``TP53'' is 3--5 --- see", ['"TP53" is 3–5 — see']],
    [
      'reads headings, captions and footnotes separately',
      '\\section*{The gene\\label{s}} Text\\footnote{On KRAS.} goes on. \\caption[Short]{Long one.}',
      ['The gene', 'Text', 'On KRAS.', 'goes on.', 'Long one.'],
    ],
    [
      'reads the second argument of links and colours',
      '\\href{https://a.org}{the EGFR page} in \\textcolor{red}{red}',
      ['the EGFR page in red'],
    ],
    [
      'reads the text of unknown commands, but not labels and lengths',
      '\\gene{BRCA1} \\myref{fig:x} \\myspace{2cm} ends',
      ['BRCA1 ends'],
    ],
    [
      'reads each table cell separately',
      '\\begin{tabular}{l|l}\n\\hline\nTP53 & 5\\,mg \\\\\n\\multicolumn{2}{c}{A \\& B} \\\\\n\\end{tabular}',
      ['TP53', '5 mg', 'A & B'],
    ],
    [
      'reads list items',
      '\\begin{itemize}\n\\item One\n\\item[EGFR] Two\n\\end{itemize}',
      ['One', 'EGFR', 'Two'],
    ],
    [
      'leaves out verbatim text',
      'A \\verb|TP53| b.\n\\begin{lstlisting}\nEGFR\n\nKRAS {\n\\end{lstlisting}\n\nEnd.',
      ['A b.', 'End.'],
    ],
    [
      'reads only titles of the preamble',
      '\\documentclass{article}\n\\newcommand{\\x}{TP53}\n\\title{The \\textit{BRCA1} gene\\thanks{us}}\n\\author{A. Smith}\n\\begin{document}\nBody.\n\\end{document}\nTP53',
      ['The BRCA1 gene', 'Body.'],
    ],
    [
      'expands macros that stand for a text',
      '\\newcommand{\\tnfa}{TNF-$\\alpha$\\xspace}\n\nThe \\tnfa{} level and \\tnfa.',
      ['The TNF-α level and TNF-α.'],
    ],
    ['ignores discretionary hyphens', 'inter\\-leukin', ['interleukin']],
    ['joins lines and reads ties as blanks', 'breast\n  cancer~type\\\\ two', ['breast cancer type two']],
    [
      'continues after unbalanced braces',
      'The {\\textit{BRCA1 gene\n\nNext } one.',
      ['The BRCA1 gene', 'Next one.'],
    ],
    ['continues after an unclosed environment', '\\begin{equation}\nTP53\n\nNext one.', ['Next one.']],
    [
      'continues after an unclosed formula',
      'It costs 5$ now.\n\nNext one.',
      ['It costs 5 now.', 'Next one.'],
    ],
  ])('%s', (_, text, prose) => {
    expect(proseOf(text, 'latex')).toEqual(prose);
    expect(proseOf(text.replace(/\n/g, '\r\n'), 'latex')).toEqual(prose);
  });

  it.each([
    ['the \\textit{BRCA1} gene', 'BRCA1', 'BRCA1'],
    ['TNF-$\\alpha$ rose', 'TNF-α', 'TNF-$\\alpha$'],
    ['in Sj\\"{o}gren disease', 'Sjögren', 'Sj\\"{o}gren'],
    ['in Sj\\"ogren disease', 'Sjögren', 'Sj\\"ogren'],
    ['breast~cancer', 'breast cancer', 'breast~cancer'],
    ['and Ca\\textsuperscript{2+} in', 'Ca2+', 'Ca\\textsuperscript{2+}'],
  ])('places in %j the mention %j at %j', (text, mention, place) => {
    expect(placeOf(text, 'latex', mention)).toBe(place);
  });
});
