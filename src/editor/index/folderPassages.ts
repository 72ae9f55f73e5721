import * as vscode from 'vscode';
import { BioBertError, errorCodes } from '../../core/errors';
import type { AskedQuestion } from '../../core/questions/askedQuestion';
import type { BioBertEngine } from '../../protocol/engine';
import { searchMethod, type IndexStats, type PublicationFilter } from '../../protocol/indexMessages';
import type { EditLog } from '../annotations/editLog';
import type { PassageSearchResult, PassageSource } from '../questions/passageSource';
import type { IndexClient } from '../../runtime/index/indexClient';

export interface FolderPassagesParts {
  readonly client: Pick<IndexClient, 'request'>;
  readonly stats: () => IndexStats;
  readonly engine: Pick<BioBertEngine, 'embed' | 'load'>;
  readonly edits: Pick<EditLog, 'currentVersion'>;
  /** The publications to search. Default: the whole folder. */
  readonly only?: (() => Promise<PublicationFilter | undefined>) | undefined;
}

/** Retrieves passages from the indexed folder by words and, for documents that have embeddings, by meaning. */
export class FolderPassages implements PassageSource {
  constructor(private readonly parts: FolderPassagesParts) {}

  /** @throws {BioBertError} PASSAGES_EMPTY if the review includes no publication. */
  async find(question: AskedQuestion, limit: number, signal: AbortSignal): Promise<PassageSearchResult> {
    const { client, edits } = this.parts;
    const only = await this.parts.only?.();
    if (only?.keys?.length === 0) throw nothingIncluded();
    const stats = this.parts.stats();
    const [vector] = stats.embedded > 0 ? await this.embedQuestion(question.text, signal) : [];
    const { text, concepts } = question;
    const request = { question: text, concepts, vector, limit, only };
    const { found, papers, otherDocuments, searched } = await client.request(searchMethod, request, signal);
    return {
      passages: found.map(({ document, passage, sentenceLines }) => ({
        document,
        version: edits.currentVersion(document),
        passage,
        sentenceLines,
      })),
      papers,
      otherDocuments,
      searched,
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

function nothingIncluded(): BioBertError {
  return new BioBertError(
    errorCodes.PASSAGES_EMPTY,
    vscode.l10n.t('The review includes no records yet.'),
    vscode.l10n.t('Include records in the screening view, or ask the folder.'),
  );
}
