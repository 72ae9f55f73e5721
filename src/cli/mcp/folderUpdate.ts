import { BioBertError } from '../../core/errors';
import type { BioBertEngine } from '../../protocol/engine';
import { knownMethod, type KnownDocument, removeMethod, restampMethod } from '../../protocol/indexMessages';
import { installedModel } from '../../protocol/missingModel';
import { modelKey } from '../../protocol/modelName';
import { terminologyKey, terminologyOf } from '../../protocol/terminology';
import type { FolderState } from '../../runtime/assistant/folderSource';
import { contentKey } from '../../runtime/folder/contentKey';
import { type FindingsOptions, indexFindings, indexPassages } from '../../runtime/folder/indexDocument';
import type { IndexClient } from '../../runtime/index/indexClient';
import { type FolderFile, type FolderFiles, reasonOf } from './folderFiles';

export interface FolderUpdateParts {
  readonly files: FolderFiles;
  readonly client: Pick<IndexClient, 'request'>;
  readonly engine: BioBertEngine;
  /** The version of this program, on which parsing and rules depend. */
  readonly version: string;
}

/**
 * Brings the index of a folder up to date. First the passages of new and changed documents are stored, which is quick; then the
 * models read the documents. Each document is stored as it is finished, so that a run that is stopped goes on where it was.
 */
export class FolderUpdate {
  private readonly problems = new Map<string, string>();
  private listed: readonly FolderFile[] = [];
  private readonly read = new Set<string>();

  constructor(private readonly parts: FolderUpdateParts) {}

  /** The documents that were found. */
  get documents(): readonly string[] {
    return [...new Set([...this.listed.map(({ document }) => document), ...this.problems.keys()])];
  }

  get state(): FolderState {
    const { files } = this.parts;
    return {
      documents: this.documents.length,
      read: this.read.size,
      unreadable: Array.from(this.problems, ([document, reason]) => ({
        document: files.pathOf(document),
        reason,
      })),
    };
  }

  /** @throws {CancelledError} after the signal aborts. What is done stays in the index. */
  async run(signal: AbortSignal): Promise<void> {
    const { client } = this.parts;
    const { files, problems } = await this.parts.files.list();
    const names = new Set(files.map(({ document }) => document));
    this.listed = files;
    this.read.clear();
    for (const document of this.problems.keys()) if (!names.has(document)) this.problems.delete(document);
    for (const [document, reason] of problems) this.problems.set(document, reason);
    const known = await this.known(signal);
    const gone = [...known.keys()].filter((document) => !names.has(document));
    if (gone.length > 0) await client.request(removeMethod, gone, signal);
    const models = await this.models(signal);
    for (const file of files) {
      const before = known.get(file.document);
      if (before?.stamp === this.stampOf(file) && before.models === models.models)
        this.read.add(file.document);
    }
    for (const file of files)
      if (known.get(file.document)?.stamp !== this.stampOf(file))
        await this.skipFaulty(file, () => this.storePassages(file, known.get(file.document), signal));
    const stored = await this.known(signal);
    for (const file of files) {
      const now = stored.get(file.document);
      if (!now) continue;
      if (now.models !== models.models)
        await this.skipFaulty(file, () => this.storeFindings(file, now, models, signal));
      if (!this.problems.has(file.document)) this.read.add(file.document);
    }
  }

  private async known(signal: AbortSignal): Promise<ReadonlyMap<string, KnownDocument>> {
    const known = await this.parts.client.request(knownMethod, undefined, signal);
    return new Map(known.map((each) => [each.document, each]));
  }

  private async storePassages(
    file: FolderFile,
    before: KnownDocument | undefined,
    signal: AbortSignal,
  ): Promise<void> {
    const { client, engine, files, version } = this.parts;
    const { document } = file;
    const read = await files.read(document, signal);
    const content = contentKey(read, version);
    const stamp = this.stampOf(file);
    if (before?.content === content) await client.request(restampMethod, { document, stamp }, signal);
    else await indexPassages({ document, ...read }, { stamp, content }, { client, engine, signal });
  }

  private async storeFindings(
    { document }: FolderFile,
    { partModels, parts }: KnownDocument,
    options: FindingsOptions,
    signal: AbortSignal,
  ): Promise<void> {
    const { client, engine, files } = this.parts;
    const read = await files.read(document, signal);
    const from = partModels === options.models ? parts : 0;
    const tag: BioBertEngine['tag'] = (request, how) => engine.tag(request, how);
    await indexFindings({ document, ...read }, { ...options, from }, { client, engine, tag, signal });
  }

  /** The models that are installed. */
  private async models(signal: AbortSignal): Promise<FindingsOptions> {
    const { engine, version } = this.parts;
    const tagger = await installedModel(engine, 'token-classification', signal);
    const relations = await installedModel(engine, 'relation-extraction', signal);
    const questions = await installedModel(engine, 'question-answering', signal);
    const terminology = terminologyKey(await terminologyOf(engine, { signal }));
    const keys = [tagger, relations, questions].map((model) => (model ? modelKey(model) : 'none'));
    const key = [version, ...keys, terminology].join(' ');
    return {
      models: key,
      hasRelationModel: relations !== undefined,
      hasQuestionModel: questions !== undefined && questions.questions?.embeddings !== false,
      ...(tagger && { tagging: { key } }),
    };
  }

  /** A document that cannot be read is reported, and does not stop the others. */
  private async skipFaulty({ document }: FolderFile, work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.problems.delete(document);
    } catch (error) {
      if (!(error instanceof BioBertError)) throw error;
      this.problems.set(document, reasonOf(error));
    }
  }

  /** Another version reads a file again, whose text may then be another one. */
  private stampOf({ stamp }: FolderFile): string {
    return `${this.parts.version} ${stamp}`;
  }
}
