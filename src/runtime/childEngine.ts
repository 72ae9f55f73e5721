import type { Engine } from '../protocol/engine';
import type { EngineOptions } from './engine';

export interface ChildEngineOptions extends EngineOptions {
  /** The built entry of the child, `dist/child.js`. */
  readonly childPath: string;
  /** Minutes without a request after which the process ends. 0: never. Default 10. */
  readonly idleMinutes?: number;
}

/** The engine in a forked process: nothing runs before the first request, and nothing after the idle limit. */
export function createChildEngine(_options: ChildEngineOptions): Engine {
  throw new Error('not yet');
}
