// The pictures of the guide: docs/guide/pictures/*.png. `npm run screenshots` takes them after those of the README.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { command, hover, marks, openPanel, panelOf, placeOf, showScreening } from './pictureSteps.mjs';

const dark = 'Default Dark Modern';
const light = 'Default Light Modern';

/** A draft with a citation still to be written. */
const draft = `---
title: Metformin and colorectal adenoma
bibliography: references.bib
---

Metformin lowered the recurrence of adenoma in one trial.
`;

/** Names, in the order of the pages; what is done in the window before each picture is taken. */
export const guideShots = [
  {
    name: 'first-steps',
    theme: light,
    steps: async (page) => {
      await openPanel(page, { question: 'What does celecoxib inhibit?' });
    },
  },
  {
    name: 'hover',
    theme: dark,
    clip: { x: 50, y: 0, width: 1020, height: 320 },
    hasHover: true,
    steps: async (page) => {
      await page.keyboard.press('Control+b');
      await hover(page, 'AMPK');
    },
  },
  {
    name: 'names',
    theme: light,
    steps: async (page) => {
      await command(page, 'Focus on Entities View');
      const rows = page.locator('.sidebar [role=treeitem]');
      await rows.first().waitFor({ timeout: 30_000 });
      for (const index of [0, 1]) {
        const row = rows.nth(index);
        if ((await row.getAttribute('aria-expanded')) === 'false') await row.click();
        await page.waitForTimeout(500);
      }
    },
  },
  {
    name: 'folder',
    theme: dark,
    steps: async (page) => {
      await openPanel(page, {});
      await readFolder(page);
    },
  },
  {
    name: 'relations',
    theme: light,
    steps: async (page) => {
      await openPanel(page, {});
      await readFolder(page);
      await panelOf(page).locator('.row').nth(1).click();
      await page.waitForTimeout(1_500);
    },
  },
  {
    name: 'graph',
    theme: light,
    steps: async (page) => {
      await openPanel(page, {});
      await readFolder(page);
      await command(page, 'BioBERT: Open Graph of Relations');
      await page.keyboard.press('Control+b');
      await page.waitForTimeout(5_000);
    },
  },
  {
    name: 'question',
    theme: dark,
    steps: async (page) => {
      await openPanel(page, {});
      await readFolder(page);
      await openPanel(page, { question: 'Does metformin prevent colorectal adenoma?' });
    },
  },
  {
    name: 'evidence',
    theme: light,
    steps: async (page) => {
      await openPanel(page, {});
      await readFolder(page);
      const panel = panelOf(page);
      for (const index of [0, 1, 2]) {
        await panel.locator('.row').nth(index).click();
        await page.keyboard.press('p');
      }
      await panel.locator('#tab-evidence').click();
      await page.waitForTimeout(1_500);
    },
  },
  {
    name: 'correction',
    theme: dark,
    clip: { x: 50, y: 0, width: 1020, height: 320 },
    hasHover: true,
    steps: async (page) => {
      await page.keyboard.press('Control+b');
      const { x, y } = await placeOf(page, 'AMPK');
      await page.mouse.click(x, y);
      await command(page, 'BioBERT: Accept Entity');
      await page.waitForTimeout(1_500);
      await hover(page, 'AMPK');
    },
  },
  {
    name: 'screening',
    theme: light,
    isTagged: false,
    steps: showScreening,
  },
  {
    name: 'citing',
    theme: light,
    file: 'draft.md',
    isTagged: false,
    prepare: (folder) => fs.writeFileSync(path.join(folder, 'draft.md'), draft),
    steps: async (page) => {
      await page.keyboard.press('Control+b');
      await page.locator('.view-line').first().click();
      await page.keyboard.press('Control+End');
      await command(page, 'BioBERT: Insert Citation');
      await page.locator('.quick-input-list .monaco-list-row').nth(1).waitFor({ timeout: 30_000 });
      await page.keyboard.type('recurrence');
      await page.waitForTimeout(1_000);
    },
  },
];

/** Reads the folder, unless that was done for an earlier picture, and shows its relations. */
async function readFolder(page) {
  const panel = panelOf(page);
  const scope = panel.locator('vscode-dropdown').first();
  await scope.click();
  await scope.locator('vscode-option', { hasText: 'Folder' }).click();
  const read = panel.locator('button, vscode-button', { hasText: 'Read All Papers' }).first();
  const row = panel.locator('.row').first();
  await Promise.race([read.waitFor({ timeout: 60_000 }), row.waitFor({ timeout: 60_000 })]);
  if (await read.isVisible()) await read.click();
  await panel.locator('text=up to date').first().waitFor({ timeout: 120_000 });
  await row.waitFor({ timeout: 60_000 });
  await page.waitForTimeout(1_500);
}

/** Opens the sample, or the file of a picture, in a window with a theme. */
export async function openForGuide({ page }, server, folder, { file = 'abstract.txt', isTagged = true }) {
  const uri = `vscode-remote://127.0.0.1:${server.port}${path.join(folder, file)}`;
  await page.goto(server.openUrl(folder, [['openFile', uri]]));
  await page.locator('.view-line').first().waitFor({ timeout: 90_000 });
  if (!isTagged) return;
  await command(page, 'BioBERT: Tag Entities in Document');
  await page.locator(marks).nth(5).waitFor({ timeout: 60_000 });
  await page.waitForTimeout(1_500);
}
