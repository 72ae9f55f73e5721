/** Kills the process of an engine at random moments while it works, and counts how its requests end. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine, TagRequest } from '../../src/protocol/engine';
import { BioBertError, errorCodes, isCancelled } from '../../src/core/errors';
import { randomFrom } from '../../src/cli/modelSpeed/texts';
import type { Logger } from '../../src/runtime/log';
import { hung, within } from './within';

export interface KillingOptions {
  /** Makes an engine in a forked process that writes to this log, which names its processes. */
  readonly createEngine: (log: Logger) => Engine;
  readonly seed: number;
  /** How often the process is killed. */
  readonly kills: number;
  /** Requests, in turn; each must give the same entities every time. */
  readonly requests: readonly TagRequest[];
}

/** Longest wait before a kill, in milliseconds; an eighth of it is the median. */
const maxWaitMs = 4000;

/** Time after which a request counts as unanswered, in milliseconds. */
const answeredWithinMs = 120_000;

export interface KillingCounts {
  readonly kills: number;
  readonly requests: number;
  /** Answered with the entities of an undisturbed run. */
  readonly right: number;
  /** Answered with other entities. */
  readonly wrong: number;
  /** Failed with an error after which the same request may succeed: the process died twice. */
  readonly retryable: number;
  /** Failed with any other error. */
  readonly failed: number;
  readonly unanswered: number;
  /** Runtime of an undisturbed request after the last kill. */
  readonly runtime: string | undefined;
  /** Processes that are alive after the engine was disposed of. */
  readonly left: number;
}

type Outcome = 'right' | 'wrong' | 'retryable' | 'failed' | 'unanswered';

/**
 * Sends requests, two at a time, and kills the process that answers them again and again. Every request is awaited; the
 * engine is disposed of at the end.
 */
export async function killAtRandom(options: KillingOptions): Promise<KillingCounts> {
  const { seed, requests } = options;
  const random = randomFrom(seed);
  const pids: number[] = [];
  const engine = options.createEngine(pidLog(pids));
  const expected = new Map<TagRequest, string>();
  for (const request of requests) expected.set(request, JSON.stringify((await engine.tag(request)).entities));
  const counts = { right: 0, wrong: 0, retryable: 0, failed: 0, unanswered: 0 };
  let sent = 0;
  let isOver = false;
  const worker = async () => {
    while (!isOver) {
      const request = requests[sent++ % requests.length];
      if (!request) return;
      counts[await outcomeOf(engine, request, expected.get(request))]++;
    }
  };
  const workers = [worker(), worker()];
  const killed = await killOften(options, random, pids);
  isOver = true;
  await Promise.all(workers);
  const [request] = requests;
  const after = request && (await within(engine.tag(request), answeredWithinMs));
  await engine.dispose();
  const left = pids.filter(isAlive).length;
  const runtime = after === hung ? undefined : after?.model.runtime;
  return { kills: killed, requests: sent, ...counts, runtime, left };
}

async function outcomeOf(
  engine: Engine,
  request: TagRequest,
  expected: string | undefined,
): Promise<Outcome> {
  try {
    const result = await within(engine.tag(request), answeredWithinMs);
    if (result === hung) return 'unanswered';
    return JSON.stringify(result.entities) === expected ? 'right' : 'wrong';
  } catch (error) {
    if (isCancelled(error)) return 'failed';
    const isRetryable = error instanceof BioBertError && error.code === errorCodes.ENGINE_CRASHED;
    return isRetryable ? 'retryable' : 'failed';
  }
}

async function killOften(
  { kills }: KillingOptions,
  random: () => number,
  pids: readonly number[],
): Promise<number> {
  let killed = 0;
  let last: number | undefined;
  while (killed < kills) {
    await sleep(random() ** 3 * maxWaitMs);
    const pid = pids.at(-1);
    // Each process is killed once; the wait counts from its start.
    if (pid === undefined || pid === last || !isAlive(pid)) continue;
    last = pid;
    process.kill(pid, 'SIGKILL');
    killed++;
  }
  return killed;
}

/** A log that collects the numbers of the processes. */
export function pidLog(pids: number[], lines: string[] = []): Logger {
  const add = (line: string) => {
    lines.push(line);
    const pid = /^The engine process (\d+) started\.$/.exec(line)?.[1];
    if (pid !== undefined) pids.push(Number(pid));
  };
  return { debug: add, info: add, warn: add, error: add };
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
