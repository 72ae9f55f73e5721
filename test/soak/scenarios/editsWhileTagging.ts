import * as path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { TextMaker } from '../../../src/cli/modelSpeed/texts';
import { isCancelled } from '../../../src/core/errors';
import { createChildEngine } from '../../../src/runtime/process/childEngine';
import type { TagResult } from '../../../src/protocol/engine';
import type { Random } from '../../support/random';
import { hung, within } from '../../support/within';
import type { Scenario } from '../scenario';

const limitMs = 120_000;

/**
 * A person types while the document is being tagged: each edit cancels the request before it. At the end the result,
 * which reuses earlier inferences, must equal that of a document which was never edited.
 */
export const editsWhileTagging: Scenario = {
  title: 'Edits while a document is being tagged',
  unit: 'edits',
  run: async ({ root, random, isShort, complain }) => {
    const modelPaths = { 'token-classification': path.join(root, 'models/tagger') };
    const engine = createChildEngine({ modelPaths, childPath: path.join(root, 'dist/child.js'), threads: 1 });
    const edits = isShort ? 15 : 60;
    let text = new TextMaker(random.childSeed()).document(600);
    let pending = Promise.resolve<TagResult | undefined>(undefined);
    try {
      for (let i = 0; i < edits; i++) {
        const controller = new AbortController();
        text = edit(text, random);
        pending = engine
          .tag({ document: 'edited', text, format: 'plain' }, { signal: controller.signal })
          .catch((error: unknown) => {
            if (isCancelled(error)) return undefined;
            throw error;
          });
        if (i === edits - 1) break;
        await Promise.race([pending, pause(random.between(0, 150))]);
        controller.abort();
      }
      const last = await within(pending, limitMs);
      const fresh = await within(engine.tag({ document: 'fresh', text, format: 'plain' }), limitMs);
      if (last === hung || fresh === hung) {
        complain('a tag request was not answered');
        return { tried: edits, lost: 0, hung: 1, wrong: 0 };
      }
      const isSame = JSON.stringify(last?.entities) === JSON.stringify(fresh.entities);
      if (!isSame) complain('the entities after edits differ from those of the same text without edits');
      return { tried: edits, lost: 0, hung: 0, wrong: isSame ? 0 : 1 };
    } finally {
      await engine.dispose();
    }
  },
};

/** One change at a random place: typing, deleting, pasting, or a paragraph that moves. */
function edit(text: string, random: Random): string {
  const at = random.between(0, text.length);
  const end = Math.min(text.length, at + random.between(0, 80));
  const insertion = random.pick(['', 'x', '\n\n', ' TP53 and aspirin. ', text.slice(at, end), 'é😀', '\r\n']);
  return text.slice(0, at) + insertion + text.slice(random.oneIn(3) ? end : at);
}
