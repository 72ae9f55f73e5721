import * as vscode from 'vscode';
import { shippedTypes } from '../core/entities/entityTypes';
import type { EntityType } from '../core/types';
import type { Engine, EngineStatus } from '../protocol/engine';
import type { AnnotationStore } from './annotations/annotationStore';
import { countByType } from './annotations/counts';
import { commandIds } from './commandIds';
import { Disposable } from './dispose';
import { typeHeading } from './entities/typeLooks';
import { formatCount, formatPercent, mentionsLabel } from './entities/countLabels';
import type { ServerAccess } from './engine/serverAccess';
import type { Settings } from './settings';
import type { TaggingActivity, DocumentTagger } from './entities/documentTagger';

export interface StatusBarParts {
  readonly engine: Engine;
  readonly store: AnnotationStore;
  readonly documentTagger: DocumentTagger;
  readonly settings: Settings;
  readonly server: Pick<ServerAccess, 'host' | 'onDidChange'>;
}

const refreshMs = 100;

/** The status bar item: number of entities in the document, progress of the work, or an error. A click runs the next step. */
export class StatusBar extends Disposable {
  private readonly item: vscode.StatusBarItem;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly parts: StatusBarParts) {
    super();
    this.item = this._register(
      vscode.window.createStatusBarItem('biobert.status', vscode.StatusBarAlignment.Right, 90),
    );
    this.item.name = 'BioBERT';
    this._register({ dispose: () => clearTimeout(this.timer) });
    const refresh = (): void => this.refreshSoon();
    this._register({ dispose: parts.engine.onDidChangeStatus(refresh) });
    this._register(parts.store.onDidChange(refresh));
    this._register(parts.documentTagger.onDidChangeActivity(refresh));
    this._register(parts.settings.onDidChange(refresh));
    this._register(parts.server.onDidChange(refresh));
    this._register(vscode.window.onDidChangeActiveTextEditor(refresh));
    this.refresh();
  }

  private refreshSoon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.refresh();
    }, refreshMs);
  }

  private refresh(): void {
    const document = vscode.window.activeTextEditor?.document;
    const { engine, documentTagger, server } = this.parts;
    const counts = document ? this.countsIn(document) : undefined;
    const activity =
      documentTagger.activities.find((each) => each.document === document) ?? documentTagger.activities[0];
    const { text, label } = withServer(itemText(engine.status, activity, counts), server.host);
    this.item.text = text;
    this.item.accessibilityInformation = { label };
    this.item.tooltip = this.tooltip(counts, activity);
    this.item.command = engine.status.state === 'failed' ? commandIds.showLog : clickCommand(counts);
    // The item is hidden as long as nothing was tagged or loaded.
    const isNeeded = counts || activity || engine.status.state !== 'idle' || server.host !== undefined;
    if (isNeeded) this.item.show();
    else this.item.hide();
  }

  /** Counts the entities by type, limited to visible types that occur in the document. */
  private countsIn(document: vscode.TextDocument): ReadonlyMap<EntityType, number> | undefined {
    const annotations = this.parts.store.get(document);
    if (!annotations) return undefined;
    const counts = countByType(annotations.entities);
    const types = [...new Set<EntityType>([...shippedTypes, ...counts.keys()])];
    const visible = types.filter((type) => counts.has(type) && this.parts.settings.isShown(type, document));
    return new Map(visible.map((type) => [type, counts.get(type) ?? 0]));
  }

  private tooltip(
    counts: ReadonlyMap<EntityType, number> | undefined,
    activity: TaggingActivity | undefined,
  ): vscode.MarkdownString {
    const { engine, settings, server } = this.parts;
    const content = new vscode.MarkdownString();
    content.isTrusted = {
      enabledCommands: [
        commandIds.unloadModel,
        commandIds.showLog,
        commandIds.tagDocument,
        commandIds.setUpServer,
      ],
    };
    const paragraphs = [
      server.host !== undefined &&
        vscode.l10n.t('Text leaves this computer: {0} runs the model.', server.host),
      counts && countLines(counts),
      counts && cappedNote(total(counts), settings.maxMarks),
      activity && vscode.l10n.t('Tagging …'),
      ...engineLines(engine.status),
    ];
    for (const paragraph of paragraphs) if (paragraph) content.appendMarkdown(`${escape(paragraph)}\n\n`);
    const links = linksFor(engine.status, {
      canTag: counts === undefined,
      hasServer: server.host !== undefined,
    });
    return content.appendMarkdown(links);
  }
}

/** The text of the item, and the label that screen readers read. */
interface ItemText {
  readonly text: string;
  readonly label: string;
}

/** Adds a cloud icon if a server runs the model, whatever else the item shows: text of documents leaves the machine. */
function withServer({ text, label }: ItemText, host: string | undefined): ItemText {
  if (host === undefined) return { text, label };
  return {
    text: `$(cloud-upload) ${text.replace('$(beaker)', '').trim()}`.trim(),
    label: vscode.l10n.t('{0}. Text leaves this computer: {1} runs the model.', label, host),
  };
}

function itemText(
  { state }: EngineStatus,
  activity: TaggingActivity | undefined,
  counts: ReadonlyMap<EntityType, number> | undefined,
): ItemText {
  if (state === 'failed') {
    return {
      text: '$(warning) BioBERT',
      label: vscode.l10n.t('BioBERT: the model failed. Show the log.'),
    };
  }
  if (state === 'loading') {
    return { text: '$(loading~spin) BioBERT', label: vscode.l10n.t('BioBERT: loading the model') };
  }
  if (activity) {
    const done = formatPercent(activity.fraction ?? 0);
    return {
      text: `$(sync~spin) ${vscode.l10n.t('Tagging: {0}', done)}`,
      label: vscode.l10n.t('BioBERT: tagging, {0} done', done),
    };
  }
  if (!counts)
    return { text: '$(beaker) BioBERT', label: vscode.l10n.t('BioBERT: this document is not tagged') };
  const mentions = mentionsLabel(total(counts));
  return {
    text: `$(beaker) ${mentions}`,
    label: vscode.l10n.t('BioBERT: {0} in this document', mentions),
  };
}

function clickCommand(counts: ReadonlyMap<EntityType, number> | undefined): string {
  // VS Code defines this command for every view.
  return counts ? 'biobert.entities.focus' : commandIds.tagDocument;
}

function total(counts: ReadonlyMap<EntityType, number>): number {
  return [...counts.values()].reduce((sum, number) => sum + number, 0);
}

function countLines(counts: ReadonlyMap<EntityType, number>): string {
  if (counts.size === 0) return vscode.l10n.t('No entities were found.');
  return [...counts].map(([type, number]) => `${typeHeading(type)}: ${formatCount(number)}`).join('  \n');
}

function cappedNote(mentions: number, maxMarks: number): string | undefined {
  if (mentions <= maxMarks) return undefined;
  return vscode.l10n.t(
    'Only the {0} marks nearest to the visible text are shown. The entities view lists all.',
    formatCount(maxMarks),
  );
}

function engineLines({ state, model, memoryBytes, isFallback, error }: EngineStatus): string[] {
  const lines: string[] = [];
  if (error !== undefined) lines.push(error);
  if (model) lines.push(`${model.name} ${model.version}, ${model.runtime}`);
  if (isFallback)
    lines.push(vscode.l10n.t('The native runtime crashed: a slower one takes its place for now.'));
  if (state === 'loading') lines.push(vscode.l10n.t('Loading the model …'));
  if (memoryBytes !== undefined) {
    lines.push(vscode.l10n.t('{0} MB of memory in use', formatCount(Math.round(memoryBytes / 1024 / 1024))));
  }
  return lines;
}

function linksFor(
  { state }: EngineStatus,
  { canTag, hasServer }: { readonly canTag: boolean; readonly hasServer: boolean },
): string {
  const isLoaded = state === 'ready' || state === 'working';
  return [
    ...(canTag ? [`[${vscode.l10n.t('Tag this document')}](command:${commandIds.tagDocument})`] : []),
    ...(isLoaded ? [`[${vscode.l10n.t('Unload model')}](command:${commandIds.unloadModel})`] : []),
    ...(hasServer ? [`[${vscode.l10n.t('Change the server')}](command:${commandIds.setUpServer})`] : []),
    `[${vscode.l10n.t('Show log')}](command:${commandIds.showLog})`,
  ].join(' · ');
}

/** Escapes Markdown, since model names come from folder names. Line breaks are kept. */
function escape(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-!~<>|$&]/g, '\\$&');
}
