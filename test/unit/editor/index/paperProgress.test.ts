import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PaperProgress } from '../../../../src/editor/index/paperProgress';
import type { PanelWork } from '../../../../src/protocol/panel';

beforeEach(() => vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => vi.useRealTimers());

describe('PaperProgress', () => {
  it('moves within a file and counts its records as papers', () => {
    const shown: PanelWork[] = [];
    const progress = new PaperProgress([{ papers: 220 }, { papers: 1 }], (work) => shown.push(work));
    vi.advanceTimersByTime(60_000);
    progress.reached(220, { done: 110, total: 220 });
    progress.endDocument(220);
    progress.endDocument(1);
    expect(shown.map(({ label }) => label)).toEqual([
      'Reading papers: 110 of 221 · about 2 min left',
      'Reading papers: 220 of 221 · about 5 s left',
      'Reading papers: 221 of 221',
    ]);
    expect(shown.at(-1)?.fraction).toBe(1);
  });

  it('estimates the remaining time without the papers of an earlier run', () => {
    const shown: PanelWork[] = [];
    const progress = new PaperProgress([{ papers: 100 }], (work) => shown.push(work));
    vi.advanceTimersByTime(60_000);
    progress.reached(100, { done: 60, total: 100, from: 50 });
    expect(shown.at(-1)?.label).toBe('Reading papers: 60 of 100 · about 4 min left');
  });

  it('scales records to the papers that have text', () => {
    const shown: PanelWork[] = [];
    const progress = new PaperProgress([{ papers: 90 }], (work) => shown.push(work));
    progress.reached(90, { done: 50, total: 100 });
    expect(shown.at(-1)?.label).toBe('Reading papers: 45 of 90');
  });

  it('reports results often at first and seldom later', () => {
    const progress = new PaperProgress([{ papers: 1000 }], () => undefined);
    const due = (done: number): boolean => {
      progress.reached(1000, { done, total: 1000 });
      return progress.isReportDue();
    };
    expect([4, 5, 9, 10].map(due)).toEqual([false, true, false, true]);
    expect([600, 640, 650].map(due)).toEqual([true, false, true]);
  });
});
