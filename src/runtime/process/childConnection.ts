import { type ChildProcess, fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import { BioBertError, errorCodes } from '../../core/errors';
import {
  type ChildStatus,
  logEvent,
  pingEvent,
  statusEvent,
  type TextParams,
  type TextReply,
} from '../../protocol/engineMessages';
import { type Method, type Port, type RequestOptions, Rpc } from '../../protocol/rpc';
import { internalError } from '../../protocol/wireError';
import type { EngineArguments } from '../engine/engineOptions';
import type { Logger } from '../log';
import { serverTokenVariable } from '../remote/serverToken';
import { isNativeFault } from './exitReason';
import { processPort } from './processPort';
import { TextChannel } from './textChannel';
import type { Timers } from './timers';
import { Watchdog } from './watchdog';

export interface ConnectionOptions {
  readonly childPath: string;
  readonly args: EngineArguments;
  readonly serverToken?: string | undefined;
  readonly log: Logger;
  readonly timers: Timers;
  /** See {@link Watchdog}. */
  readonly silentSeconds: number;
  readonly onStatus: (status: ChildStatus) => void;
}

interface TextRequest {
  readonly document: string;
  readonly text: string;
}

/** Gathers the progress of a request, from its beginning at each attempt. */
interface Collector<Part> {
  begin(): void;
  add(part: Part): void;
}

const maxLogLine = 500;

/** Longest time between SIGKILL and the end: a process that waits for a broken disk does not end at all. */
const killedWithinMs = 10_000;

/** How often a text is sent for one request if the child says that it does not have it. */
const maxTextSends = 10;

/** One forked process from its start to its end. */
export class ChildConnection {
  readonly rpc: Rpc;
  /** Fulfilled when the process is gone, however it went. */
  readonly exited: Promise<void>;
  /** True once the process has gone without having been asked to. */
  hasCrashed = false;
  /** True once the process was killed because it did not answer. */
  hasHung = false;
  /** True once native code of the process has crashed. */
  hasNativeFault = false;
  private isStopping = false;
  private readonly child: ChildProcess;
  private readonly watchdog: Watchdog;
  private readonly texts: TextChannel;
  private end: (how: string) => void = () => undefined;

  constructor(private readonly options: ConnectionOptions) {
    const { log, timers, silentSeconds } = options;
    this.child = forkChild(options);
    if (this.child.pid !== undefined) log.debug(`The engine process ${this.child.pid} started.`);
    const ping = () => this.rpc.notify(pingEvent, undefined);
    this.watchdog = new Watchdog({ timers, silentSeconds, ping, onHang: () => this.onHang() });
    this.exited = this.followToEnd();
    const port = portOf(this.child, this.exited, () => this.watchdog.heard());
    this.rpc = new Rpc(port, (problem) => log.warn(`Engine process: ${problem}.`));
    this.texts = new TextChannel(this.rpc);
    this.rpc.on(statusEvent, (status) => {
      this.watchdog.began(status.batches);
      options.onStatus(status);
    });
    this.rpc.on(logEvent, ({ level, message }) => log[level](message));
    for (const stream of [this.child.stdout, this.child.stderr]) {
      if (stream)
        createInterface(stream).on('line', (line) =>
          log.debug(`Engine process: ${line.slice(0, maxLogLine)}`),
        );
    }
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** Sends a request and watches the process until the answer. */
  request<P, R, G>(method: Method<P, R, G>, params: P, options: RequestOptions<G>): Promise<R> {
    return this.watchdog.during(this.rpc.request(method, params, options));
  }

  /** Sends a request about a text, and the text if the child does not have it. @returns the result without its lists. */
  async askAbout<Request extends TextRequest, Rest, Part>(
    method: Method<TextParams<Request>, TextReply<Rest>, Part>,
    { text, ...request }: Request,
    collector: Collector<Part>,
    signal: AbortSignal,
  ): Promise<Rest> {
    const { document } = request;
    const onProgress = collector.add.bind(collector);
    for (let sends = 0; sends < maxTextSends; sends++) {
      const textId = await this.texts.send(document, text);
      collector.begin();
      const reply = await this.request(method, { ...request, textId }, { signal, onProgress });
      if (reply.kind === 'done') return reply.result;
      this.texts.forget(document);
    }
    throw internalError(new Error('The text does not arrive.'));
  }

  /** Whether a request failed because the process died, and not by an answer or because it was stopped. */
  async died(error: unknown): Promise<boolean> {
    if (this.isStopping || !(error instanceof BioBertError && error.code === errorCodes.CONNECTION_CLOSED))
      return false;
    // A process that can be asked nothing is of no use, whether or not it is about to end.
    this.kill();
    await this.exited;
    return this.hasCrashed;
  }

  forgetText(document: string): void {
    this.texts.forget(document);
  }

  /** Kills the process: nothing in it is worth a farewell, and a run cannot be interrupted otherwise. */
  async stop(reason?: BioBertError): Promise<void> {
    this.isStopping = true;
    this.rpc.close(reason);
    this.kill();
    await this.exited;
  }

  private followToEnd(): Promise<void> {
    const { child, watchdog } = this;
    const { log } = this.options;
    return new Promise((resolve) => {
      this.end = (how) => {
        this.end = () => undefined;
        watchdog.stop();
        this.hasCrashed = !this.isStopping;
        if (this.hasCrashed) log.warn(`The engine process ${child.pid ?? ''} ended: ${how}.`);
        this.rpc.close();
        resolve();
      };
      child.once('exit', (code, signal) => {
        this.hasNativeFault = isNativeFault({ code, signal });
        this.end(this.hasHung ? 'it did not answer' : (signal ?? `exit code ${code ?? 'unknown'}`));
      });
      // A process that has closed its channel can no longer be asked anything.
      child.once('disconnect', () => this.kill());
      // The process did not start, or could not be killed.
      child.once('error', (error) => this.end(error.name));
    });
  }

  private onHang(): void {
    this.hasHung = true;
    this.kill();
  }

  private kill(): void {
    this.child.kill('SIGKILL');
    const cancel = this.options.timers.after(killedWithinMs, () => this.end('it could not be killed'));
    void this.exited.then(cancel);
  }
}

function forkChild({ childPath, args, serverToken }: ConnectionOptions): ChildProcess {
  return fork(childPath, [JSON.stringify(args)], {
    serialization: 'advanced',
    // Flags of the host, a debugger's port among them, are not for the child.
    execArgv: [],
    env: {
      ...process.env,
      ORT_DISABLE_TELEMETRY: '1',
      ELECTRON_RUN_AS_NODE: '1',
      [serverTokenVariable]: serverToken ?? '',
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
}

/** Closed when the process is gone, and not at `disconnect`: what it sent before may still be on its way. */
function portOf(child: ChildProcess, exited: Promise<void>, onSign: () => void): Port {
  const port = processPort(child);
  return {
    ...port,
    onMessage: (listener) =>
      port.onMessage((message) => {
        onSign();
        listener(message);
      }),
    onClose: (listener) => void exited.then(listener),
  };
}
