/** Bundles TypeScript modules in memory and imports them, so that a script can measure the source as it is. */
import { build } from 'esbuild';

/**
 * @param {URL} root The repository.
 * @param {readonly string[]} modules Paths from the root, without extension; their exports are merged.
 * @param {'neutral' | 'node'} platform Platform of the modules: `node` if they import modules of Node.
 */
export async function importTypeScript(root, modules, platform = 'neutral') {
  const result = await build({
    stdin: {
      contents: modules.map((module) => `export * from './${module}';`).join('\n'),
      resolveDir: new URL('.', root).pathname,
    },
    bundle: true,
    write: false,
    format: 'esm',
    platform,
    mainFields: ['module', 'main'],
    target: 'node20',
  });
  const code = Buffer.from(result.outputFiles[0].contents).toString('base64');
  return import(`data:text/javascript;base64,${code}`);
}
