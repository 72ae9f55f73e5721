import type { Curation } from '../../core/curation/decisions';
import type { Entity } from '../../core/types';
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
  const corrected = curation.entities(result.entities);
  const isRequested = (type: string): boolean => request.types?.includes(type) ?? true;
  const entities = curation
    .withAdded(corrected, request.text, result.covered)
    .filter(({ type }) => isRequested(type));
  return { ...result, entities: linked(entities) };
}
