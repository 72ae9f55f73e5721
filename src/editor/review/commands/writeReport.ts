import type { RunCommand } from '../reviewTools';

export const run: RunCommand = () => Promise.resolve();
