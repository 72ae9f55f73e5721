import * as path from 'node:path';

/** The folder of the installed package, which holds `models/`, and `dist/` with the bundle that this module is in. */
export const packageFolder = path.join(__dirname, '..');
