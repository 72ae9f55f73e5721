// `npm test`: every test there is, in order from the quickest. Nothing is left out silently: what the machine lacks is
// a failure that says how to mend it. The last line is `N passed, N failed`.
import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { ensureCodeServer, findChromium, PrerequisiteError, root } from '../scripts/vscode.mjs';

/** Before an hour of tests, not after it. */
async function checkPrerequisites() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 11)) {
    throw new PrerequisiteError(`Node ${process.versions.node} is too old: install Node 20.11 or newer.`);
  }
  if (!fs.existsSync(path.join(root, 'node_modules/vitest'))) {
    throw new PrerequisiteError('The dependencies are not installed: run npm ci.');
  }
  if (!fs.existsSync(path.join(root, 'models/tagger/model.onnx'))) {
    throw new PrerequisiteError('models/tagger/model.onnx is missing: check out the whole repository.');
  }
  findChromium();
  await ensureCodeServer();
}

/** Runs a command with its output passed through. @returns its exit code and what it printed. */
function run(command, commandArgs) {
  return new Promise((resolve) => {
    const child = spawn(command, commandArgs, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
      process.stdout.write(chunk);
    });
    child.once('close', (code) => resolve({ code, output }));
  });
}

async function vitest(project, folder) {
  const report = path.join(folder, `${project}.json`);
  const vitestEntry = path.join(root, 'node_modules/vitest/vitest.mjs');
  const { code } = await run(process.execPath, [
    vitestEntry,
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]);
  if (!fs.existsSync(report)) return { passed: 0, failed: 1, names: [] };
  const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(
    fs.readFileSync(report, 'utf8'),
  );
  // A file that does not load has no tests to count; a skipped test is no passed one.
  const failed = numFailedTests + numPendingTests;
  const names = testResults.flatMap(namesOfFailed);
  return { passed: numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed, names };
}

/** The tests of a file that did not pass; the file itself if it does not load. */
function namesOfFailed({ name, status, message, assertionResults }) {
  const file = path.relative(root, name);
  const tests = assertionResults.filter((test) => test.status !== 'passed');
  if (tests.length === 0 && status === 'failed') return [`${file}: ${message.split('\n', 1)[0]}`];
  return tests.map((test) => `${file} > ${test.fullName}`);
}

async function editor() {
  const { code, output } = await run(process.execPath, ['test/editor/run.mjs']);
  const counts = /^(\d+) passed, (\d+) failed$/m.exec(output);
  const names = output.split('\n').filter((line) => /^(?:FAILED|Suite) /u.test(line));
  if (!counts) return { passed: 0, failed: 1, names };
  const [, passed, failed] = counts.map(Number);
  return { passed, failed: failed === 0 && code !== 0 ? 1 : failed, names };
}

async function main() {
  await checkPrerequisites();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-tests-'));
  const total = { passed: 0, failed: 0 };
  const summary = [];
  const suites = ['unit', 'panel', 'contract', 'accuracy'].map((name) => [name, () => vitest(name, folder)]);
  for (const [name, suite] of [...suites, ['editor', editor]]) {
    console.log(`\n=== ${name}`);
    const { passed, failed, names } = await suite();
    summary.push(
      `${name.padEnd(10)} ${passed} passed, ${failed} failed`,
      ...names.map((test) => `  failed: ${test}`),
    );
    total.passed += passed;
    total.failed += failed;
  }
  fs.rmSync(folder, { recursive: true, force: true });
  console.log(`\n${summary.join('\n')}\n\n${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
}

main().catch((error) => {
  console.error(error instanceof PrerequisiteError ? error.message : error);
  console.log('\n0 passed, 1 failed');
  process.exitCode = 1;
});
