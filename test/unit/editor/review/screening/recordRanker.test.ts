import { describe, expect, it } from 'vitest';
import type { RelevanceDecision } from '../../../../../src/core/screening/ranker';
import {
  RecordRanker,
  type RankingClient,
  type RecordRanking,
} from '../../../../../src/editor/review/screening/recordRanker';
import { nullLogger } from '../../../../../src/runtime/log';
import { reviewRecord } from '../../../../support/smallReview';

const records = ['a', 'b', 'c'].map((id) => reviewRecord(id));

/** A worker whose rankings a test finishes. */
class FakeClient implements RankingClient {
  readonly loads: string[] = [];
  readonly asked: (readonly RelevanceDecision[])[] = [];
  isDisposed = false;
  private settle: { resolve: (ranking: RecordRanking) => void; reject: (error: Error) => void } | undefined;

  load(texts: readonly { readonly id: string }[], question: string): Promise<void> {
    this.loads.push(`${texts.map(({ id }) => id).join('')} ${question}`);
    return Promise.resolve();
  }

  rank(decisions: readonly RelevanceDecision[]): Promise<RecordRanking> {
    this.asked.push(decisions);
    return new Promise((resolve, reject) => (this.settle = { resolve, reject }));
  }

  dispose(): void {
    this.isDisposed = true;
  }

  async finish(order: readonly string[]): Promise<void> {
    await until(() => this.settle !== undefined);
    this.take().resolve({ order });
    await Promise.resolve();
  }

  async fail(): Promise<void> {
    await until(() => this.settle !== undefined);
    this.take().reject(new Error('gone'));
  }

  private take() {
    const { settle } = this;
    this.settle = undefined;
    if (!settle) throw new Error('nothing is asked');
    return settle;
  }
}

async function until(isTrue: () => boolean): Promise<void> {
  await expect.poll(isTrue).toBe(true);
}

function start() {
  const client = new FakeClient();
  const ranker = new RecordRanker(() => client, nullLogger);
  const update = (...relevant: readonly string[]): void => {
    ranker.update({
      phase: 'abstract',
      records,
      question: 'Why?',
      decisions: relevant.map((id) => ({ id, relevant: true })),
    });
  };
  return { client, ranker, update };
}

describe('the ranking of records', () => {
  it('loads the records once and ranks after each change', async () => {
    const { client, ranker, update } = start();
    update();
    await client.finish(['b', 'a', 'c']);
    await until(() => ranker.rankingOf('abstract')?.order.join('') === 'bac');
    update('b');
    await client.finish(['c', 'a']);
    await until(() => ranker.rankingOf('abstract')?.order.join('') === 'ca');
    expect(client.loads).toEqual(['abc Why?']);
  });

  it('takes changes together that come while it is computed', async () => {
    const { client, ranker, update } = start();
    update();
    await until(() => client.asked.length === 1);
    update('a');
    update('a', 'b');
    await client.finish([]);
    await client.finish(['c']);
    await until(() => ranker.rankingOf('abstract')?.order.join('') === 'c');
    expect(client.asked.map((decisions) => decisions.length)).toEqual([0, 2]);
  });

  it('loads the records again after an import and with another question', async () => {
    const { client, ranker, update } = start();
    update();
    await client.finish([]);
    await until(() => ranker.rankingOf('abstract') !== undefined);
    const more = [...records, reviewRecord('d')];
    ranker.update({ phase: 'abstract', records: more, question: 'How?', decisions: [] });
    await client.finish([]);
    expect(client.loads).toEqual(['abc Why?', 'abcd How?']);
  });

  it('belongs to the phase for which it was computed', async () => {
    const { client, ranker, update } = start();
    update();
    await client.finish(['b', 'a', 'c']);
    await until(() => ranker.rankingOf('abstract') !== undefined);
    ranker.update({ phase: 'fulltext', records, question: 'Why?', decisions: [] });
    expect(ranker.rankingOf('fulltext')).toBeUndefined();
    await client.finish(['a']);
    await until(() => ranker.rankingOf('fulltext')?.order.join('') === 'a');
    expect(ranker.rankingOf('abstract')).toBeUndefined();
  });

  it('says that it failed, and tries again after the next change', async () => {
    const { client, ranker, update } = start();
    let fired = 0;
    ranker.onDidRank(() => fired++);
    update();
    await client.fail();
    await until(() => ranker.hasFailed);
    expect([ranker.rankingOf('abstract'), fired]).toEqual([undefined, 1]);
    update('a');
    await client.finish(['b']);
    await until(() => !ranker.hasFailed);
    expect(client.loads).toHaveLength(2);
  });

  it('ends the worker, and ignores what comes afterwards', async () => {
    const { client, ranker, update } = start();
    update();
    await until(() => client.asked.length === 1);
    ranker.dispose();
    await client.fail();
    update('a');
    await Promise.resolve();
    expect([client.isDisposed, ranker.hasFailed, client.asked.length]).toEqual([true, false, 1]);
  });
});
