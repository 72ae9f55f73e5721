import * as path from 'node:path';
import { soakIndexKills } from '../../support/indexKills';
import { noCounts, type Scenario } from '../scenario';

/** `biobert index` is killed and started again until it is done: no line may be lost, doubled or different. */
export const indexKills: Scenario = {
  title: '`biobert index` under kill -9, SIGINT and SIGTERM',
  unit: 'kills',
  run: async ({ root, scratch, random, isShort, complain }) => {
    if (process.platform === 'win32') return noCounts;
    const report = await soakIndexKills({
      cli: path.join(root, 'dist/cli.js'),
      folder: scratch,
      documents: isShort ? 60 : 600,
      kills: isShort ? 4 : 30,
      random,
    });
    const { lost, hung, wrong, kills } = report;
    if (lost + hung + wrong > 0) complain(JSON.stringify(report));
    return { tried: kills.SIGKILL + kills.SIGINT + kills.SIGTERM, lost, hung, wrong };
  },
};
