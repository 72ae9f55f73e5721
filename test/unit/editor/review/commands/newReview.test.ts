import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { CancelledError, errorCodes } from '../../../../../src/core/errors';
import { emptySettings } from '../../../../../src/core/review/settings';
import { run } from '../../../../../src/editor/review/commands/newReview';
import { recordFiles } from '../../../../support/recordFiles';
import { Uri, workspace } from '../../vscode';
import { reviewIn, useReviewTools, writeFile } from '../support';

const setup = useReviewTools();
const { ris = '', medline = '' } = recordFiles;
const allFiles = 'All files with records in this folder';
const isWritten = () => fs.existsSync(path.join(setup.folder, '.biobert'));

describe('New Review', () => {
  it('imports the files of the folder and finds duplicates', async () => {
    const { folder, user, tools } = setup;
    writeFile(folder, 'embase.ris', ris);
    writeFile(folder, 'searches/pubmed.NBIB', medline);
    writeFile(folder, 'letter.txt', 'Dear Anna');
    user.texts = ['Niacin', 'Does niacin cause gout?'];
    user.picks = [allFiles, 'all'];
    await run(tools, []);
    const { settings, records } = (await reviewIn(folder)).state;
    expect(settings).toMatchObject({
      title: 'Niacin',
      question: 'Does niacin cause gout?',
      criteria: { include: [], exclude: [] },
      sources: [
        { id: 's1', file: 'embase.ris', database: 'Embase' },
        { id: 's2', file: 'searches/pubmed.NBIB', database: 'PubMed' },
      ],
    });
    expect(records).toHaveLength(2);
    expect(user.lists[0]?.map(({ description }) => description)).toContain('2 files, 2 records');
    expect(user.lists[1]).toMatchObject([
      {
        label: 'embase.ris',
        description: 'RIS · 1 record',
        detail: 'Embase · 1 with abstract, 1 with DOI, 0 with PMID',
        picked: true,
      },
      { label: 'searches/pubmed.NBIB', description: 'PubMed (nbib) · 1 record', picked: true },
    ]);
    expect(user.messages).toEqual(['2 records imported, 1 duplicate merged.']);
    expect(user.executed).toEqual([['biobert.review.open']]);
    expect((await tools.session.open()).state.records).toHaveLength(2);
    expect(setup.importers).toMatchObject([{ isStopped: true }]);
  });

  it('opens the review by itself, and its message leads to the duplicates alone', async () => {
    const { folder, user, tools } = setup;
    writeFile(folder, 'embase.ris', ris);
    writeFile(folder, 'pubmed.nbib', medline);
    user.texts = ['Niacin', ''];
    user.picks = [allFiles, 'all'];
    user.button = 'Show Duplicates';
    await run(tools, []);
    expect(user.buttons).toEqual([['Show Duplicates']]);
    await vi.waitFor(() =>
      expect(new Set(user.executed.flat())).toEqual(
        new Set(['biobert.review.open', 'biobert.review.duplicates']),
      ),
    );
  });

  it('imports only the files that stay checked', async () => {
    const { folder, user, tools } = setup;
    writeFile(folder, 'a.ris', ris);
    writeFile(folder, 'b.nbib', medline);
    user.texts = ['Niacin', ''];
    user.picks = [allFiles, ['b.nbib']];
    await run(tools, []);
    const { settings, records } = (await reviewIn(folder)).state;
    expect(settings.sources).toMatchObject([{ file: 'b.nbib' }]);
    expect(records).toHaveLength(1);
  });

  it('imports files that the user chooses, also from another folder and in any format', async () => {
    const { folder, user, tools } = setup;
    const outside = fs.mkdtempSync(path.join(folder, '..', 'biobert-outside-'));
    user.files = [writeFile(outside, 'zinc.txt', 'Zinc in colds\n\nIt helps.')];
    user.texts = ['Zinc', ''];
    user.picks = ['Choose files…', 'all'];
    await run(tools, []);
    fs.rmSync(outside, { recursive: true });
    const { settings, records } = (await reviewIn(folder)).state;
    expect(settings.sources).toMatchObject([
      { file: Uri.file(path.join(outside, 'zinc.txt')).toString(), kind: 'other' },
    ]);
    expect(records).toMatchObject([{ title: 'Zinc in colds' }]);
  });

  it('can begin without records', async () => {
    const { folder, user, tools } = setup;
    user.texts = ['Niacin', ''];
    user.picks = ['Later'];
    await run(tools, []);
    expect((await reviewIn(folder)).state.settings).toEqual({ ...emptySettings, title: 'Niacin' });
    expect(user.messages).toHaveLength(1);
    expect(user.executed).toEqual([['biobert.review.open']]);
  });

  it.each<[question: string, texts: (string | undefined)[], picks: (string | undefined)[]]>([
    ['title', [undefined], []],
    ['question', ['Niacin', undefined], []],
    ['records', ['Niacin', ''], [undefined]],
    ['files', ['Niacin', ''], [allFiles, undefined]],
    ['dialog', ['Niacin', ''], ['Choose files…']],
  ])('writes nothing if the user cancels at the question for the %s', async (_question, texts, picks) => {
    const { folder, user, tools } = setup;
    writeFile(folder, 'a.ris', ris);
    Object.assign(user, { texts, picks });
    await run(tools, []);
    expect(isWritten()).toBe(false);
    expect(user.messages).toEqual([]);
    expect(user.executed).toEqual([]);
  });

  it('imports nothing if the user cancels while records are imported', async () => {
    const { folder, user, tools } = setup;
    writeFile(folder, 'a.ris', ris);
    user.texts = ['Niacin', ''];
    user.picks = [allFiles, 'all'];
    const start = tools.createImporter;
    const cancelling = {
      ...tools,
      createImporter: () => ({ ...start(), import: () => Promise.reject(new CancelledError()) }),
    };
    await expect(run(cancelling, [])).rejects.toThrow(CancelledError);
    expect((await reviewIn(folder)).state).toMatchObject({ records: [], settings: { sources: [] } });
    expect(user.messages).toEqual([]);
    expect(setup.importers).toMatchObject([{ isStopped: true }]);
  });

  it('asks nothing of a caller who says everything', async () => {
    const { folder, tools } = setup;
    const file = writeFile(folder, 'a.ris', ris);
    await run(tools, [{ title: 'Niacin', question: 'Why?', files: [file] }]);
    const { state } = await reviewIn(folder);
    expect(state.settings).toMatchObject({ title: 'Niacin', question: 'Why?' });
    expect(state.records).toHaveLength(1);
    await expect(run(tools, [])).rejects.toMatchObject({ code: errorCodes.ARGUMENT_INVALID });
  });

  it('says which file a caller named that cannot be read', async () => {
    const file = writeFile(setup.folder, 'a.ris', '\0'.repeat(500));
    const given = { title: 'Niacin', question: '', files: [file] };
    await expect(run(setup.tools, [given])).rejects.toMatchObject({ code: errorCodes.DOCUMENT_BINARY });
    expect(isWritten()).toBe(false);
  });

  it.each([
    ['a folder that is not on this machine', [{ uri: Uri.parse('vscode-vfs://github/anna/review') }]],
    ['no folder', undefined],
  ])('refuses %s and says what to open', async (_what, workspaceFolders) => {
    Object.assign(workspace, { workspaceFolders });
    await expect(run(setup.tools, [])).rejects.toMatchObject({
      message: 'No folder of this machine is open.',
      nextStep: 'Open the folder in which the files of the review will be kept.',
    });
  });

  it('refuses a folder with a review', async () => {
    await setup.tools.session.create(emptySettings);
    await expect(run(setup.tools, [])).rejects.toMatchObject({
      nextStep: 'Run "BioBERT: Open Review", or open another folder.',
    });
  });
});
