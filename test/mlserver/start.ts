/** Starts a real MLServer on this machine for the contract tests, and prints how to install it if it is missing. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import type { TestProject } from 'vitest/node';
import type { MlServer } from './engine';

declare module 'vitest' {
  interface ProvidedContext {
    /** Present in the tests that ask a real MLServer. */
    readonly mlserver?: MlServer;
  }
}

const program = process.env['BIOBERT_MLSERVER'] ?? 'mlserver';

const instructions = `MLServer does not start as "${program}". Install it in a virtual environment (Python 3.9 to 3.12):
  python3 -m venv ~/mlserver
  ~/mlserver/bin/pip install --requirement test/mlserver/requirements.txt
  BIOBERT_MLSERVER=~/mlserver/bin/mlserver npm run test:mlserver`;

const startLimitMs = 120_000;

export default async function start(project: TestProject): Promise<() => Promise<void>> {
  if (spawnSync(program, ['--version'], { timeout: startLimitMs }).status !== 0)
    throw new Error(instructions);
  const repository = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-mlserver-'));
  const [http, grpc, metrics] = [await freePort(), await freePort(), await freePort()];
  const settings = {
    host: '127.0.0.1',
    http_port: http,
    grpc_port: grpc,
    metrics_port: metrics,
    parallel_workers: 0,
    use_structured_logging: false,
  };
  fs.writeFileSync(path.join(repository, 'settings.json'), JSON.stringify(settings));
  const log = path.join(repository, 'server.log');
  const output = fs.openSync(log, 'w');
  const child = spawn(program, ['start', repository], {
    env: { ...process.env, PYTHONPATH: import.meta.dirname },
    stdio: ['ignore', output, output],
  });
  const stop = async () => {
    await ended(child);
    fs.rmSync(repository, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${http}`;
  try {
    await untilReady(url, child);
  } catch (error) {
    const lines = fs.readFileSync(log, 'utf8').split('\n').slice(-20).join('\n');
    await stop();
    throw new Error(`MLServer did not start:\n${lines}`, { cause: error });
  }
  project.provide('mlserver', { url, repository });
  return stop;
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + startLimitMs;
  for (;;) {
    const response = await fetch(`${url}/v2/health/ready`).catch(() => undefined);
    if (response?.ok) return;
    if (child.exitCode !== null) throw new Error(`exit code ${child.exitCode}`);
    if (Date.now() > deadline) throw new Error('It is not ready.');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return Promise.resolve();
  const exit = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGKILL');
  return exit;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
