// The steps of a user in a window of VS Code, which Playwright takes before a picture.
import * as fs from 'node:fs';
import * as path from 'node:path';

/** The page of the side panel: a frame in a frame. */
export function panelOf(page) {
  return page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
}

/** Opens the panel, and asks there or goes to a tab. */
export async function openPanel(page, { question, tab }) {
  // A click on the icon would hide a side bar that is open.
  await command(page, 'Focus on Ask and Relations View');
  const panel = panelOf(page);
  await panel.locator('.row').first().waitFor({ timeout: 90_000 });
  if (tab) await panel.locator(`#tab-${tab}`).click();
  if (question) {
    await panel.locator('.question-box input').fill(question);
    await panel.locator('.question-box input').press('Enter');
    await panel.locator('.answer-list .go, .stances .go, .no-answer').first().waitFor({ timeout: 90_000 });
    await panel.locator('.row').first().click();
  }
  await page.mouse.move(900, 640);
  await page.waitForTimeout(3_000);
}

export const marks =
  '.monaco-editor .view-overlays .cdr[class*="ced-"], .monaco-editor .view-lines span[class*="ced-"]';

export async function command(page, name) {
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
export async function placeOf(page, word) {
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

export async function hover(page, word) {
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

/** Waits for a list or a box of the quick input, fills it and presses Enter. */
export async function answer(page, words, text) {
  const input = page
    .locator('.quick-input-widget', { hasText: words })
    .locator('input[type=text], input')
    .first();
  await input.waitFor();
  if (text !== undefined) await input.fill(text);
  await page.waitForTimeout(500);
  await page.keyboard.press('Enter');
}

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

/** Starts a review of the two exports in the folder, as a user does. */
export async function startReview(page, folder) {
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

/** Shows the screening view after three decisions. */
export async function showScreening(page, folder) {
  // A new review opens by itself.
  if (fs.existsSync(path.join(folder, '.biobert/review.json'))) await command(page, 'BioBERT: Open Review');
  else await startReview(page, folder);
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
}
