/** The state that the page saves while it is hidden and across a reload of the window. Without side effects. */
import {
  isBoolean,
  isCount,
  isNumber,
  isOneOf,
  isOptional,
  isRecord,
  isShape,
  isString,
} from '../../src/protocol/guards';
import { askMethod } from '../../src/protocol/panelMessages';
import { defaultEvidenceOptions, type EvidenceOptions } from './evidenceOptions';
import { defaultOptions, sortOrders, statements, type ListOptions } from './listOptions';
import type { AskResult } from '../../src/protocol/panel';

export interface SavedState {
  /** Id of the host's session; ids of rows are only valid within it. */
  readonly session: string;
  readonly question: string;
  /** The question that `result` answers. */
  readonly asked: string;
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
  sort: isOneOf(sortOrders),
  isGrouped: isBoolean,
  entity: isOptional(isString),
  entityType: isString,
  statement: isOneOf(['', ...statements]),
  paper: isOptional(isString),
  yearFrom: isOptional(isCount),
  yearTo: isOptional(isCount),
  withoutDrafts: isBoolean,
});

const isEvidenceOptions = isShape<EvidenceOptions>({
  isTable: isOptional(isBoolean),
  withUnpinned: isBoolean,
});

/** @param stored Options of another version may lack some. */
function readOptions(stored: unknown): ListOptions {
  const options = { ...defaultOptions, ...(isRecord(stored) ? stored : {}) };
  return isOptions(options) ? options : defaultOptions;
}

/**
 * Reads the filter of the list, which the pages send each other as JSON.
 * @returns undefined if there is none or if another version of the extension wrote it.
 */
export function readFilter(text: string | undefined): ListOptions | undefined {
  if (text === undefined) return undefined;
  try {
    const options: unknown = JSON.parse(text);
    return isOptions(options) ? options : undefined;
  } catch {
    return undefined;
  }
}

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
    asked: isString(saved['asked']) ? saved['asked'] : '',
    result: isSame && askMethod.isResult(result) ? result : undefined,
    options: readOptions(saved['options']),
    evidence: isEvidenceOptions(saved['evidence']) ? saved['evidence'] : defaultEvidenceOptions,
    tab: isString(saved['tab']) ? saved['tab'] : 'relations',
  };
}
