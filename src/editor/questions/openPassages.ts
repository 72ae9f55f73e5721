import type * as vscode from 'vscode';
import { throwIfCancelled } from '../../core/errors';
import type { AskedQuestion } from '../../core/questions/askedQuestion';
import { withoutCopies } from '../../core/questions/paperKeys';
import { countDocuments, type CountedPlace } from '../../core/records/paperCount';
import { isPublished } from '../../core/records/published';
import type { PassagesResult, QuestionEngine } from '../../protocol/engine';
import { isDraft } from '../documents/draft';
import { checkedText, formatOfDocument } from '../documents/documents';
import { fileOfDocument } from '../documents/paperUri';
import type { Settings } from '../settings';
import type { EditLog } from '../annotations/editLog';
import { lineCounter } from '../../core/documents/lineCounter';
import type { PanelEngine } from '../engine/panelEngine';
import { sentenceLines } from '../../core/documents/sentenceLines';
import { choosePassages } from './choosePassages';
import type { PassageSearchResult, PassageSource, SourcePassage } from './passageSource';

export interface OpenPassagesParts {
  readonly engine: PanelEngine;
  readonly settings: Settings;
  readonly edits: EditLog;
  readonly documents: () => readonly vscode.TextDocument[];
  /** Whether drafts and notes are left out. Default: false. */
  readonly recordsOnly?: boolean | undefined;
}

/** Maximum number of passages that are embedded for the next question, about two minutes of work on two cores. */
const maxPreparedPassages = 1_000;

/**
 * Retrieves passages from open documents, unsaved changes included.
 *
 * All passages are returned if there are at most `limit` of them. Otherwise {@link selectPassages} chooses. The engine
 * keeps the embeddings, so that a further question embeds only passages that were not compared before.
 */
export class OpenPassages implements PassageSource {
  /** The passages of the last question, if they were compared by embedding. */
  private compared: readonly SourcePassage[] = [];

  constructor(private readonly parts: OpenPassagesParts) {}

  async find(question: AskedQuestion, limit: number, signal: AbortSignal): Promise<PassageSearchResult> {
    const { engine } = this.parts;
    const all: SourcePassage[] = [];
    for (const document of this.parts.documents()) {
      throwIfCancelled(signal);
      const passages = await this.splitPassages(document, engine, signal);
      if (this.isRead(document, passages)) all.push(...passages);
    }
    const distinct = withoutCopies(all);
    const passages =
      distinct.length <= limit ? distinct : await this.choose(question, distinct, limit, signal);
    return { passages, ...countDocuments(placesOf(all)), searched: all.length };
  }

  /** Drafts and notes are not read if only publications are. */
  private isRead(document: vscode.TextDocument, passages: readonly SourcePassage[]): boolean {
    if (this.parts.recordsOnly !== true) return true;
    const publication = passages[0]?.passage.publication;
    return isPublished(fileOfDocument(document.uri).path, formatOfDocument(document), publication);
  }

  /**
   * Embeds all passages, so that the next question waits for its own answer only. The engine runs more urgent requests
   * first.
   */
  async prepareNextQuestion(signal: AbortSignal): Promise<void> {
    const texts = this.compared.slice(0, maxPreparedPassages).map(({ passage }) => passage.text);
    if (texts.length > 0) await this.parts.engine.embed({ texts, priority: 'background' }, { signal });
  }

  private async choose(
    question: AskedQuestion,
    all: readonly SourcePassage[],
    limit: number,
    signal: AbortSignal,
  ): Promise<readonly SourcePassage[]> {
    const { passages, hasEmbeddings } = await choosePassages(this.parts.engine, question, all, limit, signal);
    if (hasEmbeddings) this.compared = all;
    return passages;
  }

  private async splitPassages(
    document: vscode.TextDocument,
    engine: QuestionEngine,
    signal: AbortSignal,
  ): Promise<readonly SourcePassage[]> {
    const name = document.uri.toString();
    const text = checkedText(document.getText(), document.uri, this.parts.settings.maxFileSizeMB);
    const version = this.parts.edits.currentVersion(name);
    const format = formatOfDocument(document, text);
    const request = { document: name, text, format, priority: 'interactive' as const };
    const { passages }: PassagesResult = await engine.passages(request, { signal });
    const lineAt = lineCounter(text);
    return passages.map((passage) => ({
      document: name,
      version,
      passage,
      sentenceLines: sentenceLines(passage, lineAt),
    }));
  }
}

/** The publications that the passages are from, and the documents that name none. */
function placesOf(passages: readonly SourcePassage[]): Iterable<CountedPlace> {
  const places = new Map<string, CountedPlace>();
  for (const { document, passage } of passages) {
    const { publication, citation } = passage;
    const isPublished = !isDraft(document, publication);
    const place = { document, stated: { publication, citation }, isPublished };
    places.set(JSON.stringify([document, publication, citation]), place);
  }
  return places.values();
}
