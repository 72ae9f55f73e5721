// Pictures of the real thing: `npm run screenshots [-- NAMES]` → media/screenshots/*.png for the README,
// docs/guide/pictures/*.png for the guide (names with guide/ before them).
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { packageVsix } from './package.mjs';
import { guideShots, openForGuide } from './guidePictures.mjs';
import { command, hover, marks, openPanel, showScreening } from './pictureSteps.mjs';
import { openPage, PrerequisiteError, root, startServer } from './vscode.mjs';

const target = path.join(root, 'media/screenshots');
const guideTarget = path.join(root, 'docs/guide/pictures');
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

function useTheme(server, theme) {
  const settingsFile = path.join(server.home, 'data/User/settings.json');
  const before = JSON.parse(fs.readFileSync(settingsFile, 'utf8'));
  fs.writeFileSync(settingsFile, JSON.stringify({ ...before, 'workbench.colorTheme': theme }, null, 2));
}

async function takeScreening(browser, server, folder, { name, theme }) {
  const { page } = browser;
  useTheme(server, theme);
  await page.goto(server.openUrl(folder));
  await page
    .locator('.activitybar a.action-label[aria-label^="BioBERT"]')
    .first()
    .waitFor({ timeout: 90_000 });
  await showScreening(page, folder);
  await save(page, name);
}

async function takeForGuide(browser, server, folder, shot) {
  useTheme(server, shot.theme);
  shot.prepare?.(folder);
  await openForGuide(browser, server, folder, shot);
  await shot.steps(browser.page, folder);
  if (!shot.hasHover) await browser.page.mouse.move(900, 660);
  await save(browser.page, `guide/${shot.name}`, shot.clip);
}

async function save(page, name, clip) {
  const isForGuide = name.startsWith('guide/');
  const picture = isForGuide
    ? path.join(guideTarget, `${path.basename(name)}.png`)
    : path.join(target, `${name}.png`);
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
  for (const each of [target, guideTarget]) fs.mkdirSync(each, { recursive: true });
  const folder = copyOf('test/fixtures/abstracts');
  const reviewFolder = copyOf('samples', ['pubmed.nbib', 'scopus.ris']);
  const guideFolder = copyOf('samples', ['abstract.txt', 'pubmed.nbib', 'scopus.ris']);
  const server = await startServer({ vsix: await packageVsix(), settings });
  const browser = await openPage({ width: 1180, height: 680 });
  try {
    // Names after the command: those pictures alone.
    const wanted = process.argv.slice(2);
    const isWanted = (name) => wanted.length === 0 || wanted.includes(name);
    for (const shot of shots.filter(({ name }) => isWanted(name)))
      if (shot.screening) await takeScreening(browser, server, reviewFolder, shot);
      else await take(browser, server, folder, shot);
    for (const shot of guideShots.filter(({ name }) => isWanted(`guide/${name}`)))
      await takeForGuide(browser, server, guideFolder, shot);
  } finally {
    await browser.close();
    await server.stop();
    for (const each of [folder, reviewFolder, guideFolder]) fs.rmSync(each, { recursive: true, force: true });
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
