import * as vscode from 'vscode';
import type { Entity } from '../../core/types';
import { toOffset, toRange } from '../convert';
import type { EntitySource } from '../entities/entitySource';
import { conceptsLabel } from '../entities/conceptLabels';
import { typeName } from '../entities/typeLooks';
import { formatCount, formatPercent } from '../entities/countLabels';
import { announce } from './announce';

/** Selects and announces the entity that `find` returns for the start of the selection. */
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
  const place = vscode.l10n.t(
    '{0} of {1}',
    formatCount(entities.indexOf(entity) + 1),
    formatCount(entities.length),
  );
  const concepts = entity.concepts?.length ? [conceptsLabel(entity.concepts, entity.name)] : [];
  const facts = [entity.name, ...concepts, typeName(entity.type), formatPercent(entity.probability), place];
  announce(facts.join(', '));
}
