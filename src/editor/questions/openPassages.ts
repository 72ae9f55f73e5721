import type * as vscode from 'vscode';
import { throwIfCancelled } from '../../core/errors';
import { rankByWords } from '../../core/questions/words';
import type { PassagesResult, QuestionEngine } from '../../protocol/engine';
import { checkedText, formatOfDocument } from '../documents/documents';
import type { Settings } from '../settings';
import type { EditLog } from '../annotations/editLog';
import { lineCounter } from '../relations/foundRelation';
import type { PanelEngine } from '../engine/panelEngine';
import { sentenceLines } from '../documents/sentenceLines';
import type { FoundPassages, PassageSource, SourcePassage } from './passageSource';

export interface OpenPassagesParts {
  readonly engine: PanelEngine;
  readonly settings: Settings;
  readonly edits: EditLog;
  readonly documents: () => readonly vscode.TextDocument[];
}

/**
 * Passages of documents as they stand in the editor. All are read while they are few; else the nearest in meaning or,
 * where the model does not know meanings, those that share the question's words.
 */
export class OpenPassages implements PassageSource {
  constructor(private readonly parts: OpenPassagesParts) {}

  async find(question: string, limit: number, signal: AbortSignal): Promise<FoundPassages> {
    const { engine } = this.parts;
    const documents = this.parts.documents();
    const all: SourcePassage[] = [];
    for (const document of documents) {
      throwIfCancelled(signal);
      for (const passage of await this.cut(document, engine, signal)) all.push(passage);
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
    if (questions?.embeddings !== false) return nearest(question, all, limit, engine, signal);
    const texts = all.map(({ passage }) => passage.text);
    const ranked = rankByWords(question, texts, limit);
    // Few share a word with the question: the openings of the documents are as good a guess as any.
    const chosen = [...new Set([...ranked, ...all.keys()])].slice(0, limit);
    return chosen.flatMap((index) => all[index] ?? []);
  }

  private async cut(
    document: vscode.TextDocument,
    engine: QuestionEngine,
    signal: AbortSignal,
  ): Promise<readonly SourcePassage[]> {
    const name = document.uri.toString();
    const text = checkedText(document.getText(), this.parts.settings.maxFileSizeMB);
    const moment = this.parts.edits.now(name);
    const format = formatOfDocument(document, text);
    const request = { document: name, text, format, priority: 'interactive' as const };
    const { passages }: PassagesResult = await engine.passages(request, { signal });
    const lineAt = lineCounter(text);
    return passages.map((passage) => ({
      document: name,
      moment,
      passage,
      sentenceLines: sentenceLines(passage, lineAt),
    }));
  }
}

/** Texts that are embedded in one request. */
const embedAtOnce = 64;

async function nearest(
  question: string,
  passages: readonly SourcePassage[],
  limit: number,
  engine: QuestionEngine,
  signal: AbortSignal,
): Promise<readonly SourcePassage[]> {
  const [target] = await engine.embed({ texts: [question], priority: 'interactive' }, { signal });
  const scored: { readonly source: SourcePassage; readonly score: number }[] = [];
  for (let from = 0; from < passages.length; from += embedAtOnce) {
    const some = passages.slice(from, from + embedAtOnce);
    const texts = some.map(({ passage }) => passage.text);
    const vectors = await engine.embed({ texts, priority: 'interactive' }, { signal });
    some.forEach((source, i) => scored.push({ source, score: similarity(target, vectors[i]) }));
  }
  return scored
    .sort((a, b) => b.score - a.score)
    .slice(0, limit)
    .map(({ source }) => source);
}

/** Cosine of two unit vectors. */
function similarity(a: Float32Array | undefined, b: Float32Array | undefined): number {
  if (!a || !b) return 0;
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}
