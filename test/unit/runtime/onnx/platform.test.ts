import { availableParallelism } from 'node:os';
import { describe, expect, it } from 'vitest';
import { hasNativeRuntime, threadCount } from '../../../../src/runtime/onnx/platform';

describe('hasNativeRuntime', () => {
  it.each([
    ['linux', 'x64', true],
    ['win32', 'arm64', true],
    ['darwin', 'arm64', true],
    ['darwin', 'x64', false],
    ['linux', 'arm', false],
    ['freebsd', 'x64', false],
  ])('returns for the platform %s-%s: %s', (platform, arch, expected) => {
    expect(hasNativeRuntime(platform, arch)).toBe(expected);
  });
});

describe('threadCount', () => {
  it('returns the setting or, without one, half of the cores, from 1 to 4', () => {
    expect(threadCount(3)).toBe(3);
    expect(threadCount(0)).toBe(Math.min(4, Math.max(1, Math.floor(availableParallelism() / 2))));
  });
});
