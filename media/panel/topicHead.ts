import type { EvidenceTopic } from '../../src/protocol/panel';
import { el } from './dom';

/** The heading of a topic, with the identifiers of its concepts below. */
export function topicHead({ label, ids }: EvidenceTopic): readonly (HTMLElement | string)[] {
  return ids === undefined ? [label] : [label, el('span', { class: 'topic-ids' }, ids)];
}
