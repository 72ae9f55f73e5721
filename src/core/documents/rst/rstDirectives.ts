const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** The parts of a directive that are prose. */
export interface DirectiveRule {
  readonly hasTitle: boolean;
  readonly hasContent: boolean;
}

const dropped =
  words(`code code-block sourcecode highlight literalinclude raw math include image bibliography toctree contents
  index meta class role default-role graphviz mermaid plot tikz uml ipython jupyter-execute jupyter-input doctest testcode
  testsetup testoutput prompt parsed-literal productionlist program option module currentmodule automodule autoclass autofunction
  autosummary sectnum header footer target-notes tabularcolumns codeauthor sectionauthor youtube video replace unicode date
  csv-table-file comment todo`);
const titled =
  words(`note warning tip hint important caution danger error attention seealso admonition topic sidebar rubric table
  list-table csv-table title abstract versionadded versionchanged deprecated centered dropdown card epigraph caption`);

/** How a directive is read. The content of an unknown directive is prose, its argument is not. */
export function directiveRule(name: string): DirectiveRule {
  const plain = name.toLowerCase();
  if (dropped.has(plain) || plain.includes(':')) return { hasTitle: false, hasContent: false };
  return { hasTitle: titled.has(plain), hasContent: true };
}

/** Fields at the beginning of a document, or in a list of fields, whose body is prose. */
export const proseFields =
  words(`abstract summary keywords description background introduction aim aims objective objectives
  methods results conclusion conclusions purpose subtitle title dedication`);
