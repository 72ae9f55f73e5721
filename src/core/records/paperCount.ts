import { keysOfPlace, type StatedPublication } from './publicationKeys';

/** Identifiers that databases give: a PubMed number, a PubMed Central number or a DOI. Citation keys are the user's. */
const kinds = [
  ['pmid', /^\d{1,9}$/],
  ['pmcid', /^pmc\d+$/i],
  ['doi', /^10\.\d{4,9}\//],
] as const;

type Kind = (typeof kinds)[number][0];

interface Paper {
  readonly ids: Map<Kind, string>;
}

/**
 * Counts papers, each once however many copies of its record there are: two places are of one paper if they state the
 * same identifier of a database, or the same name or long title. A title does not outweigh two identifiers of one kind,
 * because an abstract of a congress often has the title of the article.
 *
 * @param stated The publications as documents state them. One that states nothing is a paper of its own.
 * @example countPapers([{ publication: 'Kaplan 2019, Gout', citation: '1' }, { publication: undefined, citation: '1' }]); // 1
 */
export function countPapers(stated: Iterable<StatedPublication>): number {
  const byKey = new Map<string, Paper>();
  let count = 0;
  for (const place of stated) {
    const id = identifierOf(place);
    const keys = keysOf(place, id);
    const known = keys.map((key) => byKey.get(key)).find((paper) => paper && !contradicts(paper, id));
    const paper = known ?? { ids: new Map<Kind, string>() };
    if (!known) count++;
    if (id) paper.ids.set(id.kind, id.value);
    for (const key of keys) if (!byKey.has(key)) byKey.set(key, paper);
  }
  return count;
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
