import type { OnDemandCommandId } from '../commandIds';
import type { OnDemandCommands, OnDemandParts } from '../commands/onDemandCommands';
import { run as addRelation } from './addRelation';
import { run as chooseConcept } from './chooseConcept';
import { run as compareModels } from './compareModels';
import { run as exportAnnotations } from './exportAnnotations';
import { run as exportFolder } from './exportFolder';
import { run as reportIssue } from './reportIssue';
import { run as selectModel } from './selectModel';
import { run as setUpServer } from './setUpServer';
import { run as tagWorkspaceFolder } from './tagWorkspaceFolder';

type RunCommand = (parts: OnDemandParts, args: readonly unknown[]) => Promise<void>;

const commands: Readonly<Record<OnDemandCommandId, RunCommand>> = {
  'biobert.tagWorkspaceFolder': tagWorkspaceFolder,
  'biobert.reportIssue': reportIssue,
  'biobert.chooseConcept': chooseConcept,
  'biobert.addRelation': addRelation,
  'biobert.selectModel': selectModel,
  'biobert.setUpServer': setUpServer,
  'biobert.compareModels': compareModels,
  'biobert.exportAnnotations': exportAnnotations,
  'biobert.exportFolder': exportFolder,
};

export function createCommands(parts: OnDemandParts): OnDemandCommands {
  return { run: (id, args) => commands[id](parts, args) };
}
