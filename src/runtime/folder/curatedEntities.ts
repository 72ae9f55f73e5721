import type { Curation } from '../../core/curation/decisions';
import type { Entity, Span } from '../../core/types';
import type { CallOptions, TagRequest, TagResult } from '../../protocol/engine';

/** Tags a document and applies the decisions of the user to the result, progress reports included. */
export async function tagCurated(
  request: TagRequest,
  options: CallOptions<'tag'> | undefined,
  curation: Curation,
  tag: (request: TagRequest, options?: CallOptions<'tag'>) => Promise<TagResult>,
): Promise<TagResult> {
  if (curation.isEmpty) return tag(request, options);
  const { onProgress } = options ?? {};
  const linked = (entities: readonly Entity[]) =>
    request.link === false ? entities : curation.linked(entities);
  const result = await tag(request, {
    ...options,
    ...(onProgress && {
      onProgress: (progress) =>
        onProgress({ ...progress, entities: linked(curation.entities(progress.entities)) }),
    }),
  });
  return { ...result, entities: curatedEntities(result, request, curation) };
}

/**
 * Applies the decisions of the user to the entities that a model found.
 *
 * @param found The span that was tagged, and its entities.
 * @param request The whole text, and how it was tagged.
 */
export function curatedEntities(
  { entities, covered }: { readonly entities: readonly Entity[]; readonly covered: Span },
  { text, types, link }: Pick<TagRequest, 'text' | 'types' | 'link'>,
  curation: Curation,
): readonly Entity[] {
  if (curation.isEmpty) return entities;
  const isRequested = (type: string): boolean => types?.includes(type) ?? true;
  const corrected = curation
    .withAdded(curation.entities(entities), text, covered)
    .filter(({ type }) => isRequested(type));
  return link === false ? corrected : curation.linked(corrected);
}
