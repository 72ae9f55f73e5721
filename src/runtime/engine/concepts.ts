/** The task that looks up concepts. It needs no model. */
import { conceptsInText, conceptsNamed } from '../../core/linking/findConcepts';
import type { ConceptsRequest, ConceptsResult } from '../../protocol/engine';
import type { RequestContext } from './requestContext';

const defaultLimit = 20;
/** Longer texts are cut: a question or a name is short. UTF-16 code units. */
const maxText = 2000;

/** Runs a {@link ConceptsRequest}. */
export async function findConcepts(
  context: RequestContext,
  { text, match, type, limit = defaultLimit }: ConceptsRequest,
): Promise<ConceptsResult> {
  const loaded = await context.terminology();
  if (loaded === undefined) return { terminology: undefined, concepts: [] };
  const find = match === 'name' ? conceptsNamed : conceptsInText;
  const concepts = find(text.slice(0, maxText), loaded.terminology, { type, limit });
  return { terminology: loaded.info, concepts };
}
