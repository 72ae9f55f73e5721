import { describe, expect, it } from 'vitest';
import { workQueue } from '../../../src/runtime/workQueue';

describe('workQueue', () => {
  it('runs one piece of work after another, also after a failure', async () => {
    const inOrder = workQueue();
    const steps: string[] = [];
    const work = (name: string) => async () => {
      steps.push(`${name} begins`);
      await Promise.resolve();
      steps.push(`${name} ends`);
      if (name === 'a') throw new Error(name);
      return name;
    };
    const [a, b, c] = await Promise.allSettled(['a', 'b', 'c'].map((name) => inOrder(work(name))));
    expect(steps).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
    expect([a?.status, b, c]).toEqual([
      'rejected',
      { status: 'fulfilled', value: 'b' },
      { status: 'fulfilled', value: 'c' },
    ]);
  });
});
