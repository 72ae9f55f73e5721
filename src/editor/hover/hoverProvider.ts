import * as vscode from 'vscode';
import { isCancelled } from '../../core/errors';
import { nameKey } from '../../core/text/mentions';
import type { Entity, Relation, Span } from '../../core/types';
import type { Engine, ModelInfo, TagResult, TerminologyInfo } from '../../protocol/engine';
import type { AnnotationStore, DocumentAnnotations } from '../annotations/annotationStore';
import { entityAt } from '../annotations/entityLookup';
import { contains } from '../annotations/spans';
import { toOffset, toRange, toSignal } from '../convert';
import { Disposable } from '../dispose';
import { checkedText, formatOfDocument } from '../documents/documents';
import type { TaggedFiles } from '../entities/taggedFiles';
import { describeError, type Logger } from '../log';
import type { CurationStore } from '../workspace/curationStore';
import { isCuratedName } from '../workspace/curatedNames';
import type { Settings } from '../settings';
import type { LinkingState } from './conceptLines';
import { loadingHover, mentionHover } from './hoverContent';
import { countMentionsElsewhere } from './folderMentions';
import { describeMention, type DocumentKnowledge } from './mentionKnowledge';
import { relatedNames } from './relatedNames';

export interface HoverParts {
  readonly engine: Engine;
  readonly store: AnnotationStore;
  readonly settings: Settings;
  readonly log: Logger;
  readonly files: TaggedFiles;
  readonly curation: CurationStore;
  /** Returns the relations found so far. A hover does not start the relation model. */
  readonly relationsOf: (document: string) => readonly Relation[];
}

/** Maximum wait for the model. VS Code shows a spinner meanwhile; afterwards the hover says that the model is loading. */
const loadingWaitMs = 4000;

interface HoverMention extends DocumentKnowledge {
  readonly entity: Entity;
  readonly model: ModelInfo;
  /** Undefined if the mention was not to be linked, or could not be. */
  readonly terminology: TerminologyInfo | undefined;
}

/** Describes the entity under the pointer. In an untagged document, the paragraph under the pointer is tagged. */
export class EntityHoverProvider implements vscode.HoverProvider {
  /** The name in each document whose hover says that no terminology is installed. The others do not repeat it. */
  private readonly toldMissing = new WeakMap<vscode.TextDocument, string>();

  constructor(private readonly parts: HoverParts) {}

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.Hover | undefined> {
    const { settings, log } = this.parts;
    if (!settings.hoverEnabled(document) || document.uri.scheme === 'output') return undefined;
    try {
      const mention =
        this.mentionInStore(document, position) ?? (await this.tagPosition(document, position, token));
      if (mention === 'loading') return new vscode.Hover(loadingHover());
      if (!mention || token.isCancellationRequested || !settings.isShown(mention.entity.type, document))
        return undefined;
      return this.createHover(document, mention);
    } catch (error) {
      // No error message, since the user did not run a command. The status bar shows the error.
      if (!isCancelled(error)) log.warn(`Hover: ${describeError(error)}`);
      return undefined;
    }
  }

  private createHover(document: vscode.TextDocument, mention: HoverMention): vscode.Hover {
    const knowledge = describeMention(mention.entity, mention);
    const elsewhere = countMentionsElsewhere(mention.entity, document, this.parts.files);
    const related = relatedNames(mention.entity, this.parts.relationsOf(document.uri.toString()));
    const decisions = this.parts.curation.current;
    const isCurated = isCuratedName(mention.entity, decisions);
    const isChosen = decisions.linkFor(mention.entity) !== undefined;
    const content = mentionHover({
      ...knowledge,
      document,
      model: mention.model,
      elsewhere,
      isCurated,
      isChosen,
      linking: this.linkingState(document, mention),
      related,
    });
    return new vscode.Hover(content, toRange(document, mention.entity));
  }

  private linkingState(document: vscode.TextDocument, { entity, terminology }: HoverMention): LinkingState {
    if (!this.parts.settings.read('linking.enabled', document)) return 'off';
    if (terminology) return 'sought';
    const key = nameKey(entity.name);
    const told = this.toldMissing.get(document) ?? key;
    this.toldMissing.set(document, told);
    return told === key ? 'missing' : 'off';
  }

  /** @returns undefined if the store has no entity at the position. */
  private mentionInStore(document: vscode.TextDocument, position: vscode.Position): HoverMention | undefined {
    const annotations = this.parts.store.get(document);
    if (!annotations?.model) return undefined;
    const entity = entityAt(annotations.entities, toOffset(document, position));
    const { model, terminology } = annotations;
    return entity && { entity, model, terminology, ...knowledgeOf(annotations) };
  }

  /** Tags the paragraph at a position. @returns undefined if it has no entity there. */
  private async tagPosition(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<HoverMention | 'loading' | undefined> {
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
      link: settings.read('linking.enabled', document),
      priority: 'interactive' as const,
    };
    const result = await resultOrLoading(engine.tag(request, { signal: toSignal(token) }), engine);
    if (result === 'loading') return result;
    const entity = entityAt(result.entities, offset);
    if (!entity || document.version !== version) return undefined;
    const { model, terminology } = result;
    return { entity, model, terminology, ...knowledgeOfResult(store.get(document), result, text) };
  }
}

/** @returns 'loading' if the model is still loading after the wait. The request continues, so that the next hover is quick. */
async function resultOrLoading(result: Promise<TagResult>, engine: Engine): Promise<TagResult | 'loading'> {
  let timer: NodeJS.Timeout | undefined;
  const waited = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), loadingWaitMs);
  });
  // A failure after the wait is shown in the status bar.
  result.catch(() => undefined);
  try {
    const first = await Promise.race([result, waited]);
    if (first) return first;
    return engine.status.state === 'loading' ? 'loading' : await result;
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
  return { text: document.getText(), entities, abbreviations, isComplete: isFullyTagged(annotations) };
}

function isFullyTagged({ document, covered }: DocumentAnnotations): boolean {
  const whole: Span = { start: 0, end: document.getText().length };
  return contains(covered, whole);
}

/** Combines the result for a paragraph with the abbreviations of the rest of the document, if that was tagged. */
function knowledgeOfResult(
  annotations: DocumentAnnotations | undefined,
  result: TagResult,
  text: string,
): DocumentKnowledge {
  const abbreviations = [...(annotations?.abbreviations ?? []), ...result.abbreviations];
  return { text, entities: result.entities, abbreviations, isComplete: false };
}

/** Registers the hover provider for the user's languages, and again when they change. */
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
