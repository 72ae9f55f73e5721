import * as vscode from 'vscode';
import { shippedTypes } from '../../core/entities/entityTypes';
import type { Entity } from '../../core/types';
import { typeHeading } from '../entities/typeLooks';
import { formatCount, mentionsLabel } from '../entities/countLabels';

const messageMs = 6000;

/** Shows a short message in the status bar. Screen readers read it, and it needs no action. */
export function announce(message: string): void {
  vscode.window.setStatusBarMessage(message, messageMs);
}

/** Announces the number of entities by type. */
export function announceCounts(entities: readonly Entity[]): void {
  const byType = new Map<string, number>(shippedTypes.map((type): [string, number] => [type, 0]));
  for (const { type } of entities) byType.set(type, (byType.get(type) ?? 0) + 1);
  const nonZero = [...byType].filter(([, value]) => value > 0);
  const types = nonZero.map(([type, value]) => `${typeHeading(type)} ${formatCount(value)}`);
  if (types.length === 0) announce(vscode.l10n.t('No entities were found.'));
  else announce(`${mentionsLabel(entities.length)}: ${types.join(', ')}`);
}
