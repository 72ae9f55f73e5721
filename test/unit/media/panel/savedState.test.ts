import { describe, expect, it } from 'vitest';
import { defaultOptions } from '../../../../media/panel/listOptions';
import { readSavedState } from '../../../../media/panel/savedState';

const model = { model: 'm', modelIdentity: 'm (0a)' };
const result = { kind: 'factoid', answers: [], noAnswer: 1, read: 3, total: 3, papers: '1 paper', ...model };
const saved = {
  session: 'one',
  question: 'What inhibits EGFR?',
  asked: 'What inhibits EGFR?',
  result,
  options: { ...defaultOptions, text: 'egfr' },
  evidence: { isTable: true, withUnpinned: false },
  tab: 'graph',
};

describe('readSavedState', () => {
  it('restores a saved state', () => {
    expect(readSavedState(saved, 'one')).toEqual(saved);
  });

  it('drops answers of another session of the host, whose rows have other ids', () => {
    expect(readSavedState(saved, 'two')).toEqual({ ...saved, session: 'two', result: undefined });
  });

  it('restores the filters, and options of a version that had fewer', () => {
    const filters = { paper: 'file:///a.md', yearFrom: 1998, statement: 'against', withoutDrafts: true };
    const options = { ...defaultOptions, ...filters };
    expect(readSavedState({ ...saved, options }, 'one').options).toEqual(options);
    const old = {
      text: 'egfr',
      type: '',
      minProbability: 0.7,
      withTentative: true,
      sort: 'type',
      isGrouped: false,
    };
    expect(readSavedState({ ...saved, options: old }, 'one').options).toEqual({ ...defaultOptions, ...old });
  });

  it.each([{ statement: 'perhaps' }, { yearFrom: '1998' }, { yearTo: -1 }, { withoutDrafts: 1 }])(
    'drops options with %j',
    (change) => {
      const options = { ...defaultOptions, text: 'egfr', ...change };
      expect(readSavedState({ ...saved, options }, 'one').options).toEqual(defaultOptions);
    },
  );

  it.each([
    undefined,
    null,
    7,
    [],
    { options: { text: 1 }, question: {}, tab: null, session: 'one', result: {} },
  ])('accepts %j', (stored) => {
    expect(readSavedState(stored, 'one')).toEqual({
      session: 'one',
      question: '',
      asked: '',
      result: undefined,
      options: defaultOptions,
      evidence: { withUnpinned: true },
      tab: 'relations',
    });
  });
});
