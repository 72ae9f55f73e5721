import * as fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as vscode from 'vscode';
import { askForRepository } from '../../../../src/editor/models/askForRepository';
import { curatedModels } from '../../../../src/editor/models/curated';
import { isRepository } from '../../../../src/runtime/hub/hubListing';

describe('the list of models on the hub', () => {
  it('contains valid names without duplicates', () => {
    const names = curatedModels.map(({ repository }) => repository);
    expect(names.filter((name) => !isRepository(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  it('contains several models for every task, with their size', () => {
    const tasks = ['token-classification', 'relation-extraction', 'question-answering'];
    for (const task of tasks)
      expect(curatedModels.filter((model) => model.task === task).length).toBeGreaterThan(3);
    expect(curatedModels.filter(({ megabytes }) => !(megabytes > 100 && megabytes < 2000))).toEqual([]);
  });

  it('agrees with models/others.md, which cites a source for each model', () => {
    const page = fs.readFileSync('models/others.md', 'utf8');
    const rows = page.split('\n').filter((line) => /^\| `[^`]+\/[^`]+` /u.test(line));
    expect(rows.map((row) => row.split('`')[1])).toEqual(curatedModels.map(({ repository }) => repository));
    for (const [index, { license, score }] of curatedModels.entries()) {
      expect(rows[index]).toMatch(/\]\(https:\/\//u);
      expect(rows[index]).toContain(`| ${license ?? '–'} | ${score ?? '–'} |`);
    }
  });

  it('shows the models of the task with their facts, and accepts any other name', async () => {
    const seen: vscode.QuickPickItem[][] = [];
    let pick = 0;
    const window = vscode.window as { showQuickPick?: unknown; showInputBox?: unknown };
    window.showQuickPick = (items: vscode.QuickPickItem[]) => {
      seen.push(items);
      return Promise.resolve(items.at(pick));
    };
    window.showInputBox = () => Promise.resolve(' lab/model ');
    expect(await askForRepository('question-answering')).toBe('dmis-lab/biobert-base-cased-v1.1-squad');
    expect(seen[0]?.[0]).toMatchObject({
      description: 'BioBERT 1.1 · SQuAD 1',
      detail: 'about 433 MB · licence: see its page · score: see its page',
    });
    expect(await askForRepository('relation-extraction')).toBe('JacopoBandoni/BioBertRelationGenesDiseases');
    expect(seen[1]?.[0]?.detail).toBe('about 433 MB · afl-3.0 · score: see its page');
    pick = -1;
    expect(await askForRepository('question-answering')).toBe('lab/model');
  });
});
