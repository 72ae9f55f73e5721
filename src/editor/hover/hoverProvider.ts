import * as vscode from 'vscode';
import { isCancelled } from '../../core/errors';
import type { Entity, Relation, Span } from '../../core/types';
import type { Engine, ModelInfo, TagResult } from '../../protocol/engine';
import type { AnnotationStore, DocumentAnnotations } from '../annotations/annotationStore';
import { entityAt } from '../annotations/find';
import { contains } from '../annotations/spans';
import { toOffset, toRange, toSignal } from '../convert';
import { Disposable } from '../dispose';
import { checkedText, formatOfDocument } from '../documents/documents';
import type { TaggedFiles } from '../entities/taggedFiles';
import { describeError, type Logger } from '../log';
import type { CurationStore } from '../workspace/curationStore';
import { isCuratedName } from '../workspace/curatedNames';
import type { Settings } from '../settings';
import { loadingHover, mentionHover } from './content';
import { mentionsElsewhere } from './folderMentions';
import { describeMention, type DocumentKnowledge } from './knowledge';
import { relatedNames } from './related';

export interface HoverParts {
  readonly engine: Engine;
  readonly store: AnnotationStore;
  readonly settings: Settings;
  readonly log: Logger;
  readonly files: TaggedFiles;
  readonly curation: CurationStore;
  /** Found so far; a hover asks for none. */
  readonly relationsOf: (document: string) => readonly Relation[];
}

/** The editor shows a spinner of its own meanwhile; past this, our words say what it waits for. */
const loadingWaitMs = 4000;

interface Found extends DocumentKnowledge {
  readonly entity: Entity;
  readonly model: ModelInfo;
}

/** What the mention under the pointer is. Asks for its paragraph when the document was not tagged. */
export class EntityHoverProvider implements vscode.HoverProvider {
  constructor(private readonly parts: HoverParts) {}

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.Hover | undefined> {
    const { settings, log } = this.parts;
    if (!settings.hoverEnabled(document) || document.uri.scheme === 'output') return undefined;
    try {
      const found = this.inStore(document, position) ?? (await this.ask(document, position, token));
      if (found === 'loading') return new vscode.Hover(loadingHover());
      if (!found || token.isCancellationRequested || !settings.isShown(found.entity.type, document))
        return undefined;
      return this.hover(document, found);
    } catch (error) {
      // A hover must not interrupt reading: the status item says what is wrong.
      if (!isCancelled(error)) log.warn(`Hover: ${describeError(error)}`);
      return undefined;
    }
  }

  private hover(document: vscode.TextDocument, found: Found): vscode.Hover {
    const knowledge = describeMention(found.entity, found);
    const elsewhere = mentionsElsewhere(found.entity, document, this.parts.files);
    const related = relatedNames(found.entity, this.parts.relationsOf(document.uri.toString()));
    const isCurated = isCuratedName(found.entity, this.parts.curation.known);
    const content = mentionHover({
      ...knowledge,
      document,
      model: found.model,
      elsewhere,
      isCurated,
      related,
    });
    return new vscode.Hover(content, toRange(document, found.entity));
  }

  /** @returns undefined where the store does not know; a mention needs no question where it does. */
  private inStore(document: vscode.TextDocument, position: vscode.Position): Found | undefined {
    const annotations = this.parts.store.get(document);
    if (!annotations?.model) return undefined;
    const entity = entityAt(annotations.entities, toOffset(document, position));
    return entity && { entity, model: annotations.model, ...knowledgeOf(annotations) };
  }

  private async ask(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<Found | 'loading' | undefined> {
    const { engine, store, settings } = this.parts;
    const offset = toOffset(document, position);
    if (store.isCurrentAt(document, offset) || !isOnWord(document, position)) return undefined;
    const { version } = document;
    const text = checkedText(document.getText(), settings.maxFileSizeMB);
    const request = {
      document: document.uri.toString(),
      text,
      format: formatOfDocument(document, text),
      range: { start: offset, end: offset },
      minProbability: settings.minProbability(document),
      consistency: settings.consistency(document),
      priority: 'interactive' as const,
    };
    const answer = await orLoading(engine.tag(request, { signal: toSignal(token) }), engine);
    if (answer === 'loading') return answer;
    const entity = entityAt(answer.entities, offset);
    if (!entity || document.version !== version) return undefined;
    return { entity, model: answer.model, ...merged(store.get(document), answer, text) };
  }
}

/** @returns 'loading' when the model is still on its way after the wait; the request goes on and warms it up. */
async function orLoading(answer: Promise<TagResult>, engine: Engine): Promise<TagResult | 'loading'> {
  let timer: NodeJS.Timeout | undefined;
  const waited = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), loadingWaitMs);
  });
  // Its failure after the wait is the status item's to tell.
  answer.catch(() => undefined);
  try {
    const first = await Promise.race([answer, waited]);
    if (first) return first;
    return engine.status.state === 'loading' ? 'loading' : await answer;
  } finally {
    clearTimeout(timer);
  }
}

function isOnWord(document: vscode.TextDocument, position: vscode.Position): boolean {
  const { text } = document.lineAt(position.line);
  return /[\p{L}\p{N}]/u.test(text.slice(Math.max(0, position.character - 1), position.character + 2));
}

function knowledgeOf(annotations: DocumentAnnotations): DocumentKnowledge {
  const { document, entities, abbreviations } = annotations;
  return { text: document.getText(), entities, abbreviations, isComplete: isWhole(annotations) };
}

function isWhole({ document, covered }: DocumentAnnotations): boolean {
  const whole: Span = { start: 0, end: document.getText().length };
  return contains(covered, whole);
}

/** The document was not tagged here, perhaps elsewhere: its abbreviations hold for this paragraph too. */
function merged(known: DocumentAnnotations | undefined, answer: TagResult, text: string): DocumentKnowledge {
  const abbreviations = [...(known?.abbreviations ?? []), ...answer.abbreviations];
  return { text, entities: answer.entities, abbreviations, isComplete: false };
}

/** Registers the provider for the user's languages, and again when they change. */
export class EntityHovers extends Disposable {
  private registration: vscode.Disposable;

  constructor(parts: HoverParts) {
    super();
    const provider = new EntityHoverProvider(parts);
    const register = (): vscode.Disposable =>
      vscode.languages.registerHoverProvider(
        parts.settings.languages.map((language) => ({ language })),
        provider,
      );
    this.registration = register();
    this._register({ dispose: () => void this.registration.dispose() });
    this._register(
      parts.settings.onDidChange((change) => {
        if (!change.affects('languages')) return;
        this.registration.dispose();
        this.registration = register();
      }),
    );
  }
}
