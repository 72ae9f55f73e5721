import type { EvidenceTopic } from '../../src/protocol/panel';
import { el } from './dom';
import type { EvidenceActions } from './evidenceActions';
import { iconButton } from './toolkit';
import { topicHead } from './topicHead';
import type { Words } from './words';

/** The heading of a topic; that of a question has buttons to ask every paper and to remove the answers. */
export function columnHead(
  topic: EvidenceTopic,
  words: Words,
  actions: Pick<EvidenceActions, 'column'>,
): readonly (HTMLElement | string)[] {
  const head = topicHead(topic);
  if (topic.source !== 'answer') return head;
  const button = (icon: string, label: string, action: 'ask' | 'remove'): HTMLElement =>
    iconButton(icon, `${label}: ${topic.label}`, () => actions.column(topic, action));
  const buttons =
    topic.isAsked === true
      ? [
          button('refresh', words.text('askAgain'), 'ask'),
          button('close', words.text('removeColumn'), 'remove'),
        ]
      : [button('run-all', words.text('askAll'), 'ask')];
  return [...head, el('span', { class: 'column-buttons' }, ...buttons)];
}
