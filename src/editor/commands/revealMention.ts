import * as vscode from 'vscode';
import type { Span } from '../../core/types';
import { commandIds, isMentionLink } from '../commandIds';
import { toRange } from '../convert';
import type { EntitiesView } from '../entities/entitiesView';
import { nodesFrom } from './nodes';
import type { CommandParts } from './parts';
import { registerCommand } from './register';

const flashMs = 700;

interface Place {
  readonly uri: vscode.Uri;
  readonly span: Span;
  /** From the list the focus stays there, so that arrows go on. */
  readonly preserveFocus: boolean;
}

/** Opens the document of a mention, selects it, shows it and flashes its line. */
export function register({ view, log }: Pick<CommandParts, 'view' | 'log'>): vscode.Disposable {
  const flash = vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor('editor.rangeHighlightBackground'),
    isWholeLine: true,
  });
  const command = registerCommand(commandIds.revealMention, log, async (...args) => {
    const place = placeFrom(args, view);
    if (!place) return;
    const document = await vscode.workspace.openTextDocument(place.uri);
    const range = toRange(document, place.span);
    const { preserveFocus } = place;
    const editor = await vscode.window.showTextDocument(document, {
      selection: range,
      preview: true,
      preserveFocus,
    });
    editor.setDecorations(flash, [range]);
    setTimeout(() => editor.setDecorations(flash, []), flashMs);
  });
  return vscode.Disposable.from(command, flash);
}

function placeFrom(args: readonly unknown[], view: EntitiesView): Place | undefined {
  const [link] = args;
  if (isMentionLink(link)) return { uri: vscode.Uri.parse(link.uri), span: link, preserveFocus: false };
  const [node] = nodesFrom(args, view);
  if (node?.kind !== 'mention') return undefined;
  const { document, entity } = node.mention;
  return { uri: vscode.Uri.parse(document), span: entity, preserveFocus: true };
}
