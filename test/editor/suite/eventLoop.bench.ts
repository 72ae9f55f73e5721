/**
 * How long the extension host's event loop stands still while a 100,000-word document is tagged, and while it is
 * edited after that: `npm run bench:editor`. A figure, not a test: a busy machine must not fail it.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { BioBertApi } from '../../../src/editor/api';
import { closeAll, extension, openNew, until } from '../support';

/** The histogram counts its own timer's period in. */
const resolutionMs = 1;

function longDocument(words: number): string {
  const paragraphs: string[] = [];
  for (let count = 0, cohort = 0; count < words; cohort++) {
    const paragraph =
      `In cohort ${String(cohort)}, loss of BRCA1 or TP53 made breast cancer cells sensitive to olaparib and cisplatin. ` +
      `Of ${String(cohort * 7)} patients with type 2 diabetes, most took metformin; IL6 and TNF fell within days.`;
    paragraphs.push(paragraph);
    count += paragraph.split(' ').length;
  }
  return paragraphs.join('\n\n');
}

async function longestDelayMs(work: () => Promise<unknown>): Promise<{ max: number; p99: number }> {
  const histogram = monitorEventLoopDelay({ resolution: resolutionMs });
  histogram.enable();
  await work();
  histogram.disable();
  const milliseconds = (nanoseconds: number): number => nanoseconds / 1e6 - resolutionMs;
  return { max: milliseconds(histogram.max), p99: milliseconds(histogram.percentile(99)) };
}

function print(what: string, { max, p99 }: { max: number; p99: number }): void {
  // eslint-disable-next-line no-console -- run.mjs passes such lines on.
  console.log(`[test] ${what}: longest ${max.toFixed(1)} ms, 99th percentile ${p99.toFixed(1)} ms`);
}

describe('The event loop of the extension host', () => {
  after(closeAll);

  it('while a document is tagged and edited', async () => {
    const api = (await extension().activate()) as BioBertApi;
    const warm = await openNew('warm.txt', 'Mutations of BRCA1 cause breast cancer.');
    await api.tagEntities(warm.document);
    print(
      'host at rest for 5 s',
      await longestDelayMs(() => new Promise((resolve) => setTimeout(resolve, 5_000))),
    );

    const editor = await openNew('long.txt', longDocument(100_000));
    const { document } = editor;
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    let count = 0;
    print(
      'tagging 100,000 words',
      await longestDelayMs(async () => {
        count = (await api.tagEntities(document)).length;
      }),
    );
    print(
      `an edit among ${String(count)} mentions, until it is tagged`,
      await longestDelayMs(async () => {
        await editor.edit((edit) => {
          edit.insert(document.positionAt(document.getText().length / 2), ' Tamoxifen helped. ');
        });
        await until('the new mention', () =>
          api.entitiesOf(document)?.some(({ name }) => name === 'Tamoxifen'),
        );
      }),
    );
  }).timeout(600_000);
});
