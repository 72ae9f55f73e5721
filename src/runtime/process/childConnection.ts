import { type ChildProcess, fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import { BioBertError, errorCodes } from '../../core/errors';
import {
  type ChildStatus,
  logEvent,
  statusEvent,
  textEvent,
  type TextParams,
  type TextReply,
} from '../../protocol/engineMessages';
import { type Method, Rpc } from '../../protocol/rpc';
import { TextSender } from '../../protocol/textTransfer';
import type { EngineArguments } from '../engine/engineOptions';
import type { Logger } from '../log';
import { processPort } from './processPort';
import { serverTokenVariable } from '../remote/serverToken';

export interface ConnectionOptions {
  readonly childPath: string;
  readonly args: EngineArguments;
  readonly serverToken?: string | undefined;
  readonly log: Logger;
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

/** One forked process from its start to its end. */
export class ChildConnection {
  readonly rpc: Rpc;
  /** Fulfilled when the process is gone, however it went. */
  readonly exited: Promise<void>;
  /** True once the process has gone without having been asked to. */
  hasCrashed = false;
  private isStopping = false;
  private readonly child: ChildProcess;
  private readonly texts = new TextSender();
  private sending: Promise<void> = Promise.resolve();

  constructor({ childPath, args, serverToken, log, onStatus }: ConnectionOptions) {
    this.child = fork(childPath, [JSON.stringify(args)], {
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
    if (this.child.pid !== undefined) log.debug(`The engine process ${this.child.pid} started.`);
    this.exited = new Promise((resolve) => {
      const end = (how: string) => {
        this.hasCrashed = !this.isStopping;
        if (this.hasCrashed) log.warn(`The engine process ${this.child.pid ?? ''} ended: ${how}.`);
        this.rpc.close();
        resolve();
      };
      this.child.once('exit', (code, signal) => end(signal ?? `exit code ${code ?? 'unknown'}`));
      // A process that has closed its channel can no longer be asked anything.
      this.child.once('disconnect', () => this.child.kill('SIGKILL'));
      // Not started at all, or could not be killed.
      this.child.once('error', (error) => end(error.name));
    });
    this.rpc = new Rpc(portThatEndsWith(this.child, this.exited), (problem) =>
      log.warn(`Engine process: ${problem}.`),
    );
    this.rpc.on(statusEvent, onStatus);
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

  /** Sends a request about a text, and the text if the child does not have it. @returns the result without its lists. */
  async askAbout<Request extends TextRequest, Rest, Part>(
    method: Method<TextParams<Request>, TextReply<Rest>, Part>,
    { text, ...request }: Request,
    collector: Collector<Part>,
    signal: AbortSignal,
  ): Promise<Rest> {
    const { document } = request;
    const onProgress = collector.add.bind(collector);
    for (;;) {
      const textId = await this.sendText(document, text);
      collector.begin();
      const reply = await this.rpc.request(method, { ...request, textId }, { signal, onProgress });
      if (reply.kind === 'done') return reply.result;
      this.texts.forget(document);
    }
  }

  /** Whether a request failed because the process died, and not by an answer or because it was stopped. */
  async died(error: unknown): Promise<boolean> {
    if (this.isStopping || !(error instanceof BioBertError && error.code === errorCodes.CONNECTION_CLOSED))
      return false;
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
    this.child.kill('SIGKILL');
    await this.exited;
  }

  /** One text at a time, so that a splice never overtakes the version that it is based on. */
  private async sendText(document: string, text: string): Promise<number> {
    const before = this.sending;
    let release: () => void = () => undefined;
    this.sending = new Promise((resolve) => (release = resolve));
    await before;
    try {
      const { id, parts } = this.texts.prepare(document, text);
      for (const part of parts) {
        this.rpc.notify(textEvent, part);
        if (!part.last) await new Promise((resolve) => setImmediate(resolve));
      }
      return id;
    } finally {
      release();
    }
  }
}

/** Closed when the process is gone, and not at `disconnect`: what it sent before may still be on its way. */
function portThatEndsWith(child: ChildProcess, exited: Promise<void>) {
  return {
    ...processPort(child),
    onClose: (listener: () => void) => void exited.then(listener),
  };
}
