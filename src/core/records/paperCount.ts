import { keysOfPlace, type StatedPublication } from './publicationKeys';

/** Identifiers that databases give: a PubMed number, a PubMed Central number or a DOI. Citation keys are the user's. */
const kinds = [
  ['pmid', /^\d{1,9}$/],
  ['pmcid', /^pmc\d+$/i],
  ['doi', /^10\.\d{4,9}\//],
] as const;

type Kind = (typeof kinds)[number][0];

interface Paper {
  readonly number: number;
  readonly ids: Map<Kind, string>;
}

/**
 * Tells which publications are one paper, however many copies of its record there are: two places are of one paper if they
 * state the same identifier of a database, or the same name or long title. A title does not outweigh two identifiers of one
 * kind, because an abstract of a congress often has the title of the article.
 *
 * @param stated The publications as documents state them. One that states nothing is a paper of its own.
 * @returns the number of the paper of each publication, counted from 0.
 * @example papersOf([{ publication: 'Kaplan 2019, Gout', citation: '1' }, { publication: undefined, citation: '1' }]); // [0, 0]
 */
export function papersOf(stated: Iterable<StatedPublication>): readonly number[] {
  const byKey = new Map<string, Paper>();
  let count = 0;
  return Array.from(stated, (place) => {
    const id = identifierOf(place);
    const keys = keysOf(place, id);
    const known = keys.map((key) => byKey.get(key)).find((paper) => paper && !contradicts(paper, id));
    const paper = known ?? { number: count++, ids: new Map<Kind, string>() };
    if (id) paper.ids.set(id.kind, id.value);
    for (const key of keys) if (!byKey.has(key)) byKey.set(key, paper);
    return paper.number;
  });
}

/** Counts papers, each once however many copies of its record there are: see {@link papersOf}. */
export function countPapers(stated: Iterable<StatedPublication>): number {
  return new Set(papersOf(stated)).size;
}

/** A document, or one of its records. */
export interface CountedPlace {
  /** Identifies the document. */
  readonly document: string;
  readonly stated: StatedPublication;
  /** Whether it is a publication, and no draft or note of the user. */
  readonly isPublished: boolean;
}

/** Numbers of papers, copies counted once, and of documents that are no publications. */
export interface DocumentCounts {
  readonly papers: number;
  readonly otherDocuments: number;
}

/** Counts papers and other documents. All numbers that the user sees side by side come from here. */
export function countDocuments(places: Iterable<CountedPlace>): DocumentCounts {
  const papers: StatedPublication[] = [];
  const others = new Set<string>();
  for (const { document, stated, isPublished } of places) {
    if (isPublished) papers.push(stated);
    else others.add(document);
  }
  return { papers: countPapers(papers), otherDocuments: others.size };
}

interface Identifier {
  readonly kind: Kind;
  readonly value: string;
}

function identifierOf({ citation }: StatedPublication): Identifier | undefined {
  const [kind] = kinds.find(([, pattern]) => citation !== undefined && pattern.test(citation)) ?? [];
  return kind && citation !== undefined ? { kind, value: citation.toLowerCase() } : undefined;
}

/** The identifier comes first, since it decides. A citation key may stand for two publications in two files. */
function keysOf({ publication }: StatedPublication, id: Identifier | undefined): readonly string[] {
  const named = keysOfPlace({ publication, citation: undefined });
  return id ? [`${id.kind} ${id.value}`, ...named] : named;
}

function contradicts({ ids }: Paper, id: Identifier | undefined): boolean {
  const own = id && ids.get(id.kind);
  return own !== undefined && own !== id?.value;
}
