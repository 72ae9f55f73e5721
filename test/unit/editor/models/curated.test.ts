import { describe, expect, it } from 'vitest';
import * as vscode from 'vscode';
import { askForRepository } from '../../../../src/editor/models/askForRepository';
import { curatedModels } from '../../../../src/editor/models/curated';
import { isRepository } from '../../../../src/runtime/hub/hubListing';

describe('the list of models on the hub', () => {
  it('has names that a hub can have, each once', () => {
    const names = curatedModels.map(({ repository }) => repository);
    expect(names.filter((name) => !isRepository(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  it('shows those of the task, says that they were not checked, and takes any other name', async () => {
    const seen: vscode.QuickPickItem[][] = [];
    let pick = 0;
    const window = vscode.window as { showQuickPick?: unknown; showInputBox?: unknown };
    window.showQuickPick = (items: vscode.QuickPickItem[]) => {
      seen.push(items);
      return Promise.resolve(items.at(pick));
    };
    window.showInputBox = () => Promise.resolve(' lab/model ');
    expect(await askForRepository('question-answering')).toBe('dmis-lab/biobert-base-cased-v1.1-squad');
    expect(seen[0]?.slice(0, -1).every(({ detail }) => detail?.includes('not checked'))).toBe(true);
    pick = -1;
    expect(await askForRepository('question-answering')).toBe('lab/model');
    // None is known for relations: the name is asked for at once.
    expect(await askForRepository('relation-extraction')).toBe('lab/model');
    expect(seen).toHaveLength(2);
  });
});
