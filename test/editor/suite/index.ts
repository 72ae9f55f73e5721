/** VS Code calls `run` in the extension host. It runs mocha on one test file beside this bundle, or on all of them. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import Mocha from 'mocha';
import { window } from '../window';

interface Failure {
  readonly title: string;
  readonly message: string;
}

/** Prefix of the lines that run.mjs prints; other output of the extension host is dropped. */
function say(line: string): void {
  // eslint-disable-next-line no-console -- run.mjs reads the console of the extension host.
  console.log(`[test] ${line}`);
}

/** Prints nothing, because `ResultFile` reports the results. */
class Silent extends Mocha.reporters.Base {}

/** Written after every test, so that a crash of the extension host shows where it happened. */
class ResultFile {
  private passed = 0;
  private readonly failures: Failure[] = [];

  constructor(private readonly file: string | undefined) {}

  starts(test: Mocha.Test): void {
    this.write({ current: test.fullTitle() });
  }

  passes(test: Mocha.Test): void {
    say(`✔ ${test.fullTitle()} (${String(test.duration)} ms)`);
    this.passed += 1;
    this.write({});
  }

  fails(test: Mocha.Runnable, error: Error): void {
    say(`✘ ${test.fullTitle()}`);
    // The picture only helps to explain a failure.
    window.screenshot(test.fullTitle()).catch(() => undefined);
    this.failures.push({ title: test.fullTitle(), message: error.stack ?? error.message });
    this.write({});
  }

  finish(): void {
    this.write({ finished: true });
  }

  private write(state: { current?: string; finished?: boolean }): void {
    if (this.file === undefined) return;
    fs.writeFileSync(
      this.file,
      JSON.stringify({ passed: this.passed, failures: this.failures, finished: false, ...state }),
    );
  }
}

function suiteFiles(): string[] {
  const suite = process.env['BIOBERT_TEST_SUITE'];
  return suite ? [suite] : fs.readdirSync(__dirname).filter((file) => file.endsWith('.test.js'));
}

export async function run(): Promise<void> {
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: 60_000,
    slow: 5_000,
    reporter: Silent,
    forbidOnly: true,
    forbidPending: true,
  });
  const grep = process.env['BIOBERT_TEST_GREP'];
  if (grep) mocha.grep(new RegExp(grep, 'i'));
  for (const file of suiteFiles()) mocha.addFile(path.join(__dirname, file));
  const result = new ResultFile(process.env['BIOBERT_TEST_RESULT']);
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    runner.on('test', (test) => {
      result.starts(test);
    });
    runner.on('pass', (test) => {
      result.passes(test);
    });
    runner.on('fail', (test, error: Error) => {
      result.fails(test, error);
    });
  });
  result.finish();
  if (failures > 0) throw new Error(`${String(failures)} failed`);
}
