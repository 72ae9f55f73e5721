/** How each request of an engine crosses the border to its process. */
import type { CallOptions, EngineMethod, EngineRequest, EngineResult } from '../../protocol/engine';
import { conceptsMethod, relationsMethod, tagMethod } from '../../protocol/engineMessages';
import { answerMethod, embedMethod, passagesMethod } from '../../protocol/questionMessages';
import { defaultTask, type ModelTask } from '../../protocol/tasks';
import type { ChildConnection } from './childConnection';
import { PassageCollector } from './passageCollector';
import { RelationCollector } from './relationCollector';
import { TagCollector } from './tagCollector';

/** Sends a request, and again if the process died: a collector goes on where it was. */
type Send<M extends EngineMethod> = (
  connection: ChildConnection,
  signal: AbortSignal,
) => Promise<EngineResult<M>>;

interface ChildCall<M extends EngineMethod> {
  /** The task whose model the request needs. Undefined: no model. */
  readonly taskOf: (request: EngineRequest<M>) => ModelTask | undefined;
  readonly prepare: (request: EngineRequest<M>, onProgress: CallOptions<M>['onProgress']) => Send<M>;
}

export const childCalls: { readonly [M in EngineMethod]: ChildCall<M> } = {
  tag: {
    taskOf: () => defaultTask,
    prepare: (request, onProgress) => {
      const collector = new TagCollector(onProgress);
      return async (connection, signal) => {
        const rest = await connection.askAbout(tagMethod, request, collector, signal);
        const { entities, abbreviations } = collector;
        return { entities, abbreviations, ...rest };
      };
    },
  },
  relations: {
    taskOf: () => 'relation-extraction',
    prepare: (request, onProgress) => {
      const collector = new RelationCollector(onProgress);
      return async (connection, signal) => {
        const rest = await connection.askAbout(relationsMethod, request, collector, signal);
        return { relations: collector.relations, ...rest };
      };
    },
  },
  passages: {
    taskOf: ({ embed }) => (embed === true ? 'question-answering' : undefined),
    prepare: (request) => {
      const collector = new PassageCollector(request.embed ?? false);
      return async (connection, signal) => {
        const report = await connection.askAbout(passagesMethod, request, collector, signal);
        return { ...collector.result, ...report };
      };
    },
  },
  embed: {
    taskOf: () => 'question-answering',
    prepare: (request) => (connection, signal) => connection.request(embedMethod, request, { signal }),
  },
  answer: {
    taskOf: () => 'question-answering',
    prepare: (request, onProgress) => (connection, signal) =>
      connection.request(answerMethod, request, { signal, onProgress }),
  },
  concepts: {
    taskOf: () => undefined,
    prepare: (request) => (connection, signal) => connection.request(conceptsMethod, request, { signal }),
  },
};
