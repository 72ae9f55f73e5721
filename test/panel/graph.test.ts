/** The graph in an editor and in the side panel, in a headless browser. */
import { afterAll, describe, expect, it } from 'vitest';
import { defaultOptions } from '../../media/panel/listOptions';
import { filterEvent, type SaveParams } from '../../src/protocol/panelMessages';
import { violations } from './axe';
import { labelBoxes, overlaps, waitForGraph } from './graphPage';
import { networkRows } from './graphRows';
import { fakeHost, readyState, relationRow, sendRows, sendState, type HostOptions } from './host';
import { closeBrowser, openGraph, openPanel, type OpenOptions } from './page';
import { themes, type ThemeName } from './themes';

afterAll(closeBrowser);

async function open(options: HostOptions = {}, page: Omit<OpenOptions, 'host'> = {}) {
  const { host, calls, filters } = fakeHost(options);
  const opened = await openGraph({ ...page, host });
  if ((options.rows ?? []).length > 0) await waitForGraph(opened.page);
  return { ...opened, calls, filters };
}

describe('labels', () => {
  it('of 200 names do not overlap, and more appear when the graph is enlarged', async () => {
    const { page, problems, close } = await open({ rows: networkRows(200) });
    const boxes = await labelBoxes(page);
    expect(boxes.length).toBeGreaterThan(60);
    expect(overlaps(boxes)).toEqual([]);
    for (let step = 0; step < 3; step++) await page.getByRole('button', { name: 'Zoom In' }).click();
    const larger = await labelBoxes(page);
    expect(larger.length).toBeGreaterThan(boxes.length);
    expect(overlaps(larger)).toEqual([]);
    await page.getByRole('button', { name: 'Show Whole Graph' }).click();
    await expect.poll(async () => (await labelBoxes(page)).length).toBe(boxes.length);
    expect(problems).toEqual([]);
    await close();
  });

  it('of 40 names in the side bar do not overlap and stay inside', async () => {
    const { host } = fakeHost({ rows: networkRows(120) });
    const { page, close } = await openPanel({ host, width: 280, height: 800 });
    await page.locator('#tab-graph').click();
    await waitForGraph(page);
    expect(await page.locator('.graph-drawing .node').count()).toBe(40);
    const boxes = await labelBoxes(page);
    expect(boxes.length).toBeGreaterThan(10);
    expect(overlaps(boxes)).toEqual([]);
    expect(Math.min(...boxes.map(({ left }) => left))).toBeGreaterThanOrEqual(0);
    expect(Math.max(...boxes.map(({ right }) => right))).toBeLessThanOrEqual(280);
    await page.getByRole('button', { name: 'Zoom In' }).click();
    expect(overlaps(await labelBoxes(page))).toEqual([]);
    await close();
  });
});

describe('the graph in an editor', () => {
  const sorafenib = { id: 'MESH:D000077157', name: 'Sorafenib' };
  const named = { name: 'BAY 43-9006', type: 'Chemical', key: 'sorafenib', concept: sorafenib };
  const rows = [
    ...networkRows(150),
    relationRow(9001, { subject: named, object: { name: 'EGFR', type: 'Gene', key: 'name 0' } }),
    relationRow(9002, { subject: named, object: { name: 'EGFR', type: 'Gene', key: 'name 0' } }),
  ];

  it('finds a name by its synonym, moves it into the middle and highlights its neighbours', async () => {
    const { page, close } = await open({ rows });
    await page.getByLabel('Find a name').fill('mesh:d000077157');
    await page.locator('.search-status', { hasText: '1 of 1: sorafenib' }).waitFor();
    const frame = await page.locator('.graph-frame').boundingBox();
    const node = await page.locator('.node.focused').boundingBox();
    const middle = (box: typeof node) => box && { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    expect(Math.abs((middle(node)?.x ?? 0) - (middle(frame)?.x ?? 999))).toBeLessThan(3);
    expect(Math.abs((middle(node)?.y ?? 0) - (middle(frame)?.y ?? 999))).toBeLessThan(3);
    expect((await labelBoxes(page)).map(({ text }) => text).sort()).toEqual(['EGFR', 'sorafenib']);
    await page.getByLabel('Find a name').fill('no such name');
    await page.getByText('No name contains this text.').waitFor();
    await close();
  });

  it('goes through the names that contain a text with Enter', async () => {
    const { page, close } = await open({ rows });
    await page.getByLabel('Find a name').fill('BRCA');
    await page.locator('.search-status', { hasText: '1 of ' }).waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.search-status', { hasText: '2 of ' }).waitFor();
    await close();
  });

  it('shows as many names as the reader chooses, and says so', async () => {
    const { page, saved, close } = await open({ rows: networkRows(300) });
    await page.locator('.summary', { hasText: 'Showing 200 of 300 names' }).waitFor();
    expect(await page.locator('.graph-drawing .node').count()).toBe(200);
    const weak = await page.locator('.name-row .name').last().innerText();
    await page.getByLabel('Names to show').selectOption('50');
    await page.locator('.summary', { hasText: 'Showing 50 of 300 names' }).waitFor();
    await expect.poll(() => page.locator('.graph-drawing .node').count()).toBe(50);
    expect(await saved()).toMatchObject({ limit: 50 });
    await page.getByLabel('Find a name').fill(weak);
    await page.getByText(/is not drawn\. Show more names to see it\./).waitFor();
    await close();
  });

  it('can be used with keys: neighbours, list, sentence and back', async () => {
    const { page, calls, close } = await open({ rows });
    await page.locator('.graph-frame').focus();
    await page.keyboard.press('ArrowRight');
    const first = await page.locator('.pane h2').innerText();
    expect(await page.locator('.stage [role=status]').innerText()).toContain(first);
    for (const key of ['ArrowDown', 'ArrowLeft', 'ArrowUp', 'ArrowRight']) await page.keyboard.press(key);
    expect(await page.locator('.pane h2').innerText()).not.toBe('Names');
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => calls.at(-1)?.method).toBe('reveal');
    expect(calls.at(-1)?.params).toMatchObject({ kind: 'relation', keepFocus: false });
    await page.keyboard.press('Escape');
    expect(await page.evaluate('document.activeElement?.className')).toBe('graph-frame');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('.pane h2').innerText()).toBe('Names');
    await close();
  });

  it('shows the sentences of a relation when its line is clicked', async () => {
    const { page, calls, close } = await open({ rows: networkRows(6) });
    const edge = page.locator('.edge').first();
    const count = Number(/sentences: (\d+)/.exec((await edge.locator('title').textContent()) ?? '')?.[1]);
    const point = await page.evaluate<{ readonly x: number; readonly y: number }>(`(() => {
      const line = document.querySelector('.edge .edge-line');
      const { x, y } = line.getPointAtLength(line.getTotalLength() / 2);
      const { e, f } = line.getScreenCTM();
      return { x: x + e, y: y + f };
    })()`);
    await page.mouse.click(point.x, point.y);
    await expect.poll(() => page.locator('.pane .go').count()).toBe(count);
    await page.locator('.pane .go').first().click();
    await expect.poll(() => calls.at(-1)?.params).toMatchObject({ keepFocus: true });
    await page.getByRole('button', { name: 'All names' }).click();
    expect(await page.locator('.pane .name-row').count()).toBe(6);
    await close();
  });

  it('lists the copies of a sentence, which open theirs', async () => {
    const copies = [{ id: 71, document: 'title', name: 'Kaplan 2019, Trial', file: 'embase.ris', line: 12 }];
    const { page, calls, close } = await open({ rows: [relationRow(1, { copies })] });
    await page.locator('.name-row').first().click();
    await page.getByRole('button', { name: 'also in embase.ris:12' }).click();
    await expect.poll(() => calls.at(-1)).toMatchObject({ method: 'reveal', params: { id: 71 } });
    await close();
  });

  it('highlights a node when it is clicked and nothing when the ground is', async () => {
    const { page, close } = await open({ rows: networkRows(20) });
    await page.locator('.graph-nodes .node').first().click();
    await page.locator('.node.focused').waitFor();
    await page.locator('.graph-drawing').click({ position: { x: 4, y: 4 } });
    await expect.poll(() => page.locator('.node.focused').count()).toBe(0);
    await close();
  });

  it('follows new relations and keeps the places of names', async () => {
    const { page, rpc, close } = await open({ rows: networkRows(30) });
    const more = [
      ...networkRows(30),
      relationRow(8000, {
        subject: { name: 'a new name', type: 'Gene', key: 'new' },
        object: { name: 'EGFR', type: 'Gene', key: 'name 0' },
      }),
    ];
    sendRows(rpc, more, 2);
    await page.locator('.name-row', { hasText: 'a new name' }).waitFor();
    await expect.poll(() => page.locator('.graph-drawing .node').count()).toBe(31);
    await close();
  });

  it('has the filter of the list and can clear it for both', async () => {
    const { page, rpc, filters, close } = await open({
      rows: networkRows(30),
      filter: JSON.stringify({ ...defaultOptions, type: 'treats' }),
    });
    await page.getByText('The filter of the list of relations applies.').waitFor();
    const filtered = await page.locator('.name-row').count();
    rpc.notify(filterEvent, JSON.stringify({ ...defaultOptions, text: 'no such text' }));
    await page.getByText('No relation matches the filter').waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await expect.poll(() => page.locator('.name-row').count()).toBeGreaterThan(filtered);
    expect(filters.map((text) => JSON.parse(text) as unknown)).toEqual([defaultOptions]);
    await close();
  });

  it('leaves out drafts as the side panel does, and takes that back with the filter', async () => {
    const state = { ...readyState, scope: 'folder' as const, recordsOnly: true };
    const rows = networkRows(30).map((row) => ({ ...row, isDraft: row.id % 2 === 0 }));
    const { page, rpc, calls, close } = await open({ rows, state });
    await page.getByText('The filter of the list of relations applies.').waitFor();
    const names = page.locator('.name-row');
    const published = await names.count();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await expect
      .poll(() => calls.filter(({ method }) => method === 'recordsOnly'))
      .toEqual([{ method: 'recordsOnly', params: false }]);
    sendState(rpc, { ...state, recordsOnly: false });
    await expect.poll(() => names.count()).toBeGreaterThan(published);
    await close();
  });

  it('says what to do if there is nothing to draw', async () => {
    const { page, rpc, calls, close } = await open();
    sendState(rpc, {
      ...readyState,
      relationsNotice: {
        kind: 'empty',
        message: 'No relations yet.',
        action: { id: 'find', label: 'Find them' },
      },
    });
    await page.getByText('No relations yet.').waitFor();
    await page.getByRole('button', { name: 'Find them' }).click();
    await expect.poll(() => calls.at(-1)).toEqual({ method: 'act', params: 'find' });
    await close();
  });

  it('is saved as PNG, SVG and for Cytoscape', async () => {
    const { page, calls, close } = await open({ rows: networkRows(30) });
    const save = async (name: string): Promise<SaveParams> => {
      const before = calls.length;
      await page.getByRole('button', { name }).click();
      await expect.poll(() => calls.length).toBe(before + 1);
      return calls.at(-1)?.params as SaveParams;
    };
    const png = await save('Save PNG');
    expect(png).toMatchObject({ name: 'relations.png', encoding: 'base64' });
    const image = Buffer.from(png.content, 'base64');
    expect(image.subarray(1, 4).toString()).toBe('PNG');
    const svg = await save('Save SVG');
    expect(svg.name).toBe('relations.svg');
    expect(svg.content).toContain('>EGFR</text>');
    // The picture has two pixels for each one of the drawing.
    const width = Number(/<svg [^>]*width="(\d+)"/.exec(svg.content)?.[1]);
    expect(image.readUInt32BE(16)).toBe(2 * width);
    const json = await save('For Cytoscape');
    expect(JSON.parse(json.content)).toHaveProperty('elements.nodes.29.position.x');
    await close();
  });

  it('shows hostile names as text', async () => {
    const hostile = `<img src=x onerror="document.title='broken'"><script>document.title='broken'</script>`;
    const name = { name: hostile, type: hostile, key: hostile };
    const { page, problems, calls, close } = await open({
      rows: [relationRow(1, { subject: name, type: hostile, name: hostile })],
    });
    await page.locator('.name-row', { hasText: 'onerror' }).click();
    await page.getByRole('button', { name: 'Save SVG' }).click();
    await expect.poll(() => calls.at(-1)?.method).toBe('save');
    expect((calls.at(-1)?.params as SaveParams).content).not.toContain('<script');
    expect(await page.locator('img, main script').count()).toBe(0);
    expect(await page.title()).not.toBe('broken');
    expect(problems).toEqual([]);
    await close();
  });

  it.each(Object.keys(themes) as ThemeName[])('passes the accessibility checks: %s', async (theme) => {
    const { page, close } = await open({ rows }, { theme });
    expect(await violations(page)).toEqual([]);
    await page.locator('.name-row').first().click();
    expect(await violations(page)).toEqual([]);
    await close();
  });

  it('follows a change of the theme', async () => {
    const { page, close } = await open({ rows: networkRows(6) });
    const colour = () =>
      page.evaluate(`getComputedStyle(document.querySelector('.graph-nodes .type-gene path')).fill`);
    const before = await colour();
    await page.evaluate(`document.documentElement.style.setProperty('--vscode-biobert-gene', '#123456')`);
    expect(before).not.toBe('rgb(18, 52, 86)');
    expect(await colour()).toBe('rgb(18, 52, 86)');
    await close();
  });

  it('fits into a narrow editor', async () => {
    const { page, close } = await open({ rows: networkRows(40) }, { width: 420, height: 700 });
    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(overflow).toBeLessThanOrEqual(0);
    expect(overlaps(await labelBoxes(page))).toEqual([]);
    await close();
  });
});

describe('the side panel', () => {
  it('reports its filter and takes over that of the graph', async () => {
    const { host, filters } = fakeHost({ rows: networkRows(20) });
    const { page, rpc, close } = await openPanel({ host });
    await page.locator('.relations input').first().fill('EGFR');
    await expect.poll(() => filters.at(-1)).toContain('EGFR');
    rpc.notify(filterEvent, JSON.stringify(defaultOptions));
    await expect.poll(() => page.locator('.relations input').first().inputValue()).toBe('');
    await close();
  });
});
