/** Reads a drawn graph from a page. */
import type { Page } from 'playwright-core';

export interface Box {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The boxes of the visible labels. */
export function labelBoxes(page: Page): Promise<Box[]> {
  return page.evaluate<Box[]>(
    `[...document.querySelectorAll('.graph-labels text')].map((element) => {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      return { text: element.textContent, left, right, top, bottom };
    })`,
  );
}

/** The pairs of labels that cover each other. A pixel is left for rounding. */
export function overlaps(boxes: readonly Box[]): string[] {
  return boxes.flatMap((a, index) =>
    boxes
      .slice(index + 1)
      .filter(
        (b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1,
      )
      .map((b) => `${a.text} and ${b.text}`),
  );
}

export async function waitForGraph(page: Page): Promise<void> {
  await page.locator('.graph-canvas:not(.arranging) .graph-labels text').first().waitFor({ timeout: 30_000 });
}
