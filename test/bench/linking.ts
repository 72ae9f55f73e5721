/** Costs of links: time a mention, memory, and the time of tagging with the terminology over that without it. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { TextMaker } from '../../src/cli/modelSpeed/texts';
import { parseDocument } from '../../src/core/documents/parse';
import { createTagger } from '../../src/core/entities/pipeline';
import { Linker } from '../../src/core/linking/linker';
import { Terminology } from '../../src/core/linking/terminology';
import { knownNamesOf } from '../../src/runtime/engine/entities';
import type { BenchContext } from './context';
import { interleave, median, medianRatio, megabytes, number, type Row, times } from './measure';

const abstracts = 20;

export async function linking({ root, model, rounds }: BenchContext): Promise<Row[]> {
  const before = memoryInUse();
  const bytes = fs.readFileSync(path.join(root, 'models', 'terminology', 'terms.bin'));
  const terminology = Terminology.open(bytes);
  const linker = new Linker(terminology);
  const maker = new TextMaker(11);
  const texts = Array.from({ length: abstracts }, () => maker.abstract());
  const alone = createTagger({ ...model, model });
  const helped = createTagger({ ...model, model, knownNames: knownNamesOf(terminology, model.config) });
  const tag = async (tagger: typeof alone) => {
    for (const text of texts)
      await tagger.tag(text, parseDocument(text, 'plain').segments, { consistency: {} });
  };
  const tagged = await Promise.all(
    texts.map(async (text) => {
      const { entities, abbreviations } = await helped.tag(text, parseDocument(text, 'plain').segments);
      return { text, start: 0, end: text.length, entities, abbreviations };
    }),
  );
  const mentions = tagged.reduce((sum, { entities }) => sum + entities.length, 0);
  const [withTerms = [], without = [], links = []] = await interleave(rounds, [
    () => tag(helped),
    () => tag(alone),
    () => Promise.resolve(tagged.map((each) => linker.link(each))),
  ]);
  return [
    { what: 'Linking, a mention', measured: `${number(median(links) / mentions, 3)} ms`, aim: '≤ 0.2 ms' },
    {
      what: 'Tagging with the terminology, over tagging without it',
      measured: times(medianRatio(withTerms, without)),
      aim: '–',
    },
    { what: 'Memory of the terminology in use', measured: megabytes(memoryInUse() - before), aim: '≤ 60 MB' },
  ];
}

/** The memory of objects that are still in use, so that the figure does not depend on when garbage was collected. */
function memoryInUse(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
