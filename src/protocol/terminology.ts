import type { ConceptEngine, ConceptsRequest, TerminologyInfo } from './engine';

/**
 * Asks an engine which terminology it links names to.
 *
 * @param options Signal and priority as for any request of concepts.
 * @returns undefined if none is installed, or if it cannot be read.
 */
export async function terminologyOf(
  engine: ConceptEngine,
  {
    signal,
    priority,
  }: { readonly signal?: AbortSignal | undefined } & Pick<ConceptsRequest, 'priority'> = {},
): Promise<TerminologyInfo | undefined> {
  // No concept has an empty name, but every result says which terminology there is.
  const request = { text: '', match: 'name', limit: 1, ...(priority && { priority }) } as const;
  return (await engine.concepts(request, { signal })).terminology;
}

/** Differs for terminologies that may give different links. It is empty without a terminology. */
export function terminologyKey(terminology: TerminologyInfo | undefined): string {
  return terminology === undefined ? '' : `${terminology.name} ${terminology.version}`;
}
