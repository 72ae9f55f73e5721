import * as vscode from 'vscode';
import type { Span } from '../../core/types';
import { commandIds, isMentionLink } from '../commandIds';
import { toRange } from '../convert';
import { showPlace } from '../documents/showPlace';
import type { EntitiesView } from '../entities/entitiesView';
import { selectedNodes } from './selectedNodes';
import type { CommandParts } from './parts';
import { registerCommand } from './registerCommand';

const flashMs = 700;

interface RevealTarget {
  readonly uri: vscode.Uri;
  readonly span: Span;
  /** True for a row of the list: the focus stays there, so that the arrow keys continue to work. */
  readonly preserveFocus: boolean;
}

/** Opens the document of a mention, selects the mention and highlights its line for a moment. */
export function register({ view, log }: Pick<CommandParts, 'view' | 'log'>): vscode.Disposable {
  const flash = vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor('editor.rangeHighlightBackground'),
    isWholeLine: true,
  });
  const command = registerCommand(commandIds.revealMention, log, async (...args) => {
    const place = revealTarget(args, view);
    if (!place) return;
    const document = await vscode.workspace.openTextDocument(place.uri);
    const range = toRange(document, place.span);
    const { preserveFocus } = place;
    const editor = await showPlace(document, { selection: range, preview: true, preserveFocus });
    editor?.setDecorations(flash, [range]);
    setTimeout(() => editor?.setDecorations(flash, []), flashMs);
  });
  return vscode.Disposable.from(command, flash);
}

function revealTarget(args: readonly unknown[], view: EntitiesView): RevealTarget | undefined {
  const [link] = args;
  if (isMentionLink(link)) return { uri: vscode.Uri.parse(link.uri), span: link, preserveFocus: false };
  const [node] = selectedNodes(args, view);
  if (node?.kind !== 'mention') return undefined;
  const { document, entity } = node.mention;
  return { uri: vscode.Uri.parse(document), span: entity, preserveFocus: true };
}
