import * as vscode from 'vscode';
import { shippedTypes } from '../../core/entityTypes';
import type { Entity } from '../../core/types';
import { typeHeading } from '../entities/typeLooks';
import { count, entities as entityCount } from '../entities/words';

const shownMs = 6000;

/** Says something in passing, in the status bar: read out by screen readers, never in the way. */
export function announce(message: string): void {
  vscode.window.setStatusBarMessage(message, shownMs);
}

/** How many entities there are, and of which types. */
export function announceCounts(entities: readonly Entity[]): void {
  const byType = new Map<string, number>(shippedTypes.map((type): [string, number] => [type, 0]));
  for (const { type } of entities) byType.set(type, (byType.get(type) ?? 0) + 1);
  const found = [...byType].filter(([, value]) => value > 0);
  const types = found.map(([type, value]) => `${typeHeading(type)} ${count(value)}`);
  if (types.length === 0) announce(vscode.l10n.t('No entities were found.'));
  else announce(`${entityCount(entities.length)}: ${types.join(', ')}`);
}
