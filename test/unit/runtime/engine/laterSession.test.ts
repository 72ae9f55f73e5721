import { describe, expect, it, vi } from 'vitest';
import { LaterSession } from '../../../../src/runtime/engine/laterSession';
import type { Session } from '../../../../src/runtime/onnx/session';

function fakeSession(release = () => Promise.resolve()): Session {
  return {
    runtime: 'onnxruntime-node',
    inputNames: [],
    outputNames: [],
    run: () => Promise.reject(new Error('not run here')),
    release,
  };
}

describe('a session that is opened later', () => {
  it('is opened at the first use, once, and released', async () => {
    const release = vi.fn(() => Promise.resolve());
    const session = fakeSession(release);
    const open = vi.fn(() => Promise.resolve(session));
    const later = new LaterSession(open);
    expect(open).not.toHaveBeenCalled();
    expect(await Promise.all([later.get(), later.get()])).toEqual([session, session]);
    expect(open).toHaveBeenCalledOnce();
    await later.release();
    expect(release).toHaveBeenCalledOnce();
  });

  it('is not opened to be released', async () => {
    const open = vi.fn(() => Promise.resolve(fakeSession()));
    await new LaterSession(open).release();
    expect(open).not.toHaveBeenCalled();
  });

  it('is opened again after a failure', async () => {
    const session = fakeSession();
    const open = vi
      .fn<() => Promise<Session>>()
      .mockRejectedValueOnce(new Error('full'))
      .mockResolvedValue(session);
    const later = new LaterSession(open);
    await expect(later.get()).rejects.toThrow('full');
    expect(await later.get()).toBe(session);
  });
});
