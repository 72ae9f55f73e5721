// Mocha inside the extension host of a real VS Code, on the packaged and installed VSIX: `npm run test:editor`.
//   node test/editor/run.mjs [--vsix FILE] [--suite NAME[,NAME…]] [--grep PATTERN] [--kind test|bench] [--verbose]
// Every file of suite/ has a VS Code of its own and its own copy of the sample documents, so that none meets what
// another left.
// Prints `N passed, N failed` and exits with 1 unless all passed. Pictures of failures go to test-results/.
import * as fs from 'node:fs';
import * as http from 'node:http';
import * as os from 'node:os';
import * as path from 'node:path';
import { execFileSync } from 'node:child_process';
import { parseArgs, format } from 'node:util';
import { packageVsix } from '../../scripts/package.mjs';
import { findChromium, openPage, PrerequisiteError, root, startServer } from '../../scripts/vscode.mjs';

const { values: args } = parseArgs({
  options: {
    vsix: { type: 'string' },
    suite: { type: 'string' },
    kind: { type: 'string', default: 'test' },
    grep: { type: 'string', default: '' },
    verbose: { type: 'boolean', default: false },
    'timeout-minutes': { type: 'string', default: '10' },
  },
});

async function main() {
  findChromium();
  fs.rmSync(path.join(root, 'dist/editor-tests'), { recursive: true, force: true });
  execFileSync(process.execPath, ['esbuild.mjs', '--only', 'editor-tests'], { cwd: root, stdio: 'inherit' });
  const vsix = args.vsix ? path.resolve(args.vsix) : await packageVsix();
  const total = { passed: 0, failed: 0 };
  for (const suite of suites()) {
    const { passed, failed } = await runIsolated(vsix, suite);
    total.passed += passed;
    total.failed += failed;
  }
  if (total.passed + total.failed === 0) {
    console.log('\nNo test ran.');
    total.failed = 1;
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed === 0 ? 0 : 1;
}

/** By what was built, not by a list: no test is lost. */
function suites() {
  const ending = `.${args.kind}.js`;
  const built = fs.readdirSync(path.join(root, 'dist/editor-tests')).filter((file) => file.endsWith(ending));
  const names = built.map((file) => file.slice(0, -ending.length)).sort();
  if (!args.suite) return names;
  const unknown = args.suite.split(',').filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Error(`No suite ${unknown.join(', ')}. There are: ${names.join(', ')}`);
  return args.suite.split(',');
}

async function runIsolated(vsix, suite) {
  const work = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-editor-tests-'));
  const result = path.join(work, 'result.json');
  const documents = path.join(work, 'documents');
  fs.cpSync(path.join(root, 'test/fixtures/abstracts'), documents, { recursive: true });
  try {
    const ending = await runSuite({ vsix, suite, documents, result });
    return report(suite, result, ending);
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
}

/** @returns in words how the run ended. */
async function runSuite({ vsix, suite, documents, result }) {
  const browser = await openPage();
  const bridge = await serveWindow(browser.page);
  const server = await startServer({
    vsix,
    env: {
      BIOBERT_TEST_SUITE: `${suite}.${args.kind}.js`,
      BIOBERT_TEST_RESULT: result,
      BIOBERT_TEST_GREP: args.grep,
      BIOBERT_TEST_WINDOW: bridge.url,
    },
    args: ['--vscode-option', 'enable-smoke-test-driver'],
  });
  let timer;
  try {
    const exit = new Promise((resolve) => {
      void browser.page.exposeFunction('codeAutomationExit', (code) => resolve(`exit code ${code}`));
    });
    await browser.page.exposeFunction('codeAutomationLog', (_type, words) => {
      const line = format(...words);
      if (args.verbose || line.startsWith('[test] ')) console.log(line.replace(/^\[test\] /, ''));
    });
    const at = (file) => `vscode-remote://127.0.0.1:${server.port}${path.join(root, file)}`;
    const payload = [
      ['extensionDevelopmentPath', at('test/editor/stub')],
      ['extensionTestsPath', at('dist/editor-tests/index.js')],
      ['skipWelcome', 'true'],
      ['skipReleaseNotes', 'true'],
    ];
    await browser.page.goto(server.openUrl(documents, payload));
    const limit = new Promise((resolve) => {
      timer = setTimeout(() => resolve('timeout'), Number(args['timeout-minutes']) * 60_000);
    });
    const ending = await Promise.race([exit, limit]);
    return browser.outside.size > 0 ? `requests to the outside: ${[...browser.outside].join(' ')}` : ending;
  } finally {
    clearTimeout(timer);
    await browser.close();
    bridge.close();
    await server.stop();
  }
}

/**
 * Lets the tests see and touch the window that they run behind: decorations, trees and the status bar cannot be
 * read through the API of VS Code. See test/editor/window.ts for the other end.
 */
async function serveWindow(page) {
  const pictures = path.join(root, 'test-results');
  const actions = {
    count: ({ selector }) => page.locator(selector).count(),
    texts: ({ selector }) => page.locator(selector).allInnerTexts(),
    attributes: ({ selector, name }) =>
      page
        .locator(selector)
        .evaluateAll((found, key) => found.map((each) => each.getAttribute(key) ?? ''), name),
    values: ({ selector }) =>
      page.locator(selector).evaluateAll((found) => found.map((each) => each.value ?? '')),
    styles: ({ selector, property }) =>
      page
        .locator(selector)
        .evaluateAll((found, key) => found.map((each) => getComputedStyle(each)[key]), property),
    click: ({ selector }) => page.locator(selector).first().click(),
    hover: ({ selector }) => page.locator(selector).first().hover(),
    panelCount: ({ selector }) => panel(page).locator(selector).count(),
    panelTexts: ({ selector }) => panel(page).locator(selector).allInnerTexts(),
    panelAttributes: ({ selector, name }) =>
      panel(page)
        .locator(selector)
        .evaluateAll((found, key) => found.map((each) => each.getAttribute(key) ?? ''), name),
    panelClick: ({ selector }) => panel(page).locator(selector).first().click(),
    panelFill: ({ selector, text }) => panel(page).locator(selector).first().fill(text),
    panelPress: ({ selector, key }) => panel(page).locator(selector).first().press(key),
    panelViolations: () => violations(page),
    graphCount: async ({ selector }) => (await graph(page))?.locator(selector).count() ?? 0,
    graphTexts: async ({ selector }) => (await graph(page))?.locator(selector).allInnerTexts() ?? [],
    graphClick: async ({ selector }) => (await graph(page))?.locator(selector).first().click(),
    press: ({ key }) => page.keyboard.press(key),
    type: ({ text }) => page.keyboard.type(text),
    screenshot: ({ name }) =>
      page.screenshot({ path: path.join(pictures, `${name.replace(/\W+/g, '-')}.png`) }),
  };
  const server = http.createServer((request, response) => {
    void answer(request, actions).then(({ status, value }) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(value ?? null));
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

/** The page of the side panel: a frame in a frame. */
function panel(page) {
  return page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
}

/** @returns the page of the graph in an editor, which has a frame beside that of the side panel; undefined before. */
async function graph(page) {
  for (const frame of page.frames()) {
    const isGraph = await frame.locator('main#graph').count();
    if (isGraph > 0) return frame;
  }
  return undefined;
}

/** Serious violations that axe-core finds in the panel. The debugger runs it, because the policy of the page allows no other script. */
async function violations(page) {
  const handle = await panel(page).locator('body').elementHandle();
  const frame = await handle.ownerFrame();
  await frame.evaluate(fs.readFileSync(path.join(root, 'node_modules/axe-core/axe.min.js'), 'utf8'));
  const { violations: found } = await frame.evaluate('axe.run()');
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

async function answer(request, actions) {
  try {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { action, ...parameters } = JSON.parse(body);
    const value = await actions[action](parameters);
    return { status: 200, value: Buffer.isBuffer(value) ? null : value };
  } catch (error) {
    return { status: 500, value: error.message };
  }
}

/** A crashed extension host reports exit code 0: only a finished result file counts. */
function report(suite, result, ending) {
  const found = fs.existsSync(result) ? JSON.parse(fs.readFileSync(result, 'utf8')) : undefined;
  const { passed = 0, failures = [], finished = false, current } = found ?? {};
  for (const { title, message } of failures) console.log(`\nFAILED ${title}\n${message}\n`);
  let failed = failures.length;
  if (!finished) {
    console.log(`\nSuite ${suite} did not finish (${ending})${current ? ` during: ${current}` : ''}.\n`);
    failed += 1;
  } else if (ending.startsWith('requests')) {
    console.log(`\nThe window of suite ${suite} made ${ending}\n`);
    failed += 1;
  }
  return { passed, failed };
}

main().catch((error) => {
  console.error(error instanceof PrerequisiteError ? error.message : error);
  console.log('\n0 passed, 1 failed');
  process.exitCode = 1;
});
