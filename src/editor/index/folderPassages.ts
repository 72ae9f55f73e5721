import * as vscode from 'vscode';
import { formatOf } from '../../core/documents/format';
import type { AskedQuestion } from '../../core/questions/askedQuestion';
import { isPublished } from '../../core/records/published';
import type { BioBertEngine } from '../../protocol/engine';
import { type FoundPassage, searchMethod, type IndexStats } from '../../protocol/indexMessages';
import type { EditLog } from '../annotations/editLog';
import { fileOfDocument } from '../documents/paperUri';
import type { PassageSearchResult, PassageSource } from '../questions/passageSource';
import type { IndexClient } from './indexClient';

export interface FolderPassagesParts {
  readonly client: Pick<IndexClient, 'request'>;
  readonly stats: () => IndexStats;
  readonly engine: Pick<BioBertEngine, 'embed' | 'load'>;
  readonly edits: Pick<EditLog, 'currentVersion'>;
  /** Whether drafts and notes are left out. Default: false. */
  readonly recordsOnly?: boolean | undefined;
}

/** How many times as many passages are searched for if some of them may be left out. */
const searchedMore = 4;

/** Retrieves passages from the indexed folder by words and, for documents that have embeddings, by meaning. */
export class FolderPassages implements PassageSource {
  constructor(private readonly parts: FolderPassagesParts) {}

  async find(question: AskedQuestion, limit: number, signal: AbortSignal): Promise<PassageSearchResult> {
    const { client, edits, recordsOnly = false } = this.parts;
    const stats = this.parts.stats();
    const [vector] = stats.embedded > 0 ? await this.embedQuestion(question.text, signal) : [];
    const { text, concepts } = question;
    const searched = recordsOnly ? searchedMore * limit : limit;
    const found = await client.request(
      searchMethod,
      { question: text, concepts, vector, limit: searched },
      signal,
    );
    const results = found.filter((each) => !recordsOnly || isOfPublication(each)).slice(0, limit);
    return {
      passages: results.map(({ document, passage, sentenceLines }) => ({
        document,
        version: edits.currentVersion(document),
        passage,
        sentenceLines,
      })),
      documents: stats.documents,
      searched: stats.passages,
    };
  }

  /** @returns an empty list if the question model computes no embeddings. */
  private async embedQuestion(question: string, signal: AbortSignal): Promise<readonly Float32Array[]> {
    const { engine } = this.parts;
    const { questions } = await engine.load(signal, 'question-answering');
    if (questions?.embeddings === false) return [];
    return engine.embed({ texts: [question], priority: 'interactive' }, { signal });
  }
}

/** The index does not keep formats; a file of records names the publication of each passage. */
function isOfPublication({ document, passage }: FoundPassage): boolean {
  const fileName = fileOfDocument(vscode.Uri.parse(document)).path;
  return isPublished(fileName, formatOf({ fileName }), passage.publication);
}
