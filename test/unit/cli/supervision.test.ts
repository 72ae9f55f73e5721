import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { Supervisor } from '../../../src/cli/supervision';
import { fakeTimers } from '../../support/fakeTimers';

/** A command that ends when it is killed, and otherwise does what the test says. */
class FakeCommand extends EventEmitter {
  readonly pid: number | undefined = 1;
  readonly received: unknown[] = [];

  kill(signal: string): boolean {
    this.received.push(signal);
    return this.emit('exit', null, signal);
  }

  send(message: unknown): void {
    this.received.push(message);
  }
}

function supervised(command = new FakeCommand()) {
  const { timers, fire, delays } = fakeTimers();
  return { command, supervisor: new Supervisor(command, timers), fire, delays };
}

describe('Supervisor', () => {
  it('passes the exit code of a command on', async () => {
    const { command, supervisor } = supervised();
    command.emit('exit', 3, null);
    expect(await supervisor.ended).toBe(3);
  });

  it('asks a command to stop, and lets it finish in time', async () => {
    const { command, supervisor, delays } = supervised();
    supervisor.interrupt(130);
    expect(command.received).toEqual([{ interrupt: 130 }]);
    expect(delays()).toHaveLength(1);
    expect(delays()[0]).toBeLessThan(1000);
    command.emit('exit', 0, null);
    expect(await supervisor.ended).toBe(0);
    expect(delays()).toEqual([]);
  });

  it('kills a command that does not stop in time', async () => {
    const { command, supervisor, fire } = supervised();
    supervisor.interrupt(143);
    fire();
    expect(command.received).toEqual([{ interrupt: 143 }, 'SIGKILL']);
    expect(await supervisor.ended).toBe(143);
  });

  it('kills the command at a second signal, and keeps the exit code of the first', async () => {
    const { command, supervisor } = supervised();
    supervisor.interrupt(143);
    supervisor.interrupt(130);
    expect(command.received).toEqual([{ interrupt: 143 }, 'SIGKILL']);
    expect(await supervisor.ended).toBe(143);
  });

  it('kills a command that has done everything but cannot exit', async () => {
    const { command, supervisor } = supervised();
    supervisor.interrupt(130);
    command.emit('message', { ended: 1 });
    expect(command.received.at(-1)).toBe('SIGKILL');
    expect(await supervisor.ended).toBe(1);
  });

  it('ignores other messages', async () => {
    const { command, supervisor } = supervised();
    for (const message of [null, 'ended', { ended: '1' }]) command.emit('message', message);
    expect(command.received).toEqual([]);
    command.emit('exit', 0, null);
    await supervisor.ended;
  });

  it('reports a command that cannot be started', async () => {
    const { command, supervisor } = supervised(Object.assign(new FakeCommand(), { pid: undefined }));
    command.emit('error', new Error('EAGAIN'));
    expect(await supervisor.ended).toBeUndefined();
  });
});
