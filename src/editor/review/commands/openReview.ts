import type { RunCommand } from '../reviewTools';

/** Opens the screening view. */
export const run: RunCommand = ({ screening }) => screening.show();
