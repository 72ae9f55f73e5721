import { describe, expect, it } from 'vitest';
import type { ReviewState } from '../../../../../src/core/review/reviewState';
import type { ScreeningLine } from '../../../../../src/core/review/reviewData';
import { Screener } from '../../../../../src/editor/review/screening/screener';
import { screeningLine, smallReview, type SmallReview } from '../../../../support/smallReview';

/** A folder in memory, whose next write can be held back or fail. */
class FakeFolder {
  readonly lines: ScreeningLine[] = [];
  /** Called for each write; it resolves when the line is on the disk. */
  write: () => Promise<void> = () => Promise.resolve();

  constructor(public state: ReviewState) {}

  async decide(line: ScreeningLine): Promise<void> {
    await this.write();
    this.lines.push(line);
    this.state.screening.add(line);
  }
}

function start(review: SmallReview = {}, ranking?: readonly string[]) {
  const folder = new FakeFolder(smallReview(review));
  let written = 0;
  const screener = new Screener({
    review: () => folder,
    reviewer: () => 'Anna',
    now: () => 0,
    ranking: () => ranking,
    onWritten: () => written++,
  });
  const { position } = screener;
  return {
    folder,
    screener,
    position,
    shown: () => position.shown?.id,
    written: () => written,
    decide: (record: string, choice: 'include' | 'exclude' | 'maybe' | 'skip', reason?: string) =>
      screener.decide({ record, choice, reason }),
  };
}

/** A write that a test ends. */
function heldWrite() {
  let end: (error?: Error) => void = () => undefined;
  const promise = new Promise<void>((resolve, reject) => {
    end = (error) => {
      if (error) reject(error);
      else resolve();
    };
  });
  return { write: () => promise, end: (error?: Error) => end(error) };
}

describe('a decision', () => {
  it('shows the next record before it is on the disk, and counts afterwards', async () => {
    const { folder, decide, shown, written } = start();
    const { write, end } = heldWrite();
    folder.write = write;
    const decided = decide('a', 'exclude', 'No control group');
    expect(shown()).toBe('b');
    expect(folder.state.screening.decisionOf('a', 'abstract', 'Anna')).toBeUndefined();
    expect(written()).toBe(0);
    end();
    await decided;
    expect(folder.lines).toEqual([
      {
        record: 'a',
        phase: 'abstract',
        who: 'Anna',
        when: '1970-01-01T00:00:00.001Z',
        choice: 'exclude',
        reason: 'No control group',
      },
    ]);
    expect([shown(), written()]).toEqual(['b', 1]);
  });

  it('that cannot be written is undone: its record is shown again, and its place in the queue is as before', async () => {
    const { folder, screener, decide, shown, position } = start();
    await decide('a', 'include');
    const { write, end } = heldWrite();
    folder.write = write;
    const decided = decide('b', 'include');
    expect(shown()).toBe('c');
    end(new Error('disk full'));
    await expect(decided).rejects.toThrow('disk full');
    expect(shown()).toBe('b');
    expect(position.queue().map(({ id }) => id)).toEqual(['b', 'c', 'd']);
    folder.write = () => Promise.resolve();
    await screener.undo();
    expect(folder.lines.at(-1)).toMatchObject({ record: 'a', choice: 'none' });
    expect(folder.lines.map(({ record }) => record)).not.toContain('b');
  });

  it('on a decided record changes it and keeps it on the screen', async () => {
    const { decide, shown, position, folder } = start();
    await decide('a', 'include');
    position.move('previous');
    await decide('a', 'exclude');
    expect(shown()).toBe('a');
    expect(folder.state.screening.decisionOf('a', 'abstract', 'Anna')?.choice).toBe('exclude');
    position.move('queue');
    expect(shown()).toBe('b');
  });

  it('does not wait for a ranking, and takes the new order from the next record on', async () => {
    const ranking = ['d', 'c'];
    const { decide, shown } = start({}, ranking);
    expect(shown()).toBe('d');
    ranking.splice(0, 2, 'b');
    expect(shown()).toBe('d');
    await decide('d', 'maybe');
    expect(shown()).toBe('b');
  });
});

describe('skip', () => {
  it('puts the record at the end of the queue, the last one too', async () => {
    const { decide, shown, position } = start();
    await decide('a', 'skip');
    await decide('b', 'include');
    expect(position.queue().map(({ id }) => id)).toEqual(['c', 'd', 'a']);
    for (const id of ['c', 'd']) await decide(id, 'exclude');
    expect(shown()).toBe('a');
    await decide('a', 'skip');
    expect(shown()).toBe('a');
  });

  it('leaves a decided record as it is, and goes on among the decisions or to the queue', async () => {
    const { decide, shown, position, folder } = start();
    await decide('a', 'include');
    await decide('b', 'exclude');
    position.show('a');
    await decide('a', 'skip');
    expect(shown()).toBe('b');
    await decide('b', 'skip');
    expect(shown()).toBe('c');
    expect(folder.lines).toHaveLength(2);
    expect(folder.state.screening.decisionOf('a', 'abstract', 'Anna')?.choice).toBe('include');
  });

  it('that cannot be written leaves the record where it was', async () => {
    const { folder, decide, position } = start();
    folder.write = () => Promise.reject(new Error('disk full'));
    await expect(decide('a', 'skip')).rejects.toThrow();
    expect(position.queue().map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
  });
});

describe('undo', () => {
  it('takes back one decision or skip after the other and shows its record', async () => {
    const { decide, screener, shown, folder } = start();
    await decide('a', 'include');
    await decide('b', 'skip');
    await screener.undo();
    expect(shown()).toBe('b');
    await screener.undo();
    expect(shown()).toBe('a');
    expect(folder.lines.slice(2).map(({ record, choice }) => [record, choice])).toEqual([
      ['b', 'none'],
      ['a', 'none'],
    ]);
    expect(screener.canUndo).toBe(false);
  });

  it('takes two decisions back when it is pressed twice quickly, also after a failure', async () => {
    const { decide, screener, shown, folder } = start();
    for (const id of ['a', 'b', 'c']) await decide(id, 'include');
    const { write, end } = heldWrite();
    folder.write = write;
    const undone = [screener.undo(), screener.undo()];
    end();
    await Promise.all(undone);
    expect(folder.lines.slice(3).map(({ record, choice }) => [record, choice])).toEqual([
      ['c', 'none'],
      ['b', 'none'],
    ]);
    folder.write = () => Promise.reject(new Error('disk full'));
    await expect(screener.undo()).rejects.toThrow('disk full');
    folder.write = () => Promise.resolve();
    await screener.undo();
    expect([shown(), screener.canUndo]).toEqual(['a', false]);
  });

  it('leaves the decisions of a phase that the review no longer has', async () => {
    const { decide, screener, position, folder } = start({ settings: { phases: ['title', 'abstract'] } });
    await decide('a', 'include');
    folder.state = smallReview({ settings: { phases: ['abstract'] } });
    position.refresh();
    expect(screener.canUndo).toBe(false);
    await screener.undo();
    expect([folder.lines.length, position.phase]).toEqual([1, 'abstract']);
  });

  it('shows the record that waits if the one of the decision was merged into another', async () => {
    const { decide, screener, position, folder, shown } = start();
    await decide('a', 'include');
    folder.state = smallReview({ duplicates: [{ kept: 'b', duplicate: 'a', reason: 'doi', when: '2025' }] });
    position.refresh();
    await screener.undo();
    expect(shown()).toBe('b');
  });

  it('goes on with the last decision of an earlier session', async () => {
    const lines = [screeningLine('c', 'include'), screeningLine('a', 'exclude')];
    const { screener, shown } = start({ lines });
    await screener.undo();
    expect(shown()).toBe('a');
  });

  it('does not touch decisions of other reviewers', async () => {
    const { screener, folder } = start({ lines: [screeningLine('c', 'include', { who: 'Ben' })] });
    await screener.undo();
    expect(folder.lines).toEqual([]);
  });

  it('returns to the phase of the decision', async () => {
    const { decide, screener, position, shown } = start();
    await decide('a', 'include');
    position.setPhase('fulltext');
    expect(shown()).toBe('a');
    await screener.undo();
    expect([position.phase, shown()]).toEqual(['abstract', 'a']);
  });

  it('that cannot be written changes nothing', async () => {
    const { decide, screener, folder, shown } = start();
    await decide('a', 'include');
    folder.write = () => Promise.reject(new Error('disk full'));
    await expect(screener.undo()).rejects.toThrow();
    expect(shown()).toBe('b');
    expect(screener.canUndo).toBe(true);
  });
});

describe('the place of the reviewer', () => {
  it('begins in the first phase with work, and is empty at its end', () => {
    const decided = (phase: ScreeningLine['phase']) =>
      ['a', 'b', 'c', 'd'].map((id) => screeningLine(id, id === 'a' ? 'include' : 'exclude', { phase }));
    const { position, shown } = start({ lines: decided('abstract') });
    expect([position.phase, shown()]).toEqual(['fulltext', 'a']);
    const done = start({
      lines: [...decided('abstract'), screeningLine('a', 'include', { phase: 'fulltext' })],
    });
    expect([done.position.phase, done.shown()]).toEqual(['abstract', undefined]);
  });

  it('moves along the decisions in their order and returns to the record that was left', async () => {
    const { decide, position, shown } = start();
    for (const id of ['b', 'a']) {
      position.show(id);
      await decide(id, 'include');
    }
    position.show('d');
    const seen = (['previous', 'previous', 'previous', 'next', 'next', 'next'] as const).map((move) => {
      position.move(move);
      return shown();
    });
    expect(seen).toEqual(['a', 'b', 'b', 'a', 'd', 'd']);
  });

  it('stays when a colleague decides, and follows when the record leaves the phase', () => {
    const { folder, position, shown } = start();
    folder.state = smallReview({ lines: [screeningLine('a', 'exclude', { who: 'Ben' })] });
    position.refresh();
    expect(shown()).toBe('a');
    folder.state = smallReview({ duplicates: [{ kept: 'b', duplicate: 'a', reason: 'doi', when: '2025' }] });
    position.refresh();
    expect(shown()).toBe('b');
  });

  it('shows a record as soon as there is one', () => {
    const { folder, position, shown } = start({ records: [] });
    expect(shown()).toBeUndefined();
    folder.state = smallReview();
    position.refresh();
    expect(shown()).toBe('a');
  });

  it('leaves a phase that the review no longer has', () => {
    const { folder, position } = start({ settings: { phases: ['title', 'abstract'] } });
    expect(position.phase).toBe('title');
    folder.state = smallReview({ settings: { phases: ['abstract'] } });
    position.refresh();
    expect(position.phase).toBe('abstract');
  });
});

it('writes notes and tags without a decision', async () => {
  const { screener, folder, shown } = start();
  await screener.remark('a', { note: 'Ask the authors' });
  await screener.remark('a', { tags: ['pilot'] });
  expect(folder.state.screening.remarks('a', 'Anna')).toEqual({ note: 'Ask the authors', tags: ['pilot'] });
  expect([shown(), screener.canUndo]).toEqual(['a', false]);
});
