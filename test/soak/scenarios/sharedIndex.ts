import { raceForIndex } from '../../support/indexRace';
import type { Scenario } from '../scenario';

/** Windows that index into one database, some of which are killed at a write: no document may be lost. */
export const sharedIndex: Scenario = {
  title: 'Windows that share the index of a folder, and are killed',
  unit: 'documents',
  run: async ({ root, random, isShort, complain }) => {
    const result = await raceForIndex({
      root,
      seed: random.childSeed(),
      documents: isShort ? 10 : 40,
      kills: isShort ? 3 : 12,
    });
    const { indexed, lost, died, isWhole } = result;
    if (lost > 0) complain(`${String(lost)} of ${String(indexed)} documents are lost`);
    if (died > 0) complain(`${String(died)} windows ended by themselves`);
    if (!isWhole) complain('the database is damaged');
    return { tried: indexed, lost, hung: 0, wrong: died + (isWhole ? 0 : 1) };
  },
};
