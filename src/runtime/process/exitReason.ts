/** How a process ended: one of the two is null. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/**
 * Signals by which a system ends a program for its own fault. SIGTRAP is how Chromium's allocator, which Electron
 * brings, ends one. SIGKILL and SIGTERM come from outside: a user, or Linux when memory runs out.
 */
const faultSignals: ReadonlySet<NodeJS.Signals> = new Set([
  'SIGSEGV',
  'SIGABRT',
  'SIGBUS',
  'SIGILL',
  'SIGFPE',
  'SIGTRAP',
  'SIGSYS',
]);

/** Windows: exit codes from here on are exceptions, such as 0xC0000005 for an access violation. */
const firstException = 0xc0000000;
const breakpoint = 0x80000003;
/** Ctrl+C, and a process that was started while Windows shuts down. */
const notFaults: ReadonlySet<number> = new Set([0xc000013a, 0xc0000142]);

/**
 * Whether native code of a process crashed, rather than the process being ended from outside.
 * @param platform Default: the platform of this process.
 */
export function isNativeFault({ code, signal }: Exit, platform: string = process.platform): boolean {
  if (signal !== null) return faultSignals.has(signal);
  if (platform !== 'win32' || code === null) return false;
  const status = code >>> 0;
  return status === breakpoint || (status >= firstException && !notFaults.has(status));
}
