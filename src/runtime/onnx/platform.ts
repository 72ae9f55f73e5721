/** Facts about the inference runtime that need no loading, so that the extension host can use them too. */
import { availableParallelism } from 'node:os';

/** Devices that run a model. All except the processor need a runtime that was built for them, and their drivers. */
export const devices = ['cpu', 'cuda', 'dml', 'coreml'] as const;
export type Device = (typeof devices)[number];

/** Platforms with a binary of onnxruntime-node 1.30. On others, `require` throws at the first line of the package. */
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
