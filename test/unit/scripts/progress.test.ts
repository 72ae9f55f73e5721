import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { withProgress } from '../../../scripts/progress.mjs';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Runs work that takes `seconds` and returns the output. */
async function written(seconds: number, { isTTY = false, fails = false } = {}): Promise<string> {
  let text = '';
  const stream = { isTTY, write: (part: string) => (text += part) };
  const work = (): Promise<string> =>
    new Promise((resolve, reject) => {
      setTimeout(() => (fails ? reject(new Error('No network.')) : resolve('file')), seconds * 1000);
    });
  const result = withProgress('Downloading', work, { stream }).then(
    (value) => value,
    (error: unknown) => String(error),
  );
  await vi.advanceTimersByTimeAsync(seconds * 1000);
  expect(await result).toBe(fails ? 'Error: No network.' : 'file');
  return text;
}

it('prints a line every ten seconds where there is no terminal', async () => {
  expect(await written(25)).toBe(
    'Downloading …\nDownloading … 10 s\nDownloading … 20 s\nDownloading: done, 25 s\n',
  );
});

it('counts the seconds in one line of a terminal', async () => {
  const text = await written(3, { isTTY: true });
  expect(text.split('\n')).toHaveLength(2);
  expect(text).toContain('\rDownloading … 2 s\u001b[K');
  expect(text.endsWith('\rDownloading: done, 3 s\u001b[K\n')).toBe(true);
});

it('says that the work failed', async () => {
  expect(await written(1, { fails: true })).toBe('Downloading …\nDownloading: failed, 1 s\n');
});
