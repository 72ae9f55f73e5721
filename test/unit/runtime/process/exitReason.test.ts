import { describe, expect, it } from 'vitest';
import { isNativeFault } from '../../../../src/runtime/process/exitReason';

describe('isNativeFault', () => {
  it.each(['SIGSEGV', 'SIGABRT', 'SIGBUS', 'SIGILL', 'SIGFPE', 'SIGTRAP'] as const)(
    'is true for %s',
    (signal) => {
      expect(isNativeFault({ code: null, signal }, 'linux')).toBe(true);
    },
  );

  it.each(['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP'] as const)('is false for %s', (signal) => {
    expect(isNativeFault({ code: null, signal }, 'darwin')).toBe(false);
  });

  it('is true for the code of a Windows exception, signed or not', () => {
    for (const code of [0xc0000005, 0xc0000005 | 0, 0xc0000409, 0x80000003]) {
      expect(isNativeFault({ code, signal: null }, 'win32')).toBe(true);
    }
  });

  it('is false for an ordinary exit code, for Ctrl+C on Windows and for large codes elsewhere', () => {
    for (const code of [0, 1, 255, 0xc000013a]) {
      expect(isNativeFault({ code, signal: null }, 'win32')).toBe(false);
    }
    expect(isNativeFault({ code: 0xc0000005, signal: null }, 'linux')).toBe(false);
  });
});
