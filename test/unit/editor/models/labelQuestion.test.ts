import { afterEach, describe, expect, it, vi } from 'vitest';
import * as vscode from 'vscode';
import { CancelledError } from '../../../../src/core/errors';
import { askForLabels } from '../../../../src/editor/models/labelQuestion';

afterEach(() => vi.restoreAllMocks());

/** Answers the question; `undefined` cancels it. */
function answer(text: string | undefined) {
  const asked: vscode.InputBoxOptions[] = [];
  const window = vscode.window as { showInputBox?: unknown };
  window.showInputBox = (options: vscode.InputBoxOptions) => {
    asked.push(options);
    return Promise.resolve(text);
  };
  return asked;
}

describe('the question about the meaning of labels', () => {
  const labels = ['LABEL_0', 'LABEL_1', 'LABEL_2'];

  it('is not asked if the labels have names', async () => {
    const asked = answer('');
    expect(await askForLabels(['O', 'B-Gene'], 'model')).toBeUndefined();
    expect(asked).toEqual([]);
  });

  it('shows a guess, and accepts what the user changes', async () => {
    const asked = answer('B-Disease, I-Disease, O');
    expect(await askForLabels(labels, 'biobert-ncbi-disease')).toEqual({
      LABEL_0: 'B-Disease',
      LABEL_1: 'I-Disease',
      LABEL_2: 'O',
    });
    expect(asked[0]?.value).toBe('O, B-Disease, I-Disease');
  });

  it('refuses lists that no tagger could have', async () => {
    const asked = answer('O, B-Disease, I-Disease');
    await askForLabels(labels, 'model');
    const check = (text: string) => asked[0]?.validateInput?.(text);
    expect(check('O, B-Disease')).toEqual(expect.any(String));
    expect(check('B-Disease, I-Disease, I-Gene')).toEqual(expect.any(String));
    expect(check('O, B-Disease, I-Disease')).toBeUndefined();
  });

  it('can be cancelled', async () => {
    answer(undefined);
    await expect(askForLabels(labels, 'model')).rejects.toThrow(CancelledError);
  });
});
