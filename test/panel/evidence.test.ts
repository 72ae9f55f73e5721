import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import type { EvidenceCell, EvidenceView } from '../../src/protocol/panel';
import { evidenceEvent } from '../../src/protocol/panelMessages';
import { violations } from './axe';
import { fakeHost } from './host';
import { closeBrowser, openPanel, type OpenOptions } from './page';
import { themes, type ThemeName } from './themes';

afterAll(async () => {
  await closeBrowser();
});

function cell(id: number, name: string, topic: string, change: Partial<EvidenceCell> = {}): EvidenceCell {
  return {
    id,
    isPinned: true,
    topic,
    document: `papers/${name}`,
    name,
    line: 3 + id,
    text: `Sentence ${id}: carriers of the mutation who took tamoxifen for five years had a lower risk than those who did not.`,
    note: '',
    probability: 0.92,
    isDenied: false,
    ...change,
  };
}

const view: EvidenceView = {
  topics: [
    {
      id: 'pair',
      label: 'tamoxifen – breast cancer (negative correlation)',
      ids: 'MESH:D013629 – MESH:D001943',
      source: 'relation',
    },
    { id: 'question', label: 'Which drugs lower breast cancer risk?', source: 'answer' },
  ],
  cells: [
    cell(1, 'smith2019.md', 'pair', { note: 'randomised' }),
    cell(2, 'chen2021.nbib', 'question', { isDenied: true }),
    cell(3, 'smith2019.md', 'question'),
    cell(40, 'a-rather-long-name-of-a-document-2020.md', 'pair', { isPinned: false }),
  ],
};

async function openTable(options: Partial<OpenOptions> = {}) {
  const fake = fakeHost();
  const panel = await openPanel({ ...options, host: fake.host });
  panel.rpc.notify(evidenceEvent, view);
  await panel.page.locator('#tab-evidence').click();
  await panel.page.locator('.evidence-tools').waitFor();
  if (!(await panel.page.locator('.evidence-table').isVisible()))
    await panel.page.getByRole('button', { name: 'As a table' }).click();
  await panel.page.locator('.evidence-table .go').first().waitFor();
  return { ...panel, calls: fake.calls };
}

function focused(page: Page): Promise<string> {
  return page.evaluate<string>('document.activeElement.textContent');
}

describe('the evidence table', () => {
  it('has documents as rows and topics as columns, with each sentence in its cell', async () => {
    const { page, problems, close } = await openTable({ width: 640 });
    expect(await page.getByRole('columnheader').allInnerTexts()).toEqual([
      'Document',
      ...view.topics.map(({ label, ids }) => (ids === undefined ? label : `${label}\n${ids}`)),
    ]);
    expect(await page.getByRole('rowheader').allInnerTexts()).toEqual([
      'a-rather-long-name-of-a-document-2020.md',
      'chen2021.nbib',
      'smith2019.md',
    ]);
    const smith = page.getByRole('row', { name: 'smith2019.md' }).getByRole('gridcell');
    expect(await smith.nth(0).innerText()).toContain('Sentence 1');
    expect(await smith.nth(1).innerText()).toContain('Sentence 3');
    expect(problems).toEqual([]);
    await close();
  });

  it("is a table or a list, depending on the width and on the user's choice", async () => {
    const { page, saved, rpc, close } = await openTable({ width: 640 });
    await page.setViewportSize({ width: 300, height: 700 });
    await page.locator('.evidence-list').first().waitFor();
    await page.getByRole('button', { name: 'As a table' }).click();
    await page.locator('.evidence-table').waitFor();
    expect(await saved()).toMatchObject({ evidence: { isTable: true, withUnpinned: true } });
    await page.getByRole('button', { name: 'Show sentences that are not pinned' }).click();
    await expect.poll(() => page.locator('.evidence-table .go').count()).toBe(3);
    rpc.notify(evidenceEvent, { topics: [], cells: [] });
    await page.getByText('Nothing is pinned yet.').waitFor();
    await close();
  });

  it('supports keys to move, open, pin, write notes and unpin', async () => {
    const { page, calls, rpc, close } = await openTable({ width: 640 });
    await page.locator('.evidence-table .go[tabindex="0"]').focus();
    expect(await focused(page)).toContain('not pinned');
    await page.keyboard.press('p');
    await expect
      .poll(() => calls.at(-1))
      .toMatchObject({
        method: 'pin',
        params: { kind: 'relation', id: 40, pinned: true },
      });
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).toMatch(/^Sentence 1.*randomised$/);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => calls.at(-1))
      .toMatchObject({
        method: 'reveal',
        params: { kind: 'evidence', id: 3, keepFocus: false },
      });
    await page.keyboard.press('n');
    await page.keyboard.type('see table 2');
    // An update from the host does not discard the note.
    rpc.notify(evidenceEvent, { ...view, cells: [...view.cells, cell(5, 'z.md', 'pair')] });
    await page.getByText('z.md').waitFor();
    await page.keyboard.type('!');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => calls.at(-1))
      .toMatchObject({
        method: 'note',
        params: { id: 3, note: 'see table 2!' },
      });
    expect(await focused(page)).toContain('Sentence 3');
    await page.keyboard.press('Delete');
    await expect
      .poll(() => calls.at(-1))
      .toMatchObject({ params: { kind: 'evidence', id: 3, pinned: false } });
    rpc.notify(evidenceEvent, { ...view, cells: view.cells.filter(({ id }) => id !== 3) });
    await expect.poll(() => focused(page)).toContain('Sentence 1');
    await close();
  });

  it.each(Object.keys(themes) as ThemeName[])('passes the accessibility checks: %s', async (theme) => {
    for (const options of [{ width: 240 }, { width: 480, zoom: 2 }, { width: 640 }]) {
      const { page, close } = await openTable({ theme, ...options });
      await page.locator('.evidence-table .go[tabindex="0"]').focus();
      expect(await violations(page)).toEqual([]);
      const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
      expect(overflow).toBeLessThanOrEqual(0);
      const pictures = process.env['BIOBERT_PANEL_PICTURES'];
      const name = `evidence-${theme}-${options.width}.png`;
      if (pictures !== undefined) await page.screenshot({ path: `${pictures}/${name}` });
      await close();
    }
  });
});
