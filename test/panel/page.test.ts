import { afterAll, describe, expect, it } from 'vitest';
import { fakeHost, relationRows, type HostOptions } from './host';
import { closeBrowser, openPanel, type OpenOptions } from './page';

afterAll(closeBrowser);

async function open(host: HostOptions = {}, options: Partial<OpenOptions> = {}) {
  const fake = fakeHost(host);
  const panel = await openPanel({ ...options, host: fake.host });
  return { ...panel, calls: fake.calls };
}

describe('the list of relations', () => {
  it('draws what is on show of ten thousand, and reveals what is clicked', async () => {
    const { page, calls, problems, close } = await open({ rows: relationRows(10_000) });
    await page.locator('.count', { hasText: '10,000 of 10,000 relations' }).waitFor();
    await page.getByLabel('Group by pair').click();
    await page.locator('.row').first().waitFor();
    expect(await page.locator('.row').count()).toBeLessThan(40);
    await page.locator('.row').first().click();
    await expect.poll(() => calls.at(-1)).toMatchObject({ method: 'reveal', params: { kind: 'relation' } });
    expect(problems).toEqual([]);
    await close();
  });
});
