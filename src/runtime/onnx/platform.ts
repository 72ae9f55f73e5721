/** What is known of the runtime without loading it: the extension host asks too. */
import { availableParallelism } from 'node:os';

/** Where a model is computed. All but the processor need a runtime that was built for them, and their drivers. */
export const devices = ['cpu', 'cuda', 'dml', 'coreml'] as const;
export type Device = (typeof devices)[number];

/** Where onnxruntime-node 1.30 has a binary. Asked before it is required: elsewhere its first line throws. */
const nativePlatforms: ReadonlySet<string> = new Set([
  'linux-x64',
  'linux-arm64',
  'win32-x64',
  'win32-arm64',
  'darwin-arm64',
]);

export function hasNativeRuntime(platform: string = process.platform, arch: string = process.arch): boolean {
  return nativePlatforms.has(`${platform}-${arch}`);
}

export function threadCount(threads: number): number {
  return threads > 0 ? threads : Math.min(4, Math.max(1, Math.floor(availableParallelism() / 2)));
}
