/**
 * Measures how long the event loop of the extension host is blocked while a document of 100,000 words is tagged and
 * then edited: `npm run bench -- --only editor`. It is a benchmark and never fails, since the result depends on the machine.
 */
import { performance } from 'node:perf_hooks';
import type { BioBertApi } from '../../../src/editor/api';
import { closeAll, extension, openNew, until } from '../support';

/** Newer than the oldest Node that the types describe; current versions of VS Code have it. */
type ThreadCpuUsage = () => { readonly user: number; readonly system: number };

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

interface Delay {
  /** Wall-clock time, which includes the time of other processes. */
  readonly clockMs: number;
  /** CPU time of this thread during the block. */
  readonly workMs: number;
}

/** Measures the longest time in which a timer of one millisecond was not served. */
async function longestDelay(work: () => Promise<unknown>): Promise<Delay> {
  const { threadCpuUsage } = process as unknown as { threadCpuUsage: ThreadCpuUsage };
  const workedMs = (): number => {
    const { user, system } = threadCpuUsage.call(process);
    return (user + system) / 1000;
  };
  let longest: Delay = { clockMs: 0, workMs: 0 };
  let last = { clock: performance.now(), worked: workedMs() };
  const timer = setInterval(() => {
    const now = { clock: performance.now(), worked: workedMs() };
    longest = {
      clockMs: Math.max(longest.clockMs, now.clock - last.clock),
      workMs: Math.max(longest.workMs, now.worked - last.worked),
    };
    last = now;
  }, 1);
  await work();
  clearInterval(timer);
  return longest;
}

function print(what: string, { clockMs, workMs }: Delay): void {
  // eslint-disable-next-line no-console -- run.mjs passes such lines on.
  console.log(
    `[test] ${what}: longest ${workMs.toFixed(1)} ms of work, ${clockMs.toFixed(1)} ms by the clock`,
  );
}

describe('The event loop of the extension host', () => {
  after(closeAll);

  it('is measured while a document is tagged and edited', async () => {
    const api = (await extension().activate()) as BioBertApi;
    const warm = await openNew('warm.txt', 'Mutations of BRCA1 cause breast cancer.');
    await api.tagEntities(warm.document);
    print(
      'host at rest for 5 s',
      await longestDelay(() => new Promise((resolve) => setTimeout(resolve, 5_000))),
    );

    const editor = await openNew('long.txt', longDocument(100_000));
    const { document } = editor;
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    let count = 0;
    print(
      'tagging 100,000 words',
      await longestDelay(async () => {
        count = (await api.tagEntities(document)).length;
      }),
    );
    print(
      `an edit among ${String(count)} mentions, until it is tagged`,
      await longestDelay(async () => {
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
