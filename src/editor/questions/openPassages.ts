import type * as vscode from 'vscode';
import { throwIfCancelled } from '../../core/errors';
import { rankByWords } from '../../core/questions/words';
import type { PassagesResult, QuestionEngine } from '../../protocol/engine';
import { checkedText, formatOfDocument } from '../documents/documents';
import type { Settings } from '../settings';
import type { EditLog } from '../annotations/editLog';
import { lineCounter } from '../documents/lineCounter';
import type { PanelEngine } from '../engine/panelEngine';
import { sentenceLines } from '../documents/sentenceLines';
import type { PassageSearchResult, PassageSource, SourcePassage } from './passageSource';

export interface OpenPassagesParts {
  readonly engine: PanelEngine;
  readonly settings: Settings;
  readonly edits: EditLog;
  readonly documents: () => readonly vscode.TextDocument[];
}

/**
 * Retrieves passages from open documents, unsaved changes included.
 *
 * All passages are returned if there are at most `limit` of them. Otherwise the passages are ranked by the similarity
 * of their embeddings to the embedding of the question, or by shared words if the model computes no embeddings.
 */
export class OpenPassages implements PassageSource {
  constructor(private readonly parts: OpenPassagesParts) {}

  async find(question: string, limit: number, signal: AbortSignal): Promise<PassageSearchResult> {
    const { engine } = this.parts;
    const documents = this.parts.documents();
    const all: SourcePassage[] = [];
    for (const document of documents) {
      throwIfCancelled(signal);
      for (const passage of await this.splitPassages(document, engine, signal)) all.push(passage);
    }
    const passages = all.length <= limit ? all : await this.choose(question, all, limit, signal);
    return { passages, documents: documents.length, searched: all.length };
  }

  private async choose(
    question: string,
    all: readonly SourcePassage[],
    limit: number,
    signal: AbortSignal,
  ): Promise<readonly SourcePassage[]> {
    const { engine } = this.parts;
    const { questions } = await engine.load(signal, 'question-answering');
    if (questions?.embeddings !== false) return nearestInMeaning(question, all, limit, engine, signal);
    const texts = all.map(({ passage }) => passage.text);
    const ranked = rankByWords(question, texts, limit);
    // If few passages share a word with the question, the rest is filled up from the beginnings of the documents,
    // where abstracts are.
    const indices = [...new Set([...ranked, ...all.keys()])].slice(0, limit);
    return indices.flatMap((index) => all[index] ?? []);
  }

  private async splitPassages(
    document: vscode.TextDocument,
    engine: QuestionEngine,
    signal: AbortSignal,
  ): Promise<readonly SourcePassage[]> {
    const name = document.uri.toString();
    const text = checkedText(document.getText(), this.parts.settings.maxFileSizeMB);
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

/** Number of texts in one embedding request. */
const embeddingBatchSize = 64;

async function nearestInMeaning(
  question: string,
  passages: readonly SourcePassage[],
  limit: number,
  engine: QuestionEngine,
  signal: AbortSignal,
): Promise<readonly SourcePassage[]> {
  const [target] = await engine.embed({ texts: [question], priority: 'interactive' }, { signal });
  const scored: { readonly source: SourcePassage; readonly score: number }[] = [];
  for (let from = 0; from < passages.length; from += embeddingBatchSize) {
    const batch = passages.slice(from, from + embeddingBatchSize);
    const texts = batch.map(({ passage }) => passage.text);
    const vectors = await engine.embed({ texts, priority: 'interactive' }, { signal });
    batch.forEach((source, i) => scored.push({ source, score: similarity(target, vectors[i]) }));
  }
  return scored
    .sort((a, b) => b.score - a.score)
    .slice(0, limit)
    .map(({ source }) => source);
}

/** Cosine similarity of two unit vectors. */
function similarity(a: Float32Array | undefined, b: Float32Array | undefined): number {
  if (!a || !b) return 0;
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}
