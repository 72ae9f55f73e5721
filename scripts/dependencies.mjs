// `npm run dependencies`: writes docs/dependencies.md, one line for each package whose code ships, with its licence,
// its version and the newest one, as the registry answers today. Needs `npm run build` and the network.
import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { promisify } from 'node:util';
import prettier from 'prettier';
import { hostBundles, panelBundles, shippedPackages } from './shippedPackages.mjs';
import { npm, npmOptions, root } from './vscode.mjs';

/** How the table names the bundles that carry a package. */
const places = [
  ['extension', ['extension', 'on-demand', 'review', 'evidence-export', 'records', 'assistant']],
  ['engine', ['child', 'importer', 'index-worker', 'paper-worker']],
  ['panel', panelBundles],
  ['terminal', ['cli']],
];

async function npmJson(...args) {
  const { stdout } = await promisify(execFile)(npm, [...args, '--json'], npmOptions);
  return JSON.parse(stdout);
}

/** @returns the newest version of a package, the day of its release, and the notice of its authors if it is deprecated. */
async function newestRelease(name) {
  const {
    'dist-tags': tags,
    time,
    deprecated,
  } = await npmJson('view', name, 'dist-tags', 'time', 'deprecated');
  return { version: tags.latest, date: time[tags.latest].slice(0, 10), deprecated };
}

/** @returns what `npm audit` says in one line, or why it says nothing. It exits with an error in both cases. */
async function auditLine() {
  const audit = await npmJson('audit').catch((error) => JSON.parse(error.stdout));
  if (!audit.metadata) {
    const status = String(audit.statusCode ?? 'no status');
    return `\`npm audit\` could not be asked: the registry of this run answered ${status}.`;
  }
  const { total, ...levels } = audit.metadata.vulnerabilities;
  const found = Object.entries(levels).filter(([, count]) => count > 0);
  const detail = found.map(([level, count]) => `${String(count)} ${level}`).join(', ');
  return `\`npm audit\`: ${String(total)} known vulnerabilities${detail && ` (${detail})`}.`;
}

function placeOf({ bundles }) {
  const names = places.filter(([, carriers]) => carriers.some((bundle) => bundles.includes(bundle)));
  return names.map(([name]) => name).join(', ') || 'engine, as files';
}

async function row(entry) {
  const newest = await newestRelease(entry.name);
  const note = newest.deprecated ? ' (deprecated)' : '';
  return `| ${entry.name} | ${entry.version} | ${newest.version}${note} | ${newest.date} | ${entry.licence} | ${placeOf(entry)} |`;
}

/** A few requests at a time: registries refuse many at once. */
async function rowsOf(entries, atOnce = 6) {
  const rows = [];
  for (let start = 0; start < entries.length; start += atOnce) {
    rows.push(...(await Promise.all(entries.slice(start, start + atOnce).map(row))));
  }
  return rows;
}

async function main() {
  const rows = await rowsOf(shippedPackages([...hostBundles, ...panelBundles]));
  const page = `# Dependencies

The npm packages whose code ships in the extension or in the \`biobert\` command. \`npm run dependencies\` writes this
page; versions are exact in \`package-lock.json\`, and \`npm run package\` writes the same list as a CycloneDX bill of
materials beside each VSIX. Everything else in \`package.json\` is for development only.
\`@vscode/webview-ui-toolkit\` is archived by its authors; only \`media/panel/toolkit.ts\` imports it.

${new Date().toISOString().slice(0, 10)}. ${await auditLine()} Dates are those of the registry that was asked; a mirror may give the day on which it stored the release.

| package | version | newest | released | licence | part |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
  const file = path.join(root, 'docs/dependencies.md');
  const config = await prettier.resolveConfig(file);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, await prettier.format(page, { ...config, parser: 'markdown' }));
  console.log(`${String(rows.length)} packages: docs/dependencies.md`);
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
