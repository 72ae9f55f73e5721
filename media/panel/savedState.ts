/** What the page remembers while it is hidden and over a reload of the window. Pure. */
import { isBoolean, isNumber, isOptional, isRecord, isShape, isString } from '../../src/protocol/guards';
import { askMethod } from '../../src/protocol/panelMessages';
import { defaultEvidenceOptions, type EvidenceOptions } from './evidenceOptions';
import { defaultOptions, sortOrders, type ListOptions } from './relationRows';
import type { AskResult } from '../../src/protocol/panel';

export interface SavedState {
  /** Of the host: ids of rows hold within one. */
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
  sort: (value): value is ListOptions['sort'] => (sortOrders as readonly unknown[]).includes(value),
  isGrouped: isBoolean,
  entity: isOptional(isString),
});

const isEvidenceOptions = isShape<EvidenceOptions>({
  isTable: isOptional(isBoolean),
  withUnpinned: isBoolean,
});

/** @param stored What the editor kept; of another version, perhaps. */
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
