import { expect, it } from 'vitest';
import { settingsFiles } from '../../../scripts/vscode.mjs';

it('settingsFiles separates the settings of the machine from those of the user', () => {
  const settings = {
    'biobert.model.path': '/models/own',
    'biobert.minProbability': 0.5,
    'editor.fontSize': 13,
    'workbench.welcomePage.walkthroughs.openOnInstall': false,
  };
  expect(settingsFiles(settings)).toEqual({
    user: { 'biobert.minProbability': 0.5, 'editor.fontSize': 13 },
    machine: {
      'biobert.model.path': '/models/own',
      'workbench.welcomePage.walkthroughs.openOnInstall': false,
    },
  });
});
