import type { Curation } from '../../core/curation/decisions';
import type { CallOptions, TagRequest, TagResult } from '../../protocol/engine';

/** What the reader has corrected holds for every mention that leaves the engine, whoever asked. */
export async function tagCurated(
  request: TagRequest,
  options: CallOptions<'tag'> | undefined,
  curation: Curation,
  tag: (request: TagRequest, options?: CallOptions<'tag'>) => Promise<TagResult>,
): Promise<TagResult> {
  if (curation.isEmpty) return tag(request, options);
  const { onProgress } = options ?? {};
  const result = await tag(request, {
    ...options,
    ...(onProgress && {
      onProgress: (progress) => onProgress({ ...progress, entities: curation.entities(progress.entities) }),
    }),
  });
  const kept = curation.entities(result.entities);
  const wanted = (type: string): boolean => request.types?.includes(type) ?? true;
  const entities = curation.withAdded(kept, request.text, result.covered).filter(({ type }) => wanted(type));
  return { ...result, entities };
}
