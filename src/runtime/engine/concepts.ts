/** The task that looks up concepts. It needs no model. */
import type { ConceptsRequest, ConceptsResult } from '../../protocol/engine';
import type { RequestContext } from './requestContext';

/** Runs a {@link ConceptsRequest}. */
export async function findConcepts(
  context: RequestContext,
  _request: ConceptsRequest,
): Promise<ConceptsResult> {
  await context.turn();
  return { terminology: undefined, concepts: [] };
}
