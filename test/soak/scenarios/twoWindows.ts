import { raceForEvidence } from '../../support/evidenceRace';
import type { Scenario } from '../scenario';

/** Windows that pin evidence into one folder at the same time: the file must be valid at every read and have every pin. */
export const twoWindows: Scenario = {
  title: 'Windows that pin evidence into one folder',
  unit: 'pins',
  run: async ({ root, random, isShort, complain }) => {
    const pins = isShort ? 30 : 100;
    const gapMs = random.pick([0, 10, 100]);
    const windows = random.between(2, 4);
    const result = await raceForEvidence({ root, seed: random.childSeed(), pins, gapMs, windows });
    const { lost, refused, invalidReads, messages } = result;
    if (lost > 0) complain(`${String(lost)} pins are lost`);
    if (invalidReads > 0) complain(`the file was not valid at ${String(invalidReads)} reads`);
    for (const message of messages) complain(message);
    return { tried: pins, lost, hung: 0, wrong: refused + invalidReads };
  },
};
