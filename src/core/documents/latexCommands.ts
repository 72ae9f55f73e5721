/**
 * How the arguments of a command are read, one letter per argument: `p` prose, `d` dropped, `m` a formula or chemical
 * formula.
 */
export interface CommandRule {
  readonly arguments: string;
  /**
   * The effect of the command itself. `omit`: it prints something that is not prose. `block`: it ends the sentence.
   * `label`: like `block`, and its optional argument is prose. `raised`, `lowered`: scripts. Default: the command
   * prints nothing.
   */
  readonly effect?: 'omit' | 'block' | 'label' | 'raised' | 'lowered';
}

const rules = new Map<string, CommandRule>();

function add(rule: CommandRule, names: string): void {
  for (const name of names.trim().split(/\s+/)) rules.set(name, rule);
}

add(
  { arguments: 'p' },
  `textbf textit textsl textsc textrm textsf texttt textup textmd textnormal emph underline uline uwave sout textlf
   mbox hbox makebox fbox framebox ul hl st num ang MakeUppercase MakeLowercase uppercase lowercase textquote
   enquote added highlight revised new`,
);
add(
  { arguments: 'dp' },
  `href textcolor colorbox parbox raisebox scalebox rotatebox hypertarget hyperlink foreignlanguage adjustbox`,
);
add({ arguments: 'ddp' }, 'multicolumn multirow fcolorbox resizebox');
add({ arguments: 'pd' }, 'texorpdfstring replaced');
add({ arguments: 'm' }, 'ensuremath ce cf');
add({ arguments: 'p', effect: 'raised' }, 'textsuperscript up');
add({ arguments: 'p', effect: 'lowered' }, 'textsubscript');
add(
  { arguments: 'p', effect: 'block' },
  `part chapter section subsection subsubsection paragraph subparagraph title subtitle caption footnote footnotetext
   abstract keywords keyword frametitle framesubtitle plainsummary significance abstracttext`,
);
add({ arguments: 'dp', effect: 'block' }, 'captionof');
add(
  { arguments: '', effect: 'block' },
  `par newpage clearpage cleardoublepage pagebreak hline toprule midrule bottomrule tabularnewline maketitle endhead
   endfirsthead endfoot endlastfoot appendix`,
);
add({ arguments: '', effect: 'label' }, 'item');
add({ arguments: 'd', effect: 'block' }, 'bibitem');
add(
  { arguments: 'd', effect: 'omit' },
  `ref eqref pageref autoref cref Cref nameref vref subref figref tabref secref url path nolinkurl doi gls Gls glspl
   Glspl acrshort acrlong acrfull ac Ac acs acl acf acp lstinputlisting chemfig email includegraphics`,
);
add(
  { arguments: 'd' },
  `deleted acknowledgments acknowledgements acknowledgment acknowledgement funding authorcontributions conflictsofinterest
   label index glossary input include includeonly subfile bibliography bibliographystyle addbibresource usepackage
   RequirePackage documentclass documentstyle pagestyle thispagestyle pagenumbering graphicspath hypersetup geometry
   author address affil affiliation institute institution date thanks orcid orcidID ORCID corresp corres
   correspondingauthor vspace hspace color cline cmidrule phantom hphantom vphantom todo marginpar
   theoremstyle captionsetup sisetup lstset setstretch hyphenation markright usetikzlibrary pgfplotsset tikzset
   pdfinfo journal volume authorrunning linespread bibliographyunit nocite tag vskip`,
);
add(
  { arguments: 'dd' },
  `newcommand renewcommand providecommand DeclareMathOperator DeclareRobustCommand setlength addtolength setcounter
   addtocounter rule fontsize markboth newtheorem numberwithin DeclareAcronym newglossaryentry colorlet let acrodef newacro hyperdef DeclareSIUnit`,
);
add(
  { arguments: 'ddd' },
  'newenvironment renewenvironment addcontentsline definecolor newacronym newabbreviation',
);

/** The rule for a command. The citation commands of all packages have `cite` in their names. */
export function commandRule(name: string): CommandRule | undefined {
  return rules.get(name) ?? (/cite/i.test(name) ? { arguments: 'd', effect: 'omit' } : undefined);
}

/** Commands before `\begin{document}` whose argument is printed. */
export const titleCommands = new Set(['title', 'subtitle', 'abstract', 'keywords', 'keyword']);

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Environments whose content is not TeX, or not prose. */
export const opaqueEnvironments = words(`
  verbatim Verbatim BVerbatim lstlisting minted comment filecontents alltt tikzpicture pgfpicture picture axis tikzcd
  acknowledgements acknowledgments acknowledgement acknowledgment acks
  algorithm algorithmic algorithm2e algorithmicx forest pspicture CCSXML pycode python sagesilent luacode chemfig
  equation align gather multline eqnarray alignat flalign displaymath math dmath subequations IEEEeqnarray`);

/** Opaque environments that are part of a sentence. */
export const formulaEnvironments = words(`
  equation align gather multline eqnarray alignat flalign displaymath math dmath subequations IEEEeqnarray`);

/** Environments of rows and cells. */
export const tableEnvironments = words(
  'tabular tabularx tabulary longtable supertabular xltabular tabu array',
);

/** Number of mandatory arguments after `\begin{name}`; all are dropped. */
export const environmentArguments: Readonly<Record<string, number>> = {
  tabular: 1,
  tabularx: 2,
  tabulary: 2,
  longtable: 1,
  supertabular: 1,
  xltabular: 2,
  tabu: 1,
  array: 1,
  minipage: 1,
  wrapfigure: 2,
  wraptable: 2,
  multicols: 1,
  thebibliography: 1,
  adjustbox: 1,
  list: 2,
  subfigure: 1,
  subtable: 1,
  spacing: 1,
  adjustwidth: 2,
  otherlanguage: 1,
  column: 1,
};
