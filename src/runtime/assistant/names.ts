import { nameKey } from '../../core/text/mentions';
import type { Entity } from '../../core/types';
import type { FolderSource } from './folderSource';

type Named = Pick<Entity, 'name' | 'type' | 'concepts'>;

/**
 * Returns a test for names that are what a person asks for: the same concept under any of its names, the identifier of a
 * concept, or the same name.
 *
 * @param asked `aspirin`, `ASA`, `MESH:D001241`
 */
export async function nameTest(
  asked: string,
  source: Pick<FolderSource, 'concepts'>,
  signal: AbortSignal,
): Promise<(named: Named) => boolean> {
  const key = nameKey(asked);
  const id = asked.trim().toLowerCase();
  const whole = (await source.concepts(asked, signal)).filter(
    // A concept that only a part of the name refers to is another one: breast cancer is not breast.
    ({ mention }) => !mention || mention.end - mention.start >= asked.trim().length,
  );
  const ids = new Set([id, ...whole.map((concept) => concept.id.toLowerCase())]);
  return ({ name, concepts = [] }) =>
    nameKey(name) === key ||
    concepts.some((concept) => ids.has(concept.id.toLowerCase()) || nameKey(concept.name) === key);
}
