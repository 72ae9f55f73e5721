import type { BibliographicRecord } from './record';

/** An identifier of a publication with the address at which a browser opens it. */
export interface PublicationLink {
  readonly kind: 'doi' | 'pmid' | 'pmcid';
  readonly id: string;
  readonly url: string;
}

/**
 * The addresses of a publication. Identifiers come from documents, so that only those become addresses that have the
 * syntax of their kind.
 */
export function publicationLinks({
  doi,
  pmid,
  pmcid,
}: Pick<BibliographicRecord, 'doi' | 'pmid' | 'pmcid'>): readonly PublicationLink[] {
  return [
    ...(doi !== undefined && /^10\.\d{4,9}\/\S+$/u.test(doi)
      ? [{ kind: 'doi' as const, id: doi, url: `https://doi.org/${encodedPath(doi)}` }]
      : []),
    ...(pmid !== undefined && /^\d{1,9}$/u.test(pmid)
      ? [{ kind: 'pmid' as const, id: pmid, url: `https://pubmed.ncbi.nlm.nih.gov/${pmid}/` }]
      : []),
    ...(pmcid !== undefined && /^PMC\d{1,9}$/u.test(pmcid)
      ? [{ kind: 'pmcid' as const, id: pmcid, url: `https://pmc.ncbi.nlm.nih.gov/articles/${pmcid}/` }]
      : []),
  ];
}

/** A lone surrogate, which a damaged file may have, cannot be encoded. */
function encodedPath(path: string): string {
  return path
    .replace(/\p{Cs}/gu, '\uFFFD')
    .split('/')
    .map(encodeURIComponent)
    .join('/');
}
