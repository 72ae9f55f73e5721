import { describe, expect, it, vi } from 'vitest';
import type * as errors from '../../../src/core/errors';
import { BioBertError, CancelledError, errorCodes, isCancelled } from '../../../src/core/errors';

/** The module as another bundle has it: with classes of its own. */
async function ofAnotherBundle(): Promise<typeof errors> {
  vi.resetModules();
  return import('../../../src/core/errors');
}

describe('BioBertError', () => {
  it('is recognised when another bundle threw it', async () => {
    const other = await ofAnotherBundle();
    const error = new other.BioBertError(errorCodes.INTERNAL, 'It failed.', 'Try again.');
    expect(other.BioBertError).not.toBe(BioBertError);
    expect(error).toBeInstanceOf(BioBertError);
    expect(error).not.toBeInstanceOf(CancelledError);
  });

  it('is not an error of another name, nor an object that only has its name', () => {
    expect(new Error('It failed.') instanceof BioBertError).toBe(false);
    expect(({ name: 'BioBertError' } as unknown) instanceof BioBertError).toBe(false);
  });
});

describe('isCancelled', () => {
  it('recognises cancellations of another bundle and of the runtime', async () => {
    const other = await ofAnotherBundle();
    expect(isCancelled(new other.CancelledError())).toBe(true);
    expect(isCancelled(new DOMException('Stopped', 'AbortError'))).toBe(true);
    expect(isCancelled(new BioBertError(errorCodes.INTERNAL, 'It failed.', 'Try again.'))).toBe(false);
  });
});
