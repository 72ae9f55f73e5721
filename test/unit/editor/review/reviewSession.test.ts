import * as fs from 'node:fs/promises';
import { userInfo } from 'node:os';
import * as path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { emptySettings } from '../../../../src/core/review/settings';
import { set, window } from '../vscode';
import { createReview, reviewIn, useReviewTools } from './support';

const setup = useReviewTools();
const when = '2026-11-01T00:00:00.000Z';
const decision = { record: 'a', phase: 'abstract', choice: 'include', who: 'Ben', when } as const;
afterEach(() => {
  vi.useRealTimers();
});

describe('ReviewSession', () => {
  it('finds the review once it is there, and tells of it', async () => {
    const { session } = setup.tools;
    let changes = 0;
    session.onDidChange(() => (changes += 1));
    expect(await session.find()).toBeUndefined();
    const review = await createReview(setup, emptySettings);
    expect(await session.open()).toBe(review);
    expect(changes).toBe(1);
  });

  it('reads the changes of another window, and not its own', async () => {
    const { tools, watcher, folder } = setup;
    const review = await createReview(setup, emptySettings);
    let changes = 0;
    tools.session.onDidChange(() => (changes += 1));
    await review.decide({ ...decision, who: 'Anna' });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    watcher.fire(undefined);
    vi.runAllTimers();
    await (await reviewIn(folder)).decide(decision);
    expect(changes).toBe(0);
    watcher.fire(undefined);
    watcher.fire(undefined);
    vi.runAllTimers();
    await vi.waitFor(() => expect(changes).toBe(1));
    expect(review.state.screening.reviewers).toEqual(['Anna', 'Ben']);
  });

  it('tells once of settings that cannot be read, and again after they could be read', async () => {
    const { tools, watcher, folder } = setup;
    const review = await createReview(setup, emptySettings);
    const file = path.join(folder, '.biobert', 'review.json');
    const valid = await fs.readFile(file, 'utf8');
    const messages: string[] = [];
    Object.assign(window, { showErrorMessage: (message: string) => Promise.resolve(messages.push(message)) });
    let changes = 0;
    tools.session.onDidChange(() => (changes += 1));
    const reload = vi.spyOn(review, 'reload');
    const save = async (text: string): Promise<void> => {
      const before = reload.mock.calls.length;
      await fs.writeFile(file, text);
      watcher.fire(undefined);
      await vi.waitFor(() => expect(reload.mock.calls.length).toBe(before + 1), { timeout: 5000 });
      // Waits for its end.
      await review.isChangedOnDisk();
    };
    await save('{ "title": ');
    await vi.waitFor(() => expect(messages).toHaveLength(1));
    expect(messages[0]).toContain('review.json');
    await save('{ "title": 1');
    await save(valid);
    await vi.waitFor(() => expect(changes).toBe(1));
    expect(messages).toHaveLength(1);
    await save('{');
    await vi.waitFor(() => expect(messages).toHaveLength(2));
  });

  it('names the reviewer by the setting, else by the account', () => {
    expect(setup.tools.session.reviewer).toBe('Anna');
    set('biobert.review.reviewer', '  ');
    expect(setup.tools.session.reviewer).toBe(userInfo().username);
  });
});
