import { allTypes, spelledTypes, typesByDefault } from '../core/entities/entityTypes';
import { pageAt, pageStarts } from '../core/documents/paper';
import { checkPassages, checkQuestion } from '../core/questions/check';
import { placedAnswer, placedVerdict, type SourcePassage } from '../core/questions/placedAnswers';
import { recordParts } from '../core/records/recordParts';
import { shiftedEntities, shiftedRelations } from '../core/records/shifted';
import { isCancelled } from '../core/errors';
import type { DocumentFormat, Entity } from '../core/types';
import { answerLimit } from '../protocol/answerLimit';
import type { BioBertEngine, ModelInfo, ReadingReport } from '../protocol/engine';
import { defaultTask, type ModelTask, taskTable } from '../protocol/tasks';
import { textFormat } from '../runtime/documents/documentText';
import { joinedReports } from '../runtime/documents/joinedReports';
import { disposedError } from '../runtime/engine/engineErrors';
import { modelHint } from '../runtime/engine/modelHint';
import type { PaperReader } from '../runtime/papers/paperReader';
import { askPassages } from '../runtime/questions/askPassages';
import { adviseProgram } from './advice';
import {
  checkList,
  checkProbability,
  checkText,
  checkString,
  checkWhole,
  textsOf,
  wrongArgument,
} from './checks';
import { documentsIn, readDocument } from './files';
import { modelOptions } from './opening';
import type {
  AskOptions,
  AskResult,
  DocumentResult,
  Engine,
  EntityOptions,
  FolderOptions,
  ModelVersion,
  ReadOptions,
  RelationOptions,
  RelationsResult,
  TagOptions,
  TaggedEntity,
  TagResult,
  TextDocument,
  TextInput,
} from './types';

const maxAnswers = 1000;

export interface LibraryParts {
  readonly engine: BioBertEngine;
  readonly papers: PaperReader;
  /** Whether the tagger is the one that ships, whose rarer types are off unless they are named. */
  readonly isShippedTagger: boolean;
}

/** A text to work on, and the key of this call in the caches of the engine. */
interface Source {
  readonly name: string;
  readonly text: string;
  readonly format: DocumentFormat;
  readonly key: string;
}

/** One part of a text, as a request of the engine names it. */
interface PartRequest {
  readonly document: string;
  readonly text: string;
  readonly format: DocumentFormat;
}

/** The engine of the library: the calls of the command line, for programs. */
export class LibraryEngine implements Engine {
  private isClosed = false;
  private calls = 0;

  constructor(private readonly parts: LibraryParts) {}

  tag(text: string | TextInput, options: TagOptions = {}): Promise<TagResult> {
    return this.call(async () => {
      const { types: named, minProbability, consistency, signal } = options;
      const source = this.sourceOf(text);
      checkProbability('minProbability', minProbability);
      const model = await this.load(defaultTask, signal);
      const types = this.entityTypes(named, model);
      const wanted = {
        ...linkingOf(options),
        ...(minProbability !== undefined && { minProbability }),
        ...(consistency !== undefined && { consistency }),
        ...(types && { types }),
      };
      const entities: Entity[] = [];
      const result = await this.eachPart(source, options, model, async (part, shift, onProgress) => {
        const found = await this.parts.engine.tag({ ...part, ...wanted }, { signal, onProgress });
        for (const entity of shiftedEntities(found.entities, shift)) entities.push(entity);
        return found;
      });
      return { ...result, entities: withPages(entities, source) };
    });
  }

  relations(text: string | TextInput, options: RelationOptions = {}): Promise<RelationsResult> {
    return this.call(async () => {
      const { types: named, entityTypes: namedEntities, minProbability, signal } = options;
      const source = this.sourceOf(text);
      checkProbability('minProbability', minProbability);
      const model = await this.load('relation-extraction', signal);
      checkList('types', named);
      const types = named && spelledTypes(named, model.types, refuseType(model.types));
      const entityTypes = this.entityTypes(namedEntities, await this.load(defaultTask, signal));
      const wanted = {
        ...linkingOf(options),
        ...(minProbability !== undefined && { minProbability }),
        ...(types && { types }),
        ...(entityTypes && { entityTypes }),
      };
      const withTentative = options.all ?? minProbability !== undefined;
      const relations: RelationsResult['relations'][number][] = [];
      const result = await this.eachPart(source, options, model, async (part, shift, onProgress) => {
        const found = await this.parts.engine.relations({ ...part, ...wanted }, { signal, onProgress });
        for (const relation of shiftedRelations(found.relations, shift))
          if (withTentative || relation.isTentative !== true) relations.push(relation);
        return found;
      });
      return { ...result, relations };
    });
  }

  ask(
    question: string,
    texts: string | TextInput | Iterable<string | TextInput> | AsyncIterable<string | TextInput>,
    options: AskOptions = {},
  ): Promise<AskResult> {
    return this.call(async () => {
      const { signal, kind, minProbability } = options;
      if (question !== '') checkString('question', question);
      checkQuestion(question);
      checkProbability('minProbability', minProbability);
      checkWhole('maxAnswers', options.maxAnswers, 1, maxAnswers);
      const model = await this.load('question-answering', signal);
      const passages: SourcePassage[] = [];
      for await (const text of textsOf(texts))
        for (const passage of await this.passagesOf(this.sourceOf(text), signal)) passages.push(passage);
      checkPassages(passages.map(({ passage }) => passage.text));
      const asked = { question, passages, kind, maxAnswers: options.maxAnswers, minProbability };
      const reader = { engine: this.parts.engine, abilities: model.questions, signal };
      const { result, read } = await askPassages(asked, reader);
      return {
        kind: result.kind,
        answers: result.verdict ? [] : result.answers.map((answer) => placedAnswer(answer, read)),
        verdict: result.verdict && placedVerdict(result.verdict, read),
        limit: answerLimit(result),
        read: read.length,
        model: versionOf(model),
      };
    });
  }

  readDocument(path: string, options: ReadOptions = {}): Promise<TextDocument> {
    return this.call(() => readDocument(path, options, this.parts.papers));
  }

  documentsIn(folder: string, options: FolderOptions = {}): AsyncIterable<TextDocument> {
    return documentsIn(folder, options, (path) => this.readDocument(path, options));
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await Promise.all([this.parts.engine.dispose(), this.parts.papers.dispose()]);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  private async call<T>(work: () => Promise<T>): Promise<T> {
    try {
      if (this.isClosed) throw disposedError();
      return await work();
    } catch (error) {
      return adviseProgram(this.isClosed && !isCancelled(error) ? disposedError() : error);
    }
  }

  /** Every call has a key of its own: calls may run at once, and the engine keeps what it read until the key is forgotten. */
  private sourceOf(input: unknown): Source {
    checkText(input);
    const { text, name = '', format } = typeof input === 'string' ? { text: input } : input;
    this.calls += 1;
    const key = `${this.calls}/${name}`;
    return { name, text, format: format ?? textFormat(text, { fileName: name }), key };
  }

  private load(task: ModelTask, signal: AbortSignal | undefined): Promise<ModelInfo> {
    const option = `the option models.${modelOptions[task]}`;
    return this.parts.engine.load(signal, task).catch(modelHint(taskTable[task].noun, option));
  }

  private entityTypes(
    named: readonly string[] | 'all' | undefined,
    { types: known }: ModelInfo,
  ): readonly string[] | undefined {
    if (named === undefined) return typesByDefault(known, this.parts.isShippedTagger);
    if (named === allTypes) return undefined;
    checkList('types', named);
    return spelledTypes(named, known, refuseType(known));
  }

  /** Works on a large file of records part by part, as the command line does, so that memory does not grow with it. */
  private async eachPart(
    { key, name, text, format }: Source,
    { onProgress }: EntityOptions,
    model: ModelInfo,
    work: (
      part: PartRequest,
      shift: number,
      onProgress: (progress: { readonly done: number; readonly total: number }) => void,
    ) => Promise<ReadingReport>,
  ): Promise<DocumentResult> {
    const reports: ReadingReport[] = [];
    let records = 0;
    try {
      for (const part of recordParts(text, format)) {
        records += part.records;
        const report = await work({ document: key, text: part.text, format }, part.shift, ({ done, total }) =>
          onProgress?.(
            (part.shift + (total === 0 ? 0 : done / total) * part.text.length) / Math.max(1, text.length),
          ),
        );
        reports.push(report);
      }
    } finally {
      this.parts.engine.forget(key);
    }
    const { unread = [] } = joinedReports(reports, { text, records });
    return {
      document: name,
      unread: unread.map(({ reason, read, total }) => ({ reason, read, total })),
      model: versionOf(model),
    };
  }

  private async passagesOf(
    { key, name, text, format }: Source,
    signal: AbortSignal | undefined,
  ): Promise<readonly SourcePassage[]> {
    const { engine } = this.parts;
    try {
      const { passages } = await engine.passages({ document: key, text, format }, { signal });
      return passages.map((passage) => ({ document: name, passage }));
    } finally {
      engine.forget(key);
    }
  }
}

function linkingOf({ link = true, terms = [] }: EntityOptions) {
  return { link, terms };
}

function withPages(entities: readonly Entity[], { text, format }: Source): readonly TaggedEntity[] {
  const starts = format === 'paper' ? pageStarts(text) : [];
  if (starts.length === 0) return entities;
  return entities.map((entity) => ({ ...entity, page: pageAt(starts, entity.start) }));
}

function versionOf({ name, version, license, hash }: ModelInfo): ModelVersion {
  return { name, version, license, hash };
}

function refuseType(known: readonly string[]): (name: string) => never {
  return (name) => {
    throw wrongArgument(`The model has no type ${name}.`, `It knows ${known.join(', ')}.`);
  };
}
