import * as vscode from 'vscode';
import { commandIds } from '../commandIds';
import type { EntityNode } from '../entities/entityTree';
import { selectedNodes } from './selectedNodes';
import type { CommandParts } from './parts';
import { registerCommand } from './registerCommand';

/** Copies the names of the selected rows, one in each line. For a type, all of its names are copied. */
export function register({ view, log }: Pick<CommandParts, 'view' | 'log'>): vscode.Disposable {
  return registerCommand(commandIds.copyEntities, log, async (...args) => {
    const lines = selectedNodes(args, view).flatMap(textOf);
    if (lines.length > 0) await vscode.env.clipboard.writeText([...new Set(lines)].join('\n'));
  });
}

function textOf(node: EntityNode): readonly string[] {
  switch (node.kind) {
    case 'type':
      return node.names.map(({ name }) => name);
    case 'name':
      return [node.name];
    case 'mention':
      return [node.mention.entity.name];
    case 'more':
      return [];
  }
}
