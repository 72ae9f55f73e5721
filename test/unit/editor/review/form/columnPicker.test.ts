import { beforeEach, describe, expect, it } from 'vitest';
import { columnForKey, enterColumn, pickColumn } from '../../../../../src/editor/review/form/columnPicker';
import { reset, window } from '../../vscode';

const columns = ['Population', 'Dose', 'Placebo', '5-year risk'].map((label) => ({ id: label, label }));

describe('columnForKey', () => {
  it.each([
    ['1', 'Population'],
    ['4', '5-year risk'],
    ['d', 'Dose'],
    ['D', 'Dose'],
  ])('chooses a column by %j alone', (key, label) => {
    expect(columnForKey(columns, key)?.label).toBe(label);
  });

  it.each(['', '5', '0', 'p', 'do', 'x'])('chooses none by %j, which is ambiguous or unknown', (key) => {
    expect(columnForKey(columns, key)).toBeUndefined();
  });
});

describe('pickColumn', () => {
  beforeEach(reset);

  const open = () => {
    const picked = pickColumn(columns, '20 mg', ({ label }) => (label === 'Dose' ? '10 mg' : ''));
    const list = window.quickPick;
    if (!list) throw new Error('No list is shown.');
    return { picked, list };
  };

  it('shows the numbers of the columns and their values', async () => {
    const { picked, list } = open();
    expect(list.items).toMatchObject([
      { label: '1  Population', description: '' },
      { label: '2  Dose', description: '10 mg' },
      { label: '3  Placebo' },
      { label: '4  5-year risk' },
      { label: '' },
      { label: 'New Column…' },
    ]);
    list.type('p');
    list.type('2');
    expect(await picked).toMatchObject({ label: 'Dose' });
    expect(list.isDisposed).toBe(true);
  });

  it('returns what the user picks from the list, or that a column is new', async () => {
    const first = open();
    first.list.pick('Placebo');
    expect(await first.picked).toMatchObject({ label: 'Placebo' });
    const second = open();
    second.list.pick('New Column…');
    expect(await second.picked).toBe('new');
  });

  it('returns nothing if the user closes the list', async () => {
    const { picked, list } = open();
    list.hide();
    expect(await picked).toBeUndefined();
  });
});

describe('enterColumn', () => {
  beforeEach(reset);

  it('needs a name', async () => {
    window.typed = '  ';
    expect(await enterColumn()).toBeUndefined();
    window.typed = 'Dose';
    expect(await enterColumn()).toEqual({ label: 'Dose', question: 'Dose' });
  });
});
