import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as vscode from 'vscode';
import { CancelledError, errorCodes } from '../../../../src/core/errors';
import { type FolderFacts, factsOf, saveTraining } from '../../../../src/editor/models/modelManifest';
import { askAboutTraining } from '../../../../src/editor/models/trainingQuestions';
import { readRelationsFolder } from '../../../../src/runtime/modelFolders/relationsFolder';
import { writeTinyClassifier } from '../../../support/tinyClassifier';
import { writeTinyQuestions } from '../../../support/tinyQuestions';
import { writeTinyRelations } from '../../../support/tinyRelations';
import { writeTinyTagger } from '../../../support/tinyTagger';

let folder = '';
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-training-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const window = vscode.window as { showQuickPick?: unknown; showInputBox?: unknown };

/** Picks the row at `pick` and answers the input boxes in order; `undefined` cancels, `true` accepts the proposal. */
function answer({ pick, texts = [] }: { pick?: number; texts?: readonly (string | true | undefined)[] }) {
  const picks: (readonly vscode.QuickPickItem[])[] = [];
  const boxes: vscode.InputBoxOptions[] = [];
  window.showQuickPick = (items: readonly vscode.QuickPickItem[]) => {
    picks.push(items);
    return Promise.resolve(pick === undefined ? undefined : items[pick]);
  };
  window.showInputBox = (options: vscode.InputBoxOptions) => {
    const text = texts[boxes.push(options) - 1];
    return Promise.resolve(text === true ? options.value : text);
  };
  return { picks, boxes };
}

const facts = (changes: Partial<FolderFacts> = {}): FolderFacts => ({
  name: 'model',
  task: undefined,
  labels: [],
  manifest: {},
  ...changes,
});

describe('the question how a relation model was trained', () => {
  const labels = ['LABEL_0', 'LABEL_1'];

  it('shows the guess first, and asks for the meaning of the labels', async () => {
    const { picks, boxes } = answer({ pick: 0, texts: [true] });
    const asked = facts({ name: 'biobert-gad', labels });
    expect(await askAboutTraining(asked, 'relation-extraction')).toEqual({
      mentions: { Gene: '@GENE$', Disease: '@DISEASE$' },
      pairs: [['Gene', 'Disease']],
      labels: { LABEL_0: 'none', LABEL_1: 'associated' },
    });
    expect(picks[0]?.[0]).toMatchObject({
      label: 'Gene – Disease',
      description: 'Gene: @GENE$, Disease: @DISEASE$',
    });
    const check = (text: string) => boxes[0]?.validateInput?.(text);
    expect(check('none, associated')).toBeUndefined();
    for (const wrong of ['none', 'a, b', 'none, none', 'none,'])
      expect(check(wrong)).toEqual(expect.any(String));
  });

  it('accepts any other way to write names', async () => {
    const texts = ['subject: <e1> {} </e1>, object: <e2> {} </e2>', 'Chemical, Disease', 'none, treats'];
    const { boxes } = answer({ pick: 4, texts });
    expect(await askAboutTraining(facts({ labels }), 'relation-extraction')).toEqual({
      mentions: { subject: '<e1> {} </e1>', object: '<e2> {} </e2>' },
      pairs: [['Chemical', 'Disease']],
      labels: { LABEL_0: 'none', LABEL_1: 'treats' },
    });
    expect(boxes[0]?.validateInput?.('nonsense')).toEqual(expect.any(String));
    expect(boxes[1]?.validateInput?.('Gene')).toEqual(expect.any(String));
  });

  it.each([
    ['at the list', { texts: [true] as const }],
    ['at the labels', { pick: 0, texts: [undefined] }],
    ['at the way to write names', { pick: 4, texts: [undefined] }],
    ['at the pair of types', { pick: 4, texts: [true, undefined] as const }],
  ])('can be cancelled %s', async (_, answers) => {
    answer(answers);
    await expect(askAboutTraining(facts({ labels }), 'relation-extraction')).rejects.toThrow(CancelledError);
  });

  it('is answered once; then the folder can be loaded', async () => {
    writeTinyClassifier(folder, { manifest: { mentions: undefined } });
    await expect(readRelationsFolder(folder)).rejects.toMatchObject({
      code: errorCodes.MODEL_CONFIG_INVALID,
    });
    answer({ pick: 0, texts: ['none, inhibits, causes'] });
    const found = await factsOf(folder);
    expect(found).toMatchObject({ name: 'Tiny classifier', task: 'relation-extraction' });
    const training = found && (await askAboutTraining(found, 'relation-extraction'));
    await saveTraining(folder, 'relation-extraction', training ?? {});
    const { config, info } = await readRelationsFolder(folder);
    expect(info).toMatchObject({ name: 'Tiny classifier', version: '1', types: ['inhibits', 'causes'] });
    expect(config).toMatchObject({ outputs: [undefined, 'inhibits', 'causes'] });
  });

  it('can be answered for a folder without biobert.json', async () => {
    writeTinyClassifier(folder, { manifest: false });
    expect((await factsOf(folder))?.task).toBe('relation-extraction');
    answer({ pick: 0, texts: [true] });
    const asked = facts({ labels: ['LABEL_0', 'LABEL_1', 'LABEL_2'] });
    await saveTraining(
      folder,
      'relation-extraction',
      (await askAboutTraining(asked, 'relation-extraction')) ?? {},
    );
    expect((await readRelationsFolder(folder)).info.name).toBe(path.basename(folder));
  });

  it('fails with an error if its answer cannot be saved', async () => {
    await expect(saveTraining(path.join(folder, 'none'), 'relation-extraction', {})).rejects.toMatchObject({
      code: errorCodes.OUTPUT_UNWRITABLE,
    });
  });
});

describe('the question whether a question model can find no answer', () => {
  it.each([
    ['biobert-squad', 0, false],
    ['biobert-squad', 1, true],
    ['biobert-squad2', 0, true],
  ])('shows the guess first: %s, row %i', async (name, pick, nullAnswer) => {
    answer({ pick });
    expect(await askAboutTraining(facts({ name }), 'question-answering')).toEqual({ nullAnswer });
  });
});

describe('models that describe their training', () => {
  it('need no question', async () => {
    const { picks, boxes } = answer({});
    const folders = [
      writeTinyTagger(path.join(folder, 'tagger')),
      writeTinyRelations(path.join(folder, 'relations')),
      writeTinyQuestions(path.join(folder, 'questions')),
    ];
    for (const each of folders) {
      const found = await factsOf(each);
      expect(found?.task).toBe(
        { tagger: 'token-classification', relations: 'relation-extraction', questions: 'question-answering' }[
          path.basename(each)
        ],
      );
      if (found?.task) expect(await askAboutTraining(found, found.task)).toBeUndefined();
    }
    expect([picks, boxes]).toEqual([[], []]);
  });

  it('are not found in a folder without a graph', async () => {
    expect(await factsOf(folder)).toBeUndefined();
  });
});
