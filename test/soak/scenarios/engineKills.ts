import * as path from 'node:path';
import { createChildEngine } from '../../../src/runtime/process/childEngine';
import { TextMaker } from '../../../src/cli/modelSpeed/texts';
import { killAtRandom } from '../../support/killing';
import type { Scenario } from '../scenario';

/** The engine process is killed while it loads and while it answers: every request must be answered, and rightly. */
export const engineKills: Scenario = {
  title: 'Requests to an engine process that is killed again and again',
  unit: 'requests',
  run: async ({ root, random, isShort, complain }) => {
    const maker = new TextMaker(random.childSeed());
    const requests = [1, 5, 20].map((sentences, i) => ({
      document: `document ${String(i)}`,
      text: Array.from({ length: sentences }, () => maker.sentence()).join(' '),
      format: 'plain' as const,
    }));
    const counts = await killAtRandom({
      createEngine: (log) =>
        createChildEngine({
          childPath: path.join(root, 'dist/child.js'),
          modelPaths: { 'token-classification': path.join(root, 'models/tagger') },
          threads: 1,
          log,
        }),
      seed: random.childSeed(),
      kills: isShort ? 4 : 25,
      requests,
    });
    const wasNative = counts.runtime === 'onnxruntime-node';
    const wrong = counts.wrong + counts.failed + counts.left + (wasNative ? 0 : 1);
    if (wrong + counts.unanswered > 0) complain(JSON.stringify(counts));
    return { tried: counts.requests, lost: 0, hung: counts.unanswered, wrong };
  },
};
