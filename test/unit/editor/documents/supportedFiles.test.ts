import type * as vscodeTypes from 'vscode';
import { beforeEach, describe, expect, it } from 'vitest';
import { supportedFiles } from '../../../../src/editor/documents/supportedFiles';
import { reset, Uri, workspace } from '../vscode';

const folder = { uri: Uri.parse('file:/p'), name: 'p', index: 0 } as unknown as vscodeTypes.WorkspaceFolder;

/** Finds these files as VS Code does, without those in the folders that `exclude` names. */
function useFiles(paths: readonly string[]): void {
  Object.assign(workspace, {
    findFiles: (_pattern: unknown, exclude: string) => {
      const folders = /^\*\*\/\{(.+)\}\/\*\*$/.exec(exclude)?.[1]?.split(',') ?? [];
      const isExcluded = (path: string) => folders.some((name) => path.includes(`/${name}/`));
      return Promise.resolve(
        paths.filter((path) => !isExcluded(path)).map((path) => Uri.parse(`file:${path}`)),
      );
    },
  });
}

describe('supportedFiles', () => {
  beforeEach(reset);

  it('leaves out the files of this program, which repeat what documents say, and the data of git', async () => {
    useFiles(['/p/.biobert/review.json', '/p/a/.biobert/curation.json', '/p/.git/x.json', '/p/refs.json']);
    const files = await supportedFiles(folder, ['csl-json']);
    expect(files.map(({ path }) => path)).toEqual(['/p/refs.json']);
  });
});
