// Pictures of the real thing for the README: `npm run screenshots` → media/screenshots/*.png.
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { packageVsix } from './package.mjs';
import { openPage, PrerequisiteError, root, startServer } from './vscode.mjs';

const target = path.join(root, 'media/screenshots');
const limitKB = 250;

const settings = {
  'editor.wordWrap': 'on',
  'editor.minimap.enabled': false,
  'editor.fontSize': 13,
  'editor.lineNumbers': 'on',
  'editor.occurrencesHighlight': 'off',
  'editor.renderLineHighlight': 'none',
  'workbench.layoutControl.enabled': false,
  'window.commandCenter': false,
  'window.menuBarVisibility': 'compact',
  'breadcrumbs.enabled': false,
};

const shots = [
  { name: 'marks', file: 'abstract.txt', theme: 'Default Dark Modern', tree: true },
  {
    name: 'hover',
    file: 'abstract.txt',
    theme: 'Default Dark Modern',
    hover: 'BRCA1',
    clip: { x: 50, y: 0, width: 1020, height: 340 },
  },
  { name: 'markdown-light', file: 'review.md', theme: 'Default Light Modern', tree: true },
  { name: 'high-contrast', file: 'abstract.txt', theme: 'Default High Contrast', tree: true },
  {
    name: 'panel',
    file: 'review.md',
    theme: 'Default Dark Modern',
    panel: { question: 'What does doxorubicin cause?' },
  },
  { name: 'panel-graph', file: 'review.md', theme: 'Default Light Modern', panel: { tab: 'graph' } },
  { name: 'screening', theme: 'Default Light Modern', screening: true },
  { name: 'screening-dark', theme: 'Default Dark Modern', screening: true },
  { name: 'screening-high-contrast', theme: 'Default High Contrast', screening: true },
];

/** Criteria and keywords, as a reviewer writes them into `review.json`. */
const criteria = {
  criteria: {
    include: [
      'Metformin is compared with placebo or no treatment',
      'Adenoma or colorectal cancer is an outcome',
    ],
    exclude: ['No original data', 'Other drugs alone', 'Only animals'],
  },
  keywords: [
    { name: 'Design', words: ['randomised', 'cohort', 'trial', 'placebo', 'meta-analysis'] },
    { name: 'Outcome', words: ['recurrence', 'incidence', 'risk'] },
  ],
};

/** The page of the side panel: a frame in a frame. */
function panelOf(page) {
  return page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
}

/** Opens the panel, and asks there or goes to a tab. */
async function openPanel(page, { question, tab }) {
  await page.locator('.activitybar a.action-label[aria-label^="BioBERT"]').click();
  const panel = panelOf(page);
  await panel.locator('.row').first().waitFor({ timeout: 90_000 });
  if (tab) await panel.locator(`#tab-${tab}`).click();
  if (question) {
    await panel.locator('.question-box input').fill(question);
    await panel.locator('.question-box input').press('Enter');
    await panel.locator('.answer-list .go, .no-answer').first().waitFor({ timeout: 90_000 });
    await panel.locator('.row').first().click();
  }
  await page.mouse.move(900, 640);
  await page.waitForTimeout(3_000);
}

const marks =
  '.monaco-editor .view-overlays .cdr[class*="ced-"], .monaco-editor .view-lines span[class*="ced-"]';

async function command(page, name) {
  const row = page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first();
  // A list that was opened before the extensions are known does not get their commands.
  for (let attempt = 1; ; attempt++) {
    await page.keyboard.press('F1');
    const input = page.locator('.quick-input-widget input').first();
    await input.waitFor();
    await input.fill(`>${name}`);
    const isThere = await row.waitFor({ timeout: 5_000 }).then(
      () => true,
      () => false,
    );
    if (isThere) break;
    if (attempt === 10) throw new Error(`There is no command ${name}.`);
    await page.keyboard.press('Escape');
  }
  await page.keyboard.press('Enter');
}

/** @returns the position of a word on the screen: the middle of its first occurrence in the editor. */
async function placeOf(page, word) {
  const place = await page.evaluate((wanted) => {
    for (const line of document.querySelectorAll('.view-line')) {
      const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const index = node.data.indexOf(wanted);
        if (index < 0) continue;
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + wanted.length);
        const { x, y, width, height } = range.getBoundingClientRect();
        return { x: x + width / 2, y: y + height / 2 };
      }
    }
    return undefined;
  }, word);
  if (!place) throw new Error(`${word} is not on the screen`);
  return place;
}

async function hover(page, word) {
  const { x, y } = await placeOf(page, word);
  const shown = page.locator('.monaco-hover:not(.hidden) .hover-contents', { hasText: word }).first();
  for (let attempt = 1; ; attempt++) {
    await page.mouse.move(x - 90, y + 120);
    await page.mouse.move(x, y, { steps: 8 });
    const found = await shown.waitFor({ timeout: 4_000 }).then(
      () => true,
      () => false,
    );
    if (found) break;
    if (attempt === 10) throw new Error(`No hover on ${word}`);
  }
  await page.waitForTimeout(800);
}

function useTheme(server, theme) {
  const settingsFile = path.join(server.home, 'data/User/settings.json');
  const before = JSON.parse(fs.readFileSync(settingsFile, 'utf8'));
  fs.writeFileSync(settingsFile, JSON.stringify({ ...before, 'workbench.colorTheme': theme }, null, 2));
}

/** Waits for a list or a box of the quick input, fills it and presses Enter. */
async function answer(page, words, text) {
  const input = page
    .locator('.quick-input-widget', { hasText: words })
    .locator('input[type=text], input')
    .first();
  await input.waitFor();
  if (text !== undefined) await input.fill(text);
  await page.waitForTimeout(500);
  await page.keyboard.press('Enter');
}

/** Starts a review of the two exports in the folder, as a user does. */
async function startReview(page, folder) {
  await command(page, 'BioBERT: New Review');
  await answer(page, '(1/3)', 'Metformin and colorectal adenoma');
  await answer(page, '(2/3)', 'Does metformin prevent colorectal adenoma?');
  await answer(page, '(3/3)', 'All files');
  await answer(page, 'pubmed.nbib');
  const file = path.join(folder, '.biobert/review.json');
  const end = Date.now() + 60_000;
  while (!fs.existsSync(file) || JSON.parse(fs.readFileSync(file, 'utf8')).sources.length < 2) {
    if (Date.now() > end) throw new Error('The records were not imported.');
    await page.waitForTimeout(200);
  }
  const review = JSON.parse(fs.readFileSync(file, 'utf8'));
  fs.writeFileSync(file, JSON.stringify({ ...review, ...criteria }, undefined, 2));
}

/** The screening view after three decisions. */
async function takeScreening(browser, server, folder, { name, theme }) {
  const { page } = browser;
  useTheme(server, theme);
  await page.goto(server.openUrl(folder));
  await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: 90_000 });
  if (!fs.existsSync(path.join(folder, '.biobert'))) await startReview(page, folder);
  await command(page, 'BioBERT: Open Review');
  const view = panelOf(page);
  await view.locator('.record-title').first().waitFor({ timeout: 60_000 });
  const decided = () => view.locator('.counts li').first().innerText();
  for (let count = Number.parseInt(await decided(), 10); count < 3; count++) {
    await page.keyboard.press('i');
    await view.locator('.counts li', { hasText: `${count + 1} /` }).waitFor();
  }
  await view.locator('.abstract .marked').first().waitFor({ timeout: 60_000 });
  await page.keyboard.press('Control+b');
  await command(page, 'Notifications: Clear All Notifications');
  await page.waitForTimeout(2_000);
  await save(page, name);
}

async function save(page, name, clip) {
  const picture = path.join(target, `${name}.png`);
  await page.screenshot({ path: picture, clip });
  const kilobytes = fs.statSync(picture).size / 1000;
  console.log(`${path.relative(root, picture).padEnd(40)} ${kilobytes.toFixed(0)} kB`);
  if (kilobytes > limitKB) throw new Error(`${name} is over ${limitKB} kB.`);
}

async function take(browser, server, folder, { name, file, theme, tree, clip, hover: word, panel }) {
  const { page } = browser;
  useTheme(server, theme);
  const uri = `vscode-remote://127.0.0.1:${server.port}${path.join(folder, file)}`;
  await page.goto(server.openUrl(folder, [['openFile', uri]]));
  await page.locator('.view-line').first().waitFor({ timeout: 90_000 });
  await command(page, 'BioBERT: Tag Entities in Document');
  await page.locator(marks).nth(5).waitFor({ timeout: 60_000 });
  await page.waitForTimeout(1_500);
  if (tree) await page.locator('.activitybar a.action-label[aria-label^="BioBERT"]').first().click();
  else if (!panel) await page.keyboard.press('Control+b');
  if (tree) await openTree(page);
  if (word) await hover(page, word);
  if (panel) await openPanel(page, panel);
  await save(page, name, clip);
}

/** Opens the first type and its first name. */
async function openTree(page) {
  const rows = page.locator('.sidebar [role=treeitem]');
  await rows.first().waitFor({ timeout: 20_000 });
  for (const index of [0, 1]) {
    const row = rows.nth(index);
    if ((await row.getAttribute('aria-expanded')) === 'false') await row.click();
    await page.waitForTimeout(500);
  }
  await page.mouse.move(900, 600);
  await page.waitForTimeout(700);
}

async function main() {
  fs.mkdirSync(target, { recursive: true });
  const folder = copyOf('test/fixtures/abstracts');
  const reviewFolder = copyOf('samples', ['pubmed.nbib', 'scopus.ris']);
  const server = await startServer({ vsix: await packageVsix(), settings });
  const browser = await openPage({ width: 1180, height: 680 });
  try {
    // Names after the command: those pictures alone.
    const wanted = process.argv.slice(2);
    for (const shot of shots.filter(({ name }) => wanted.length === 0 || wanted.includes(name)))
      if (shot.screening) await takeScreening(browser, server, reviewFolder, shot);
      else await take(browser, server, folder, shot);
  } finally {
    await browser.close();
    await server.stop();
    for (const each of [folder, reviewFolder]) fs.rmSync(each, { recursive: true, force: true });
  }
}

/** A copy of a folder, or of some of its files, which the pictures may change. */
function copyOf(name, files) {
  const from = path.join(root, name);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `${path.basename(name)}-`));
  for (const file of files ?? fs.readdirSync(from))
    fs.cpSync(path.join(from, file), path.join(folder, file), { recursive: true });
  return folder;
}

main().catch((error) => {
  console.error(error instanceof PrerequisiteError ? error.message : error);
  process.exitCode = 1;
});
