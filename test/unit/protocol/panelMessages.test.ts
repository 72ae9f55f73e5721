import { describe, expect, it } from 'vitest';
import {
  actMethod,
  askMethod,
  curateMethod,
  isRelationRow,
  relationRowsEvent,
  revealMethod,
  saveMethod,
  scopeMethod,
  startMethod,
} from '../../../src/protocol/panelMessages';
import { panelWords } from '../../../src/editor/panel/panelWords';
import { readyState, relationRow, relationRows, verdictAnswer } from '../../panel/host';

describe('messages of the panel', () => {
  it.each([
    [scopeMethod, 'folder', ['planet', '', null, 3]],
    [actMethod, 'find', ['workbench.action.quit', undefined]],
    [
      revealMethod,
      { kind: 'relation', id: 3, keepFocus: true },
      [{ kind: 'file', id: 3, keepFocus: true }, { id: -1 }, []],
    ],
    [
      curateMethod,
      { id: 1, verdict: 'reject' },
      [
        { id: 1, verdict: 'delete' },
        { id: '1', verdict: 'accept' },
      ],
    ],
    [
      saveMethod,
      { name: 'a.png', content: '', encoding: 'base64' },
      [{ name: 'a', content: '', encoding: 'hex' }],
    ],
    [askMethod, { question: 'Why?' }, [{ question: 7 }, null]],
  ] as const)('are checked: %#', (method, sound, unsound) => {
    expect(method.isParams(sound)).toBe(true);
    for (const value of unsound) expect(method.isParams(value)).toBe(false);
  });
});

describe('messages of the host', () => {
  it('are checked', () => {
    const start = { session: 's', words: panelWords(), locale: 'en', state: readyState };
    expect(startMethod.isResult(start)).toBe(true);
    expect(startMethod.isResult({ ...start, words: { scope: 'Scope' } })).toBe(false);
    const part = { list: 1, scope: 'folder', isFirst: true, isLast: true, rows: relationRows(20) };
    expect(relationRowsEvent.isValue(part)).toBe(true);
    expect(isRelationRow(relationRow(1, { probability: 1.2 }))).toBe(false);
    expect(askMethod.isResult(verdictAnswer)).toBe(true);
    expect(askMethod.isResult({ ...verdictAnswer, noAnswer: NaN })).toBe(false);
  });
});
