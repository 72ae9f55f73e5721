import * as vscode from 'vscode';
import type { Entity } from '../../core/types';
import { toOffset, toRange } from '../convert';
import type { EntitySource } from '../entities/source';
import { typeName } from '../entities/typeLooks';
import { count, percent } from '../entities/words';
import { announce } from './announce';

/** Selects, shows and announces the mention that `find` gives for where the selection begins. */
export function goToEntity(
  source: EntitySource,
  find: (entities: readonly Entity[], offset: number) => Entity | undefined,
): void {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return;
  const entities = source.get(editor.document.uri)?.entities ?? [];
  const entity = find(entities, toOffset(editor.document, editor.selection.start));
  if (!entity) {
    announce(vscode.l10n.t('No entities here yet. Tag the document first.'));
    return;
  }
  const range = toRange(editor.document, entity);
  editor.selection = new vscode.Selection(range.start, range.end);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  const place = vscode.l10n.t('{0} of {1}', count(entities.indexOf(entity) + 1), count(entities.length));
  announce([entity.name, typeName(entity.type), percent(entity.probability), place].join(', '));
}
