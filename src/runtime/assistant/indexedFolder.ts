import { placeAdded } from '../../core/curation/addedRelations';
import type { Curation } from '../../core/curation/decisions';
import { askedPassage, createAskedQuestion } from '../../core/questions/askedQuestion';
import { checkQuestion } from '../../core/questions/check';
import { paperKeys } from '../../core/questions/paperKeys';
import type { TextPassage } from '../../core/types';
import type { BioBertEngine, ConceptEntry, ModelInfo } from '../../protocol/engine';
import {
  type KnownDocument,
  knownMethod,
  type PublicationFilter,
  relationsMethod,
  searchMethod,
  statsMethod,
} from '../../protocol/indexMessages';
import { installedModel } from '../../protocol/missingModel';
import type { ModelTask } from '../../protocol/tasks';
import { decodeLocated, locateRelations } from '../folder/locatedRelation';
import type { IndexClient } from '../index/indexClient';
import { contentKey } from '../folder/contentKey';
import type { FolderAnswer, FolderRelation, FolderSource, FolderText } from './folderSource';

export interface IndexedFolderParts extends Pick<FolderSource, 'pathOf'> {
  /** Reads the present text of a document. Undefined if it cannot be read. */
  readonly read: (
    document: string,
    signal: AbortSignal,
  ) => Promise<Omit<FolderText, 'isIndexed'> | undefined>;
  /** The version of this program, on which parsing depends. */
  readonly version: string;
  readonly client: Pick<IndexClient, 'request'>;
  readonly engine: Pick<BioBertEngine, 'answer' | 'embed' | 'concepts' | 'load' | 'passages' | 'forget'>;
  readonly curation: () => Promise<Curation>;
  /** The publications of which questions are asked. Default: the whole folder. */
  readonly only?: (() => PublicationFilter | undefined) | undefined;
}

/** Maximum number of passages to read for one question, as in the panel. */
const maxPassages = 48;
const maxAnswers = 10;

/** Number of relations in one request to the index. */
const pageSize = 1000;
/** The least probable relations of a large folder are left out, as in the panel. */
const maxRelations = 20_000;

/** Reads from the index of a folder what the tools of an assistant give. */
export class IndexedFolder implements Pick<
  FolderSource,
  'relations' | 'ask' | 'concepts' | 'model' | 'text' | 'prose'
> {
  /** The `content` that the index has of each document. */
  private contents: ReadonlyMap<string, string> = new Map();

  constructor(private readonly parts: IndexedFolderParts) {}

  /** Asks the index which documents it has, and of which texts. */
  async refresh(signal: AbortSignal): Promise<readonly KnownDocument[]> {
    const known = await this.parts.client.request(knownMethod, undefined, signal);
    this.contents = new Map(known.map(({ document, content }) => [document, content]));
    return known;
  }

  async text(document: string, signal: AbortSignal): Promise<FolderText | undefined> {
    const { read, version } = this.parts;
    const found = await read(document, signal);
    return found && { ...found, isIndexed: this.contents.get(document) === contentKey(found, version) };
  }

  async prose(
    document: string,
    { text, format }: Pick<FolderText, 'text' | 'format'>,
    signal: AbortSignal,
  ): Promise<readonly TextPassage[]> {
    const { engine } = this.parts;
    try {
      const { passages } = await engine.passages({ document, text, format }, { signal });
      return passages;
    } finally {
      engine.forget(document);
    }
  }

  async relations(signal: AbortSignal): Promise<readonly FolderRelation[]> {
    const { client, curation: load, pathOf } = this.parts;
    const curation = await load();
    const found: FolderRelation[] = [];
    for (let from = 0; from < maxRelations; from += pageSize) {
      const page = await client.request(relationsMethod, { from, limit: pageSize }, signal);
      let count = 0;
      for (const { document, payloads } of page) {
        count += payloads.length;
        for (const payload of payloads) {
          const located = decodeLocated(payload);
          if (!located) continue;
          const { relation, evidence, line } = located;
          const decided = [pathOf(document), evidence.text, relation] as const;
          const shown = curation.shownRelation(...decided);
          const isChecked = curation.relation(...decided) !== undefined;
          if (shown) found.push({ document, relation: shown, sentence: evidence.text, line, isChecked });
        }
      }
      if (count < pageSize) break;
    }
    return found;
  }

  /** The relations that a person added to some documents. */
  async addedRelations(
    documents: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly FolderRelation[]> {
    const { curation: load, pathOf, read } = this.parts;
    const curation = await load();
    const withAdded = new Set(curation.documentsWithAdded);
    const added: FolderRelation[] = [];
    for (const document of documents) {
      const path = pathOf(document);
      const found = withAdded.has(path) ? await read(document, signal) : undefined;
      if (!found) continue;
      const { text } = found;
      for (const { relation, evidence, line } of locateRelations(
        text,
        placeAdded(text, curation.addedRelations(path)),
      ))
        added.push({ document, relation, sentence: evidence.text, line, isChecked: true });
    }
    return added;
  }

  /** Answers from the passages that fit a question best. @throws {BioBertError} QUESTION_EMPTY, QUESTION_TOO_LONG. */
  async ask(question: string, signal: AbortSignal): Promise<FolderAnswer> {
    checkQuestion(question);
    const { client, engine, only } = this.parts;
    const asked = createAskedQuestion(question, await this.concepts(question, signal));
    const [vector] = await this.embedded(question, signal);
    const { text, concepts } = asked;
    const search = { question: text, concepts, vector, limit: maxPassages, only: only?.() };
    const { found: passages, papers, otherDocuments } = await client.request(searchMethod, search, signal);
    if (passages.length === 0) return { result: undefined, passages, papers, otherDocuments };
    const keys = paperKeys(passages);
    const result = await engine.answer(
      {
        question,
        passages: passages.map(({ passage }, index) => ({
          ...askedPassage(asked, passage.text),
          paper: keys[index],
        })),
        maxAnswers,
      },
      { signal },
    );
    return { result, passages, papers, otherDocuments };
  }

  async concepts(text: string, signal: AbortSignal): Promise<readonly ConceptEntry[]> {
    const { concepts } = await this.parts.engine.concepts({ text, match: 'mentions' }, { signal });
    return concepts;
  }

  model(task: ModelTask, signal: AbortSignal): Promise<ModelInfo | undefined> {
    return installedModel(this.parts.engine, task, signal);
  }

  private async embedded(question: string, signal: AbortSignal): Promise<readonly Float32Array[]> {
    const { client, engine } = this.parts;
    const { embedded } = await client.request(statsMethod, undefined, signal);
    if (embedded === 0) return [];
    const { questions } = await engine.load(signal, 'question-answering');
    if (questions?.embeddings === false) return [];
    return engine.embed({ texts: [question], priority: 'interactive' }, { signal });
  }
}
