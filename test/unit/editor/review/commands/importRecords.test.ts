import { beforeEach, describe, expect, it, vi } from 'vitest';
import { BioBertError, CancelledError, errorCodes } from '../../../../../src/core/errors';
import { emptySettings } from '../../../../../src/core/review/settings';
import { run } from '../../../../../src/editor/review/commands/importRecords';
import { recordFiles } from '../../../../support/recordFiles';
import { Uri } from '../../vscode';
import { createReview, reviewIn, useReviewTools, writeFile } from '../support';

const setup = useReviewTools();
const { ris = '', medline = '' } = recordFiles;
beforeEach(async () => {
  await createReview(setup, emptySettings);
});
const titles = async () => (await reviewIn(setup.folder)).state.records.map(({ title }) => title);

describe('Import Records', () => {
  it('takes the selected files and folders of the explorer', async () => {
    const { folder, user, tools } = setup;
    const file = writeFile(folder, 'a.ris', ris);
    const copper = ris.replace('Niacin in gout', 'Copper in hair').replace('ZINC.1', 'copper.1');
    writeFile(folder, 'more/b.ris', copper);
    writeFile(folder, 'more/.biobert/c.ris', ris);
    user.picks = ['all'];
    await run(tools, [file, [file, Uri.file(`${folder}/more`)]]);
    expect(user.lists[0]?.map(({ label }) => label)).toEqual(['a.ris', 'more/b.ris']);
    expect(await titles()).toEqual(['Niacin in gout', 'Copper in hair']);
  });

  it('imports given files without questions', async () => {
    await run(setup.tools, [{ files: [writeFile(setup.folder, 'a.ris', ris)] }]);
    expect(setup.user.lists).toEqual([]);
    expect(await titles()).toEqual(['Niacin in gout']);
  });

  it('leads to the screening view by a button of its message', async () => {
    const { folder, user, tools } = setup;
    user.button = 'Screen';
    await run(tools, [{ files: [writeFile(folder, 'a.ris', ris)] }]);
    expect(user.buttons).toEqual([['Screen']]);
    await vi.waitFor(() => expect(user.executed).toEqual([['biobert.review.open']]));
  });

  it('takes the file that was clicked', async () => {
    setup.user.picks = ['all'];
    await run(setup.tools, [writeFile(setup.folder, 'a.ris', ris)]);
    expect(await titles()).toEqual(['Niacin in gout']);
  });

  it('imports a paper by its title, and a scanned one by its name', async () => {
    const { folder, user, tools, papers } = setup;
    papers.set('zinc.pdf', '# Zinc against colds in children\n\n## Abstract\n\nIt helps.\n');
    papers.set('scan.pdf', new BioBertError(errorCodes.PAPER_SCANNED, 'Scan.', 'Add a text layer.'));
    papers.set('broken.pdf', new BioBertError(errorCodes.PAPER_DAMAGED, 'Damaged.', 'Save it anew.'));
    for (const name of papers.keys()) writeFile(folder, `papers/${name}`, '%PDF');
    user.picks = ['All files with records in this folder', 'all'];
    await run(tools, []);
    expect(user.lists[0]?.[1]?.description).toBe('3 files, 3 records');
    expect((await titles()).sort()).toEqual(['Zinc against colds in children', 'scan']);
    expect(user.messages[0]).toBe(
      'Files that cannot be imported: 1. broken.pdf: Damaged. Save it anew. (BB313)',
    );
  });

  it('leaves a file unchecked that was imported before, and imports it again if it is checked', async () => {
    const { folder, user, tools } = setup;
    const file = writeFile(folder, 'a.ris', ris);
    user.picks = ['all', 'all', ['a.ris'], 'all'];
    await run(tools, [file]);
    await run(tools, [file]);
    expect(user.lists[1]?.[0]).toMatchObject({ picked: false });
    expect(user.lists[1]?.[0]?.detail).toMatch(/^Imported on \d{4}-\d\d-\d\d; check it/);
    expect(await titles()).toHaveLength(1);
    await run(tools, [file]);
    expect(await titles()).toHaveLength(2);
    writeFile(folder, 'a.ris', medline);
    await run(tools, [file]);
    expect(user.lists[3]?.[0]?.detail).toMatch(/^Other records were imported from a file of this name/);
    expect(await titles()).toHaveLength(3);
  });

  it('says what could not be read of a file', async () => {
    const text = `${ris}\nTY  - JOUR\nKW  - gout\nER  - \n\nTY  - JOUR\nDO  - 10.1000/x.1\nER  - \n`;
    setup.user.picks = ['all'];
    await run(setup.tools, [writeFile(setup.folder, 'a.ris', text)]);
    expect(setup.user.lists[0]?.[0]?.detail).toBe(
      'a · 1 with abstract, 2 with DOI, 0 with PMID · 1 without title · left out because they state no publication: 1 (lines 15)',
    );
    expect(setup.user.messages.at(-1)).toBe('2 records imported.');
  });

  it('says what to export if the files hold no records', async () => {
    const file = writeFile(setup.folder, 'a.ris', 'a letter');
    await expect(run(setup.tools, [file])).rejects.toMatchObject({
      code: errorCodes.DOCUMENT_FORMAT_UNKNOWN,
      nextStep: 'Export the records as RIS, PubMed (nbib), BibTeX or CSV and choose these files.',
    });
    const remote = Uri.parse('vscode-vfs://github/a.ris');
    Object.assign(remote, { path: file.path });
    await expect(run(setup.tools, [remote])).rejects.toMatchObject({
      message: 'The file is not on this machine.',
    });
  });

  it('imports nothing if the user cancels', async () => {
    setup.user.picks = [undefined, undefined];
    const file = writeFile(setup.folder, 'a.ris', ris);
    await run(setup.tools, [file]);
    await run(setup.tools, []);
    expect(setup.user.lists[1]?.map(({ label }) => label)).not.toContain('Later');
    expect(await titles()).toEqual([]);
    expect(setup.user.messages).toEqual([]);
    expect(setup.importers.map(({ isStopped }) => isStopped)).toEqual([true, true]);
  });

  describe('of files that were screened in another program', () => {
    const screened = (note: string, title: string): string =>
      ris.replace('Niacin in gout', title).replace('ZINC.1', title).replace('ER  -', `N1  - ${note}\nER  -`);
    const text = [
      screened('ASReview_relevant', 'Copper in hair'),
      screened('ASReview_irrelevant', 'Tin in ale'),
      screened('ASReview_not_seen', 'Lead in wine'),
    ].join('\n');
    const outcomes = async () => {
      const { records, screening } = (await reviewIn(setup.folder)).state;
      return records.map(({ title, id }) => [title, screening.decisionOf(id, 'abstract', 'Anna')?.choice]);
    };

    it('takes the decisions over if the user says so', async () => {
      setup.user.picks = ['all', 'Import them as decisions of Anna'];
      await run(setup.tools, [writeFile(setup.folder, 'asreview.ris', text)]);
      expect(await outcomes()).toEqual([
        ['Copper in hair', 'include'],
        ['Tin in ale', 'exclude'],
        ['Lead in wine', undefined],
      ]);
    });

    it('keeps what the reviewer has decided here, and shows the decisions of a colleague as conflicts', async () => {
      const file = writeFile(setup.folder, 'asreview.ris', text);
      setup.user.picks = ['all', 'Leave them out and screen again'];
      await run(setup.tools, [file]);
      const review = await setup.tools.session.open();
      const [copper] = review.state.records;
      const own = {
        phase: 'abstract',
        who: 'Anna',
        when: new Date().toISOString(),
        choice: 'exclude',
      } as const;
      await review.decide({ ...own, record: copper?.id ?? '' });
      setup.user.picks = [['asreview.ris'], 'Import them as decisions of Anna'];
      await run(setup.tools, [file]);
      const after = async () => (await reviewIn(setup.folder)).state.screening;
      expect((await after()).decisionOf(copper?.id ?? '', 'abstract', 'Anna')?.choice).toBe('exclude');
      setup.user.picks = [['asreview.ris'], 'Import them as decisions of another reviewer…'];
      setup.user.texts = ['Ben'];
      await run(setup.tools, [file]);
      expect((await after()).isConflict(copper?.id ?? '', 'abstract')).toBe(true);
    });

    it('leaves them out, or imports nothing at all', async () => {
      const file = writeFile(setup.folder, 'asreview.ris', text);
      setup.user.picks = ['all', undefined];
      await expect(run(setup.tools, [file])).rejects.toThrow(CancelledError);
      expect(await outcomes()).toEqual([]);
      setup.user.picks = ['all', 'Leave them out and screen again'];
      await run(setup.tools, [file]);
      expect((await outcomes()).map(([, choice]) => choice)).toEqual([undefined, undefined, undefined]);
    });
  });
});
