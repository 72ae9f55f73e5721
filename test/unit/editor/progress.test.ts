import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withCancel, type Report } from '../../../src/editor/progress';
import { window } from './vscode';

describe('the notification of long work', () => {
  const lines: string[] = [];

  beforeEach(() => {
    vi.useFakeTimers();
    lines.length = 0;
    Object.assign(window, {
      withProgress: (
        { title }: { readonly title: string },
        show: (progress: unknown, token: unknown) => Promise<unknown>,
      ) => {
        lines.push(title);
        const report = ({ message }: { readonly message: string }): number =>
          lines.push(`${title}: ${message}`);
        return show({ report }, { isCancellationRequested: false, onCancellationRequested: () => undefined });
      },
    });
  });
  afterEach(() => vi.useRealTimers());

  async function linesOf(work: (report: Report) => void): Promise<readonly string[]> {
    const done = withCancel('Reading records', async (_signal, report) => {
      work(report);
      await new Promise((resolve) => setTimeout(resolve, 5_000));
      work(report);
    });
    await vi.advanceTimersByTimeAsync(5_000);
    await done;
    return lines;
  }

  it('shows the share that was reported before it appeared, and later ones', async () => {
    let share = 0.2;
    const work = (report: Report): void => {
      report(share);
      share = 0.6;
    };
    expect(await linesOf(work)).toEqual([
      'Reading records',
      'Reading records: 20 %',
      'Reading records: 60 %',
    ]);
  });

  it('shows the title alone for work that reports no share', async () => {
    expect(await linesOf(() => undefined)).toEqual(['Reading records']);
  });
});
