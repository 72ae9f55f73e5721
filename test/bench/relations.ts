/** The cost of relations compared with tagging. */
import { createEngine } from '../../src/runtime/engine/engine';
import type { BenchContext } from './context';
import { median, medianRatio, milliseconds, type Row, timeMs, times } from './measure';
import { TextMaker } from '../../src/cli/modelSpeed/texts';

/** Relations of an abstract whose mentions are known, over tagging it: side by side, in this process. */
export async function relationsOverTagging(context: BenchContext): Promise<Row> {
  const { modelPaths, threads, rounds } = context;
  const engine = createEngine({ modelPaths, threads });
  const maker = new TextMaker(12);
  const related: number[] = [];
  const tagged: number[] = [];
  let pairs = 0;
  for (let round = -1; round < rounds; round++) {
    const request = { document: `abstract ${round}`, text: maker.abstract(), format: 'plain' } as const;
    const { entities } = await engine.tag(request);
    // New text each time, for what is known is not inferred again.
    const other = { ...request, document: `other ${round}`, text: maker.abstract() };
    tagged.push(await timeMs(() => engine.tag(other)));
    related.push(
      await timeMs(async () => {
        pairs += (await engine.relations({ ...request, entities })).pairs;
      }),
    );
  }
  await engine.dispose();
  // The first round warms up.
  const [a, b] = [related.slice(1), tagged.slice(1)];
  return {
    what: 'Relations of a 250-word abstract whose mentions are known, over tagging such an abstract',
    measured: `${times(medianRatio(a, b))} (${milliseconds(median(a))} and ${milliseconds(median(b))}; ${Math.round(pairs / (rounds + 1))} pairs an abstract)`,
    aim: '≤ 3×',
  };
}
