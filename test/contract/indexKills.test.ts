import * as path from 'node:path';
import { expect, it } from 'vitest';
import { soakIndexKills } from '../support/indexKills';
import { Random } from '../support/random';
import { disposables, root } from './engines';

const { folder } = disposables();

it.skipIf(process.platform === 'win32')(
  'biobert index loses nothing under random kills',
  async () => {
    const cli = path.join(root, 'dist/cli.js');
    const options = { cli, folder: folder(), documents: 120, kills: 5, random: new Random(1) };
    const { lost, wrong, hung, kills } = await soakIndexKills(options);
    expect({ lost, wrong, hung }).toEqual({ lost: 0, wrong: 0, hung: 0 });
    expect(kills.SIGKILL + kills.SIGINT + kills.SIGTERM).toBeGreaterThan(0);
  },
  180_000,
);
