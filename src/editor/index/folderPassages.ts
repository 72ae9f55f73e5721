import type { BioBertEngine } from '../../protocol/engine';
import { searchMethod } from '../../protocol/indexMessages';
import type { EditLog } from '../annotations/editLog';
import type { FoundPassages, PassageSource } from '../questions/passageSource';
import type { FolderIndex } from './folderIndex';
import type { IndexClient } from './indexClient';

export interface FolderPassagesParts {
  readonly client: Pick<IndexClient, 'request'>;
  readonly index: Pick<FolderIndex, 'stats'>;
  readonly engine: Pick<BioBertEngine, 'embed' | 'load'>;
  readonly edits: Pick<EditLog, 'now'>;
}

/** Passages of the indexed folder: by words at once, by meaning as far as the index has come. */
export class FolderPassages implements PassageSource {
  constructor(private readonly parts: FolderPassagesParts) {}

  async find(question: string, limit: number, signal: AbortSignal): Promise<FoundPassages> {
    const { client, index, edits } = this.parts;
    const { stats } = index;
    const [vector] = stats.embedded > 0 ? await this.meaning(question, signal) : [];
    const found = await client.request(searchMethod, { question, vector, limit }, signal);
    return {
      passages: found.map(({ document, passage, sentenceLines }) => ({
        document,
        moment: edits.now(document),
        passage,
        sentenceLines,
      })),
      documents: stats.documents,
      searched: stats.passages,
    };
  }

  /** Empty where the question model does not know meanings. */
  private async meaning(question: string, signal: AbortSignal): Promise<readonly Float32Array[]> {
    const { engine } = this.parts;
    const { questions } = await engine.load(signal, 'question-answering');
    if (questions?.embeddings === false) return [];
    return engine.embed({ texts: [question], priority: 'interactive' }, { signal });
  }
}
