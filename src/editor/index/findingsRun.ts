import type * as vscode from 'vscode';
import { throwIfCancelled } from '../../core/errors';
import type { ModelInfo } from '../../protocol/engine';
import { statsMethod, type KnownDocument } from '../../protocol/indexMessages';
import { modelKey } from '../../protocol/modelName';
import type { ModelTask } from '../../protocol/tasks';
import { terminologyKey, terminologyOf } from '../../protocol/terminology';
import { installedModel } from '../../protocol/missingModel';
import { describeError, logFailure } from '../log';
import {
  indexFindings,
  type FindingsOptions,
  type IndexedDocument,
  type IndexedPart,
} from '../../runtime/folder/indexDocument';
import type { IndexRunEvents, IndexRunParts } from './indexRunParts';
import { PaperProgress } from './paperProgress';
import type { UnreadDocuments } from './unreadDocuments';

/** The models of a run. */
interface InstalledModels extends Pick<FindingsOptions, 'hasRelationModel' | 'hasQuestionModel'> {
  /** Differs for other models, and for another terminology. */
  readonly key: string;
  readonly hasTagger: boolean;
}

/** A document that the models have not read, or not to its end. */
interface OutdatedDocument {
  readonly uri: vscode.Uri;
  readonly papers: number;
  readonly options: FindingsOptions;
}

/** The second stage of a run over the folder: the models read the documents that they have not seen. */
export class FindingsRun {
  /** Number of documents that the models have read. */
  searched = 0;
  /** Number of documents that the models had read before. */
  unchanged = 0;

  constructor(
    private readonly parts: IndexRunParts,
    private readonly signal: AbortSignal,
    private readonly events: IndexRunEvents,
    private readonly unread: UnreadDocuments,
  ) {}

  /**
   * Runs the models on all outdated documents. Does nothing if no model is installed; a search by words still works.
   *
   * @param uris The documents of the folders.
   * @param indexed The documents of the index by their names.
   * @param read Returns what is indexed of a document.
   */
  async run(
    uris: readonly vscode.Uri[],
    indexed: ReadonlyMap<string, KnownDocument>,
    read: (uri: vscode.Uri) => Promise<IndexedDocument>,
  ): Promise<void> {
    const models = await this.currentModels();
    if (!models) return;
    const tagging = this.parts.marks.tagging();
    const outdated: OutdatedDocument[] = [];
    for (const uri of uris) {
      const known = indexed.get(uri.toString());
      const how = await tagging.optionsFor(uri);
      // Other settings mark other names, between which other relations are found.
      const key = `${models.key} ${how.key}`;
      if (known?.models === key) this.unchanged++;
      if (!known || known.models === key) continue;
      const isBegun = known.partModels === key;
      const options = { ...models, models: key, tagging: models.hasTagger ? how : undefined };
      outdated.push({ uri, papers: known.papers, options: { ...options, from: isBegun ? known.parts : 0 } });
    }
    const progress = new PaperProgress(outdated, this.events.onWork);
    for (const document of outdated) {
      throwIfCancelled(this.signal);
      await this.unread.skipFaulty(document.uri, () => this.search(document, read, progress));
      this.searched++;
      progress.endDocument(document.papers);
      await this.report(progress);
    }
  }

  /** The installed models. Undefined if there are none. */
  private async currentModels(): Promise<InstalledModels | undefined> {
    const relationModel = await this.loadModel('relation-extraction');
    this.events.onModel(relationModel);
    // Relations connect terms of the user too.
    const terms = await this.parts.terms.fingerprint();
    const keyOf = (found: ModelInfo | undefined): string => (found ? modelKey(found) : '');
    const relations = relationModel ? `${keyOf(relationModel)}${terms}` : '';
    const questionModel = await this.loadModel('question-answering');
    const questions = keyOf(questionModel);
    const tagger = keyOf(await this.loadModel('token-classification'));
    const found = `${relations} ${questions} ${tagger}`.trim();
    if (found === '') return undefined;
    // Another terminology links names to other concepts.
    const how = { signal: this.signal, priority: 'background' } as const;
    const terminology =
      relations === '' && tagger === '' ? undefined : await terminologyOf(this.parts.engine, how);
    return {
      key: `${found} ${terminologyKey(terminology)}`.trim(),
      hasRelationModel: relations !== '',
      hasQuestionModel: questionModel !== undefined && questionModel.questions?.embeddings !== false,
      hasTagger: tagger !== '',
    };
  }

  private async search(
    { uri, papers, options }: OutdatedDocument,
    read: (uri: vscode.Uri) => Promise<IndexedDocument>,
    progress: PaperProgress,
  ): Promise<void> {
    const { signal } = this;
    const { client, engine, tag, marks } = this.parts;
    const pending = marks.expect(uri);
    try {
      const document = await read(uri);
      const onPart = (part: IndexedPart): void => {
        progress.reached(papers, part);
        if (part.done < part.total) logFailure(this.report(progress), this.parts.log, 'counting the index');
      };
      await indexFindings(document, { ...options, onPart }, { client, engine, tag, signal });
      await marks.publish(document, pending);
    } finally {
      pending?.dispose();
    }
  }

  /** Reports new relations from time to time, so that the lists show them as they are found. */
  private async report(progress: PaperProgress): Promise<void> {
    if (!progress.isReportDue()) return;
    this.events.onStats(await this.parts.client.request(statsMethod, undefined, this.signal));
    this.events.onRelations();
  }

  /** @returns undefined if no model is installed for the task. */
  private loadModel(task: ModelTask): Promise<ModelInfo | undefined> {
    const { engine, log } = this.parts;
    return installedModel(engine, task, this.signal, (reason) =>
      log.info(`Index: goes without ${task}: ${describeError(reason)}`),
    );
  }
}
