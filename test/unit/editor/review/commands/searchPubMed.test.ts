/** The three commands that download records, on servers of this machine. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CancelledError, errorCodes } from '../../../../../src/core/errors';
import { emptySettings } from '../../../../../src/core/review/settings';
import { run as importZotero } from '../../../../../src/editor/review/commands/importZotero';
import { run as searchEuropePmc } from '../../../../../src/editor/review/commands/searchEuropePmc';
import { run as searchPubMed } from '../../../../../src/editor/review/commands/searchPubMed';
import { type FakeLiterature, startFakeLiterature, zoteroItem } from '../../../../support/fakeLiterature';
import { reviewIn, useReviewTools } from '../support';

const setup = useReviewTools();
const articles = ['1', '2', '3'].map((pmid) => ({
  pmid: `3000000${pmid}`,
  title: `Niacin in gout, part ${pmid}`,
  entered: '2020/01/01',
}));

let fake: FakeLiterature;
beforeEach(async () => {
  fake = await startFakeLiterature(articles);
  setup.addresses.pubMed = { baseUrl: `${fake.url}/entrez/eutils` };
  setup.addresses.europePmc = { baseUrl: `${fake.url}/europepmc/webservices/rest` };
  setup.addresses.zotero = { baseUrl: fake.url };
  await setup.tools.session.create({ ...emptySettings, title: 'Niacin' });
});
afterEach(() => fake.close());

async function imported() {
  const { settings, records } = (await reviewIn(setup.folder)).state;
  return { sources: settings.sources, pmids: records.map(({ pmid }) => pmid).sort() };
}

describe('Import from PubMed', () => {
  it('downloads what the user searched for, keeps the file, and names the search', async () => {
    setup.user.texts = ['Niacin', undefined];
    setup.user.picks = ['Download 3 records'];
    await searchPubMed(setup.tools, []);
    const { sources, pmids } = await imported();
    expect(pmids).toEqual(['30000001', '30000002', '30000003']);
    expect(sources).toMatchObject([
      { file: 'pubmed-niacin.nbib', database: 'PubMed', kind: 'database', query: 'Niacin', records: 3 },
    ]);
    expect(fs.existsSync(path.join(setup.folder, 'pubmed-niacin.nbib'))).toBe(true);
    expect(setup.user.messages).toEqual(['3 records imported.']);
  });

  it('takes a list of PubMed identifiers', async () => {
    setup.user.texts = ['30000003, 30000001', undefined];
    setup.user.picks = ['Download 2 records'];
    await searchPubMed(setup.tools, []);
    expect((await imported()).pmids).toEqual(['30000001', '30000003']);
  });

  it('asks once for a key, keeps it in the secret storage and sends it', async () => {
    setup.user.texts = ['Niacin', 'abc123'];
    setup.user.picks = ['Download 3 records'];
    await searchPubMed(setup.tools, []);
    expect([...setup.secrets.values()]).toEqual(['abc123']);
    expect(fake.requests.every(({ parameters }) => parameters.get('api_key') === 'abc123')).toBe(true);
  });

  it('says how many records PubMed did not give', async () => {
    fake.unavailable.add('30000002');
    setup.user.texts = ['Niacin', undefined];
    setup.user.picks = ['Download 3 records'];
    await searchPubMed(setup.tools, []);
    expect(setup.user.messages[0]).toBe('1 of 3 records could not be downloaded: 30000002.');
    expect((await imported()).pmids).toEqual(['30000001', '30000003']);
  });

  it('does not import the same records again when the search is repeated', async () => {
    for (let time = 1; time <= 2; time++) {
      setup.user.texts.push('Niacin', undefined);
      setup.user.picks.push('Download 3 records');
      await searchPubMed(setup.tools, []);
    }
    expect((await imported()).sources).toHaveLength(1);
    expect(setup.user.messages.at(-1)).toMatch(/^These records were imported on \d{4}-\d\d-\d\d already\.$/);
  });

  it('downloads nothing without a yes', async () => {
    setup.user.texts = ['Niacin', undefined];
    setup.user.picks = ['Cancel'];
    await expect(searchPubMed(setup.tools, [])).rejects.toThrow(CancelledError);
    expect((await imported()).sources).toEqual([]);
    expect(fake.requests.filter(({ path: asked }) => asked.includes('efetch'))).toEqual([]);
  });

  it('says so if nothing is found', async () => {
    setup.user.texts = ['Zirconium', undefined];
    await searchPubMed(setup.tools, []);
    expect(setup.user.messages).toEqual(['PubMed has no records for this search. Check its spelling.']);
  });

  it('needs a review before it asks for anything', async () => {
    fs.rmSync(path.join(setup.folder, '.biobert'), { recursive: true });
    await (await setup.tools.session.open()).reload();
    await expect(searchPubMed(setup.tools, [])).rejects.toMatchObject({ code: errorCodes.ARGUMENT_INVALID });
    expect(fake.requests).toEqual([]);
  });
});

describe('Import from Europe PMC', () => {
  it('downloads and imports what the user searched for', async () => {
    setup.user.texts = ['Niacin'];
    setup.user.picks = ['Download 3 records'];
    await searchEuropePmc(setup.tools, []);
    const { sources, pmids } = await imported();
    expect(pmids).toEqual(['30000001', '30000002', '30000003']);
    expect(sources).toMatchObject([
      { file: 'europe-pmc-niacin.xml', database: 'Europe PMC', query: 'Niacin' },
    ]);
  });
});

describe('Import from Zotero', () => {
  it('imports a collection of the library', async () => {
    fake.items = ['A', 'B', 'C'].map((key) =>
      zoteroItem(`KEY0000${key}`, { title: `Metal ${key}`, author: [{ family: 'Zinc', given: 'Anna' }] }),
    );
    setup.user.picks = ['The whole library', 'Download 3 records'];
    await importZotero(setup.tools, []);
    const { sources } = await imported();
    expect(sources).toMatchObject([{ database: 'Zotero', kind: 'other', records: 3 }]);
    expect(setup.user.lists[0]).toMatchObject(
      [
        'The whole library',
        'Gout',
        'Gout / Screened',
        'Metals',
        'Metals / Gout',
        'Metals / Gout / Screened',
      ].map((label) => ({ label })),
    );
  });

  it('imports a collection of a group', async () => {
    fake.items = ['A', 'B', 'C'].map((key) => zoteroItem(`KEY0000${key}`, { title: `Metal ${key}` }));
    setup.user.picks = ['Metals / Gout', 'Download 2 records'];
    await importZotero(setup.tools, []);
    expect((await imported()).sources).toMatchObject([{ query: 'Metals / Gout', records: 2 }]);
    expect(fake.requests.at(-1)?.path).toBe('/api/groups/77/collections/AAAA1111/items/top');
  });
});
