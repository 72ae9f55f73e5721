/**
 * Names of the DOM that PDF.js refers to when it is loaded, and uses only to draw pages. Text is read without drawing.
 * Node before 20.16 lacks `process.getBuiltinModule`.
 */
import { createRequire } from 'node:module';

class NotDrawn {
  readonly isStandIn = true;
}

for (const name of ['DOMMatrix', 'ImageData', 'Path2D']) Object.assign(globalThis, { [name]: NotDrawn });

if (!('getBuiltinModule' in process)) {
  Object.assign(process, { getBuiltinModule: createRequire(__filename) });
}
