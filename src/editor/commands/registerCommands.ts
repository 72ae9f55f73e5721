import * as vscode from 'vscode';
import { register as addEntity } from './addEntity';
import { register as askAboutSelection } from './askAboutSelection';
import { register as askQuestion } from './askQuestion';
import { register as clearEntityFilter } from './clearEntityFilter';
import { register as clearTags } from './clearTags';
import { register as copyEntities } from './copyEntities';
import { register as filterEntities } from './filterEntities';
import { register as leaveOut } from './leaveOut';
import { register as listDocument } from './listDocument';
import { register as listFolder } from './listFolder';
import { register as mentionDetails } from './mentionDetails';
import { register as nextEntity } from './nextEntity';
import { register as curateEntity } from './curateEntity';
import { register as exportEvidence } from './exportEvidence';
import { register as removeIndex } from './removeIndex';
import { register as onDemandCommands } from './onDemandCommands';
import { register as openGraph } from './openGraph';
import { register as openGuide } from './openGuide';
import { register as openPaper } from './openPaper';
import { register as openPaperText } from './openPaperText';
import { register as openSample } from './openSample';
import type { CommandParts } from './parts';
import { register as previousEntity } from './previousEntity';
import { register as revealMention } from './revealMention';
import { register as showLog } from './showLog';
import { register as sortEntities } from './sortEntities';
import { register as tagDocument } from './tagDocument';
import { register as tagSelection } from './tagSelection';
import { register as toggleEntityType } from './toggleEntityType';
import { register as unloadModel } from './unloadModel';

/** Registers the commands of package.json, but for those of the review and of records, which are loaded when they are used. */
export function registerCommands(parts: CommandParts): vscode.Disposable {
  const commands = [
    openSample,
    tagDocument,
    tagSelection,
    clearTags,
    leaveOut,
    nextEntity,
    previousEntity,
    toggleEntityType,
    showLog,
    unloadModel,
    filterEntities,
    clearEntityFilter,
    sortEntities,
    copyEntities,
    revealMention,
    listFolder,
    listDocument,
    askQuestion,
    askAboutSelection,
    curateEntity,
    mentionDetails,
    addEntity,
    removeIndex,
    exportEvidence,
    openGraph,
    openGuide,
    openPaper,
    openPaperText,
    onDemandCommands,
  ];
  return vscode.Disposable.from(...commands.map((register) => register(parts)));
}
