/** The state that the page saves while it is hidden and across a reload of the window. Without side effects. */
import { isBoolean, isNumber, isOptional, isRecord, isShape, isString } from '../../src/protocol/guards';
import { askMethod } from '../../src/protocol/panelMessages';
import { defaultEvidenceOptions, type EvidenceOptions } from './evidenceOptions';
import { defaultOptions, sortOrders, type ListOptions } from './relationRows';
import type { AskResult } from '../../src/protocol/panel';

export interface SavedState {
  /** Id of the host's session; ids of rows are only valid within it. */
  readonly session: string;
  readonly question: string;
  readonly result: AskResult | undefined;
  readonly options: ListOptions;
  readonly evidence: EvidenceOptions;
  readonly tab: string;
}

const isOptions = isShape<ListOptions>({
  text: isString,
  type: isString,
  minProbability: isNumber,
  withTentative: isBoolean,
  sort: (value): value is ListOptions['sort'] => (sortOrders as readonly unknown[]).includes(value),
  isGrouped: isBoolean,
  entity: isOptional(isString),
});

const isEvidenceOptions = isShape<EvidenceOptions>({
  isTable: isOptional(isBoolean),
  withUnpinned: isBoolean,
});

/**
 * Reads the saved state; invalid parts are replaced by defaults.
 * @param stored The value that VS Code saved, perhaps by another version of the extension.
 */
export function readSavedState(stored: unknown, session: string): SavedState {
  const saved = isRecord(stored) ? stored : {};
  const isSame = saved['session'] === session;
  const result = saved['result'];
  return {
    session,
    question: isString(saved['question']) ? saved['question'] : '',
    result: isSame && askMethod.isResult(result) ? result : undefined,
    options: isOptions(saved['options']) ? saved['options'] : defaultOptions,
    evidence: isEvidenceOptions(saved['evidence']) ? saved['evidence'] : defaultEvidenceOptions,
    tab: isString(saved['tab']) ? saved['tab'] : 'relations',
  };
}
