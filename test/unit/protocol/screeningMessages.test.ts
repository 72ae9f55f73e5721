import { describe, expect, it } from 'vitest';
import { screeningWords } from '../../../src/editor/review/screening/screeningWords';
import {
  addKeywordMethod,
  decideMethod,
  findMethod,
  fullTextMethod,
  marksMethod,
  moveMethod,
  noteMethod,
  recordEvent,
  startMethod,
  stateEvent,
  tagsMethod,
} from '../../../src/protocol/screeningMessages';
import { names, record, state } from '../../panel/screeningHost';

describe('messages of the screening view', () => {
  it.each([
    [
      decideMethod,
      { record: 'a', choice: 'exclude', reason: 'Not in humans' },
      [
        { record: 'a', choice: 'none' },
        { choice: 'include' },
        { record: 'a', choice: 'include', reason: 1 },
        null,
      ],
    ],
    [noteMethod, { record: 'a', note: '' }, [{ record: 'a' }, { record: 1, note: '' }]],
    [
      tagsMethod,
      { record: 'a', tags: ['x'] },
      [
        { record: 'a', tags: [1] },
        { record: 'a', tags: 'x' },
      ],
    ],
    [moveMethod, 'queue', ['last', undefined]],
    [findMethod, { text: '', filter: 'all' }, [{ text: '', filter: 'mine' }, { filter: 'all' }]],
    [addKeywordMethod, { group: 'a', word: 'b' }, [{ group: 'a' }, []]],
    [fullTextMethod, { record: 'a', action: 'open' }, [{ record: 'a', action: 'delete' }]],
  ] as const)('are checked: %#', (method, sound, unsound) => {
    expect(method.isParams(sound)).toBe(true);
    for (const value of unsound) expect(method.isParams(value)).toBe(false);
  });

  it('let through what the host makes', () => {
    expect(stateEvent.isValue(state)).toBe(true);
    expect(recordEvent.isValue({ record })).toBe(true);
    expect(recordEvent.isValue({})).toBe(true);
    expect(marksMethod.isResult(names)).toBe(true);
    expect(startMethod.isResult({ words: screeningWords(), locale: 'de', state })).toBe(true);
  });

  it.each([
    ['a state without its counts', stateEvent, { ...state, progress: { ...state.progress, total: -1 } }],
    ['a state of an unknown phase', stateEvent, { ...state, phase: 'poster' }],
    ['a record without its title', recordEvent, { record: { ...record, title: undefined } }],
    ['a record with an unknown decision', recordEvent, { record: { ...record, choice: 'skip' } }],
  ] as const)('stop %s', (_name, event, value) => {
    expect(event.isValue(value)).toBe(false);
  });

  it('need each word', () => {
    const { include: _, ...words } = screeningWords();
    expect(startMethod.isResult({ words, locale: 'en', state })).toBe(false);
  });
});
