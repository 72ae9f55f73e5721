import { type ChildProcess, fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import { BioBertError, errorCodes } from '../../core/errors';
import type { PassagesRequest, PassagesResult, RelationsResult, TagResult } from '../../protocol/engine';
import {
  type ChildStatus,
  logEvent,
  relationsMethod,
  type RelationsParams,
  statusEvent,
  tagMethod,
  type TagParams,
  textEvent,
} from '../../protocol/engineMessages';
import { passagesMethod } from '../../protocol/questionMessages';
import { type Method, Rpc } from '../../protocol/rpc';
import { TextSender } from '../../protocol/textTransfer';
import type { ChildArguments } from './child';
import type { Logger } from '../log';
import { PassageCollector } from './passageCollector';
import { processPort } from './processPort';
import type { RelationCollector } from './relationCollector';
import { serverTokenVariable } from '../remote/serverToken';
import type { TagCollector } from './tagCollector';

export interface ConnectionOptions {
  readonly childPath: string;
  readonly args: ChildArguments;
  readonly serverToken?: string | undefined;
  readonly log: Logger;
  readonly onStatus: (status: ChildStatus) => void;
}

interface WithTextId {
  readonly textId: number;
}

/** A request about a text, and what gathers its progress. */
interface AboutText<Params, Part> {
  readonly text: string;
  readonly params: Params & { readonly document: string };
  readonly collector: { begin(): void; add(part: Part): void };
  readonly signal: AbortSignal;
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

  /** Sends the text if the child does not have it, asks, and gathers what streams in. */
  async tag(
    text: string,
    params: Omit<TagParams, 'textId'>,
    collector: TagCollector,
    signal: AbortSignal,
  ): Promise<TagResult> {
    const reply = await this.askAbout(tagMethod, { text, params, collector, signal });
    const { covered, sentences, cached, tokens, model } = reply;
    const { entities, abbreviations } = collector;
    return { entities, abbreviations, covered, sentences, cached, tokens, model };
  }

  /** As {@link tag}. */
  async relations(
    text: string,
    params: Omit<RelationsParams, 'textId'>,
    collector: RelationCollector,
    signal: AbortSignal,
  ): Promise<RelationsResult> {
    const reply = await this.askAbout(relationsMethod, { text, params, collector, signal });
    const { covered, pairs, unasked, model } = reply;
    return { relations: collector.relations, covered, pairs, unasked, model };
  }

  /** As {@link tag}. */
  async passages({ text, ...params }: PassagesRequest, signal: AbortSignal): Promise<PassagesResult> {
    const collector = new PassageCollector(params.embed ?? false);
    await this.askAbout(passagesMethod, { text, params, collector, signal });
    return collector.result;
  }

  /** Asks about a text, and again as long as the child has dropped it. */
  private async askAbout<Params extends object, Done extends { readonly kind: 'done' }, Part>(
    method: Method<Params & WithTextId, Done | { readonly kind: 'text-unknown' }, Part>,
    { text, params, collector, signal }: AboutText<Params, Part>,
  ): Promise<Done> {
    for (;;) {
      const textId = await this.sendText(params.document, text);
      collector.begin();
      const onProgress = collector.add.bind(collector);
      const reply = await this.rpc.request(method, { ...params, textId }, { signal, onProgress });
      if (reply.kind === 'done') return reply;
      this.texts.forget(params.document);
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
