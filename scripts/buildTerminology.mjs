/**
 * Builds models/terminology: `npm run terminology -- --corpora DIR [--output FILE] [--exclude FILE …]`. The card of the
 * terminology names the sources.
 */
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { importTypeScript } from './importTypeScript.mjs';

const root = new URL('..', import.meta.url);
const here = (path) => fileURLToPath(new URL(path, root));
const { values } = parseArgs({
  options: {
    corpora: { type: 'string' },
    output: { type: 'string', default: here('models/terminology/terms.bin') },
    version: { type: 'string', default: '1.0.0' },
    exclude: { type: 'string', multiple: true, default: [] },
  },
});
if (values.corpora === undefined) throw new Error('Name the folder of the sources with --corpora.');
const { buildTerminology } = await importTypeScript(root, ['scripts/terminology/build'], 'node');
const report = buildTerminology({
  corpora: values.corpora,
  organisms: here('scripts/terminology/organisms.tsv'),
  output: values.output,
  version: values.version,
  excluded: values.exclude,
});
console.log(report);
