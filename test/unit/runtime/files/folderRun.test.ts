import { describe, expect, it } from 'vitest';
import { BioBertError, CancelledError, errorCodes, type ErrorCode } from '../../../../src/core/errors';
import { runFolder, type FolderProgress, type FolderRunParts } from '../../../../src/runtime/files/folderRun';
import type { TaggedDocument } from '../../../../src/runtime/folder/record';
import { roundTime, secondsLeft } from '../../../../src/editor/folder/timeLeft';

const one: TaggedDocument = {
  entities: [{ start: 0, end: 4, text: 'TP53', name: 'TP53', type: 'Gene', probability: 0.9 }],
  abbreviations: [],
};

const failure = (code: ErrorCode) => new BioBertError(code, 'It failed.', 'Try again.');

/** Creates a run over the files `0 … n-1`. It stores tagged files in `known`, as a cache of results does. */
function runOf(n: number, options: { known?: Set<number>; fail?: (file: number) => Error | undefined } = {}) {
  const known = options.known ?? new Set<number>();
  const told: number[] = [];
  const inferred: number[] = [];
  const progress: FolderProgress[] = [];
  const parts: FolderRunParts<number, TaggedDocument> = {
    files: Array.from({ length: n }, (_, index) => index),
    concurrency: 2,
    recall: (file) => Promise.resolve(known.has(file) ? one : undefined),
    tag: async (file, signal) => {
      await Promise.resolve();
      if (signal.aborted) throw new CancelledError();
      const error = options.fail?.(file);
      if (error) throw error;
      inferred.push(file);
      known.add(file);
      return one;
    },
    onTagged: (file) => told.push(file),
    onProgress: (state) => progress.push(state),
  };
  return { parts, known, told, inferred, progress };
}

const never = new AbortController().signal;

describe('runFolder', () => {
  it('tags every file once, and counts files and entities', async () => {
    const run = runOf(7);
    const outcome = await runFolder(run.parts, never);
    expect(outcome).toEqual({ documents: 7, unchanged: 0, entities: 7, skipped: [], cancelled: false });
    expect(run.told.sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(run.progress.at(-1)).toEqual({ done: 7, total: 7, inferred: 7, entities: 7 });
  });

  it('keeps finished files when it is cancelled, and continues with the others', async () => {
    const abort = new AbortController();
    const first = runOf(10);
    const stopped: FolderRunParts<number, TaggedDocument> = {
      ...first.parts,
      onTagged: (file) => {
        first.parts.onTagged(file, one);
        if (first.told.length === 4) abort.abort();
      },
    };
    const outcome = await runFolder(stopped, abort.signal);
    expect(outcome.cancelled).toBe(true);
    expect(outcome.documents).toBe(first.told.length);
    expect(first.inferred.length).toBeLessThan(10);

    const second = runOf(10, { known: first.known });
    const resumed = await runFolder(second.parts, never);
    expect(resumed).toMatchObject({ documents: 10, unchanged: first.inferred.length, cancelled: false });
    expect([...first.inferred, ...second.inferred].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('skips unreadable files and lists them', async () => {
    const codes = new Map<number, ErrorCode>([
      [1, errorCodes.DOCUMENT_BINARY],
      [3, errorCodes.DOCUMENT_TOO_LARGE],
      [4, errorCodes.DOCUMENT_UNREADABLE],
      [5, errorCodes.PAPER_SCANNED],
      [6, errorCodes.PAPER_UNSUPPORTED],
    ]);
    const run = runOf(8, {
      fail: (file) => {
        const code = codes.get(file);
        return code === undefined ? undefined : failure(code);
      },
    });
    const outcome = await runFolder(run.parts, never);
    expect(outcome.documents).toBe(3);
    expect(outcome.skipped.map(({ file, error }) => [file, error.code])).toEqual([...codes]);
  });

  it('skips one document that crashes the engine', async () => {
    const run = runOf(6, { fail: (file) => (file === 2 ? failure(errorCodes.ENGINE_CRASHED) : undefined) });
    const outcome = await runFolder(run.parts, never);
    expect(outcome).toMatchObject({ documents: 5, skipped: [{ file: 2 }] });
  });

  it('fails if every document crashes the engine', async () => {
    const run = runOf(50, { fail: () => failure(errorCodes.ENGINE_CRASHED) });
    await expect(runFolder(run.parts, never)).rejects.toMatchObject({ code: errorCodes.ENGINE_CRASHED });
    expect(run.progress.length).toBeLessThan(10);
  });

  it('fails at once if the model is damaged', async () => {
    const run = runOf(50, { fail: () => failure(errorCodes.MODEL_FILE_DAMAGED) });
    await expect(runFolder(run.parts, never)).rejects.toMatchObject({ code: errorCodes.MODEL_FILE_DAMAGED });
    expect(run.told).toEqual([]);
  });

  it('accepts a folder without files', async () => {
    expect(await runFolder(runOf(0).parts, never)).toMatchObject({ documents: 0, cancelled: false });
  });
});

describe('the time left', () => {
  it.each([
    ['without progress', 60_000, 0, 10, undefined],
    ['at the beginning', 900, 3, 10, undefined],
    ['at a steady pace', 10_000, 10, 30, 30],
  ])('is estimated from the elapsed time: %s', (_, elapsedMs, done, left, expected) => {
    expect(secondsLeft(elapsedMs, done, left)).toBe(expected);
  });

  it.each([
    [3, { unit: 's', amount: 5 }],
    [41, { unit: 's', amount: 45 }],
    [61, { unit: 'min', amount: 2 }],
    [5400, { unit: 'h', amount: 1.5 }],
  ])('is rounded up from %i seconds', (seconds, expected) => {
    expect(roundTime(seconds)).toEqual(expected);
  });
});
