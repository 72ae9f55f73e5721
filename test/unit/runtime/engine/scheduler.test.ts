import { describe, expect, it } from 'vitest';
import { Scheduler } from '../../../../src/runtime/engine/scheduler';

describe('Scheduler', () => {
  it('pauses background requests at their next turn while an interactive request runs', async () => {
    const scheduler = new Scheduler();
    const order: string[] = [];
    const steps = async (name: string, priority: 'interactive' | 'background', count: number) =>
      scheduler.run(priority, async () => {
        for (let i = 0; i < count; i++) {
          await scheduler.turn(priority);
          order.push(name);
        }
      });
    const background = steps('b', 'background', 4);
    await scheduler.turn('background');
    const seen = order.length;
    await Promise.all([background, steps('i', 'interactive', 3), steps('i', 'interactive', 3)]);
    const lastInteractive = order.lastIndexOf('i');
    expect(order.slice(seen, lastInteractive).filter((name) => name === 'b').length).toBeLessThanOrEqual(1);
    expect(order.filter((name) => name === 'b')).toHaveLength(4);
  });

  it('continues background requests after an interactive one failed', async () => {
    const scheduler = new Scheduler();
    const failed = scheduler.run('interactive', async () => {
      await scheduler.turn('interactive');
      throw new Error('failed');
    });
    const background = scheduler.run('background', () => scheduler.turn('background'));
    await expect(failed).rejects.toThrow('failed');
    await expect(background).resolves.toBeUndefined();
  });

  it('gives the event loop a turn', async () => {
    const scheduler = new Scheduler();
    let hasTurned = false;
    setImmediate(() => (hasTurned = true));
    await scheduler.turn('interactive');
    expect(hasTurned).toBe(true);
  });

  it('reports each turn, a background one only when it has come', async () => {
    let turns = 0;
    const scheduler = new Scheduler(() => turns++);
    const seen: number[] = [];
    let waiting: Promise<void> = Promise.resolve();
    await scheduler.run('interactive', async () => {
      waiting = scheduler.turn('background');
      await scheduler.turn('interactive');
      seen.push(turns);
    });
    await waiting;
    expect([...seen, turns]).toEqual([1, 2]);
  });
});
