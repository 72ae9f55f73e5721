import type { FieldKind } from './recordSyntax';

const names = (kind: FieldKind, list: string): [string, FieldKind][] =>
  list
    .trim()
    .split(/\s+/)
    .map((name) => [name, kind]);

/**
 * Names of columns in exports of PubMed, Embase, Scopus, Web of Science, Zotero, EndNote, Rayyan, Covidence and ASReview, in
 * lower case and without other characters than letters and digits.
 */
const known: ReadonlyMap<string, FieldKind> = new Map([
  ...names('title', 'title articletitle documenttitle primarytitle papertitle studytitle ti t1 titre titel'),
  ...names('abstract', 'abstract abstracttext abstractnote ab n2 summary resume zusammenfassung'),
  ...names(
    'keyword',
    `keywords keyword authorkeywords indexkeywords keywordsplus manualtags automatictags tags kw de meshterms meshheadings
    mesh emtreedrugindexterms emtreemedicalindexterms drugterms diseaseterms`,
  ),
  ...names('author', 'authors author authornames authorname au a1 creator creators firstauthor'),
  ...names(
    'date',
    'year publicationyear pubyear yearpublished date publicationdate py y1 issued dateofpublication',
  ),
  ...names(
    'journal',
    `journal journalbook sourcetitle publicationtitle so jo t2 secondarytitle containertitle journaltitle publicationname
    publication journalname`,
  ),
  ...names('volume', 'volume vol vl vi'),
  ...names('issue', 'issue number is ip no'),
  ...names('pages', 'pages page pagestart pageend startpage endpage bp ep sp pg pagerange'),
  ...names('doi', 'doi do di'),
  ...names('pmid', 'pmid pubmedid medlinepmid medlineid pm pubmed'),
  ...names('pmcid', 'pmcid pmc pmcnumber'),
  ...names('type', 'documenttype itemtype publicationtype referencetype dt pt sourcetype'),
  ...names('database', 'database db databaseprovider'),
  ...names(
    'id',
    'key eid recordid accessionnumber ut utuniquewosid uniquewosid uniqueid id rayyanid covidence refid',
  ),
  ...names('url', 'url link links ur'),
]);

/** Kinds of which only the first column counts. */
const single: ReadonlySet<FieldKind> = new Set(['title', 'abstract', 'date', 'journal']);

/** A column name as {@link known} spells it. */
function normal(name: string): string {
  return name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z\d]+/g, '');
}

/**
 * Guesses the meaning of each column of a table from its name. Undefined stands for a name that is not known.
 * @param header The names in the first row.
 */
export function columnKinds(header: readonly string[]): (FieldKind | undefined)[] {
  const kinds = header.map((name) => known.get(normal(name)));
  for (const [kind, part, other] of [
    ['title', /title/, /journal|source|publication|book|short|series|secondary|abbr/],
    ['abstract', /abstract/, /language|url|link/],
  ] as const) {
    if (kinds.includes(kind)) continue;
    const index = header.findIndex((name) => part.test(normal(name)) && !other.test(normal(name)));
    if (index >= 0) kinds[index] = kind;
  }
  // Zotero and Scopus name the journal in other columns than those where `Source` is the name of a database.
  const source = header.findIndex((name) => normal(name) === 'source');
  if (source >= 0) kinds[source] = kinds.includes('journal') ? 'database' : 'journal';
  return kinds.map((kind, index) =>
    kind !== undefined && single.has(kind) && kinds.indexOf(kind) < index ? undefined : kind,
  );
}
