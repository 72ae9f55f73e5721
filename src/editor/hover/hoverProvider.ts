import * as vscode from 'vscode';
import { isCancelled } from '../../core/errors';
import { nameKey } from '../../core/text/mentions';
import { isRecordFormat } from '../../core/documents/recordFormats';
import type { Entity, Relation, Span } from '../../core/types';
import type { Engine, ModelInfo, TagResult, TerminologyInfo } from '../../protocol/engine';
import type { AnnotationStore, DocumentAnnotations } from '../annotations/annotationStore';
import { entityAt } from '../annotations/entityLookup';
import { contains } from '../annotations/spans';
import { toOffset, toRange } from '../convert';
import { Disposable } from '../dispose';
import { formatOfDocument } from '../documents/documents';
import { publicationIn } from '../../core/records/publicationIn';
import type { EntitySource } from '../entities/entitySource';
import type { TaggedFiles } from '../entities/taggedFiles';
import type { Milestones } from '../firstSteps/milestones';
import { describeError, type Logger } from '../log';
import type { CurationStore } from '../workspace/curationStore';
import { decisionForName } from '../workspace/curatedNames';
import type { Settings } from '../settings';
import type { LinkingState } from './conceptLines';
import { mentionHover, waitingHover, type HoverFacts } from './hoverContent';
import { countMentionsElsewhere } from './folderMentions';
import { describeMention, type DocumentKnowledge } from './mentionKnowledge';
import { ParagraphTagger, type Waiting } from './paragraphTagger';
import { relatedNames } from './relatedNames';

export interface HoverParts {
  readonly engine: Engine;
  readonly store: AnnotationStore;
  readonly settings: Settings;
  readonly log: Logger;
  readonly files: TaggedFiles;
  readonly source: Pick<EntitySource, 'all'>;
  readonly curation: CurationStore;
  readonly milestones: Pick<Milestones, 'reach'>;
  /** Returns the relations found so far. A hover does not start the relation model. */
  readonly relationsOf: (document: string) => readonly Relation[];
}

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

  private readonly paragraphs: ParagraphTagger;

  constructor(private readonly parts: HoverParts) {
    this.paragraphs = new ParagraphTagger(parts);
  }

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.Hover | undefined> {
    const { settings, log } = this.parts;
    if (!settings.hoverEnabled(document) || document.uri.scheme === 'output') return undefined;
    try {
      const facts = await this.factsAt(document, position, token);
      if (!facts || token.isCancellationRequested) return undefined;
      if (isWaiting(facts)) return new vscode.Hover(waitingHover(facts));
      this.parts.milestones.reach('hover');
      return new vscode.Hover(mentionHover(facts), toRange(document, facts.entity));
    } catch (error) {
      // No error message, since the user did not run a command. The status bar shows the error.
      if (!isCancelled(error)) log.warn(`Hover: ${describeError(error)}`);
      return undefined;
    }
  }

  /**
   * Returns what is known about the mention at a position.
   *
   * @returns why nothing is known yet, or undefined if there is no mention of a type that is shown.
   * @throws what the engine throws.
   */
  async factsAt(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<HoverFacts | Waiting | undefined> {
    const mention =
      this.mentionInStore(document, position) ?? (await this.tagPosition(document, position, token));
    if (mention === undefined || isWaiting(mention)) return mention;
    return this.parts.settings.isShown(mention.entity.type, document)
      ? this.factsOf(document, mention)
      : undefined;
  }

  private factsOf(document: vscode.TextDocument, mention: HoverMention): HoverFacts {
    const { entity } = mention;
    const { files } = this.parts;
    const here = publicationIn(files.publicationsOf(document.uri), entity.start);
    const known = here ? { ...mention, paper: here } : mention;
    const decisions = this.parts.curation.current;
    return {
      ...describeMention(entity, known),
      document,
      model: mention.model,
      elsewhere: countMentionsElsewhere(entity, document, this.parts),
      decision: decisionForName(entity, decisions),
      isChosen: decisions.linkFor(entity) !== undefined,
      isFileOfPapers: isFileOfPapers(document, known),
      linking: this.linkingState(document, mention),
      related: relatedNames(entity, this.parts.relationsOf(document.uri.toString())),
    };
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
  ): Promise<HoverMention | Waiting | undefined> {
    const { store } = this.parts;
    const offset = toOffset(document, position);
    if (store.isCurrentAt(document, offset) || !isOnWord(document, position)) return undefined;
    const { version } = document;
    const result = await this.paragraphs.tagAt(document, offset, token);
    if (isWaiting(result)) return result;
    const entity = entityAt(result.entities, offset);
    if (!entity || document.version !== version) return undefined;
    const { model, terminology } = result;
    const known = knowledgeOfResult(store.get(document), result, document.getText());
    return { entity, model, terminology, ...known };
  }
}

function isWaiting(value: unknown): value is Waiting {
  return typeof value === 'string';
}

/** Whether the mentions that are counted may be those of several papers. */
function isFileOfPapers(document: vscode.TextDocument, { text, paper }: DocumentKnowledge): boolean {
  const isWhole = paper.end - paper.start === text.length;
  return isWhole && isRecordFormat(formatOfDocument(document, text));
}

function isOnWord(document: vscode.TextDocument, position: vscode.Position): boolean {
  const { text } = document.lineAt(position.line);
  return /[\p{L}\p{N}]/u.test(text.slice(Math.max(0, position.character - 1), position.character + 2));
}

function knowledgeOf(annotations: DocumentAnnotations): DocumentKnowledge {
  const { document, entities, abbreviations } = annotations;
  const text = document.getText();
  const isComplete = isFullyTagged(annotations);
  return { text, paper: wholeOf(text), entities, abbreviations, isComplete };
}

function isFullyTagged({ document, covered }: DocumentAnnotations): boolean {
  return contains(covered, wholeOf(document.getText()));
}

function wholeOf(text: string): Span {
  return { start: 0, end: text.length };
}

/** Combines the result for a paragraph with the abbreviations of the rest of the document, if that was tagged. */
function knowledgeOfResult(
  annotations: DocumentAnnotations | undefined,
  result: TagResult,
  text: string,
): DocumentKnowledge {
  const abbreviations = [...(annotations?.abbreviations ?? []), ...result.abbreviations];
  const paper = result.paper ?? wholeOf(text);
  return { text, paper, entities: result.entities, abbreviations, isComplete: false };
}

/** Registers the hover provider for the user's languages, and again when they change. */
export class EntityHovers extends Disposable {
  private registration: vscode.Disposable;
  private readonly provider: EntityHoverProvider;

  constructor(parts: HoverParts) {
    super();
    const provider = new EntityHoverProvider(parts);
    this.provider = provider;
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

  /** As {@link EntityHoverProvider.factsAt}, for the command that shows the details of a mention. */
  factsAt(...at: Parameters<EntityHoverProvider['factsAt']>): ReturnType<EntityHoverProvider['factsAt']> {
    return this.provider.factsAt(...at);
  }
}
