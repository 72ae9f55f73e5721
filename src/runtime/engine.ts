import type { Engine } from '../protocol/engine';
import type { Logger } from './log';
import type { RuntimeName } from './session';

export interface EngineOptions {
  /** Folder of the model: `models/tagger` of the extension, or the user's own. */
  readonly modelPath: string;
  /** Threads of one inference. 0 or absent: half the cores, at least 1, at most 4. */
  readonly threads?: number;
  /** Absent: `node` where it has a binary for this platform, else `web`. */
  readonly runtime?: RuntimeName;
  readonly log?: Logger;
}

/** The engine in this process. Its event loop stands still during each batch: use it at a terminal and in tests. */
export function createEngine(_options: EngineOptions): Engine {
  throw new Error('not yet');
}
