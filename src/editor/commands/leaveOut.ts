import * as vscode from 'vscode';
import { BioBertError, errorCodes } from '../../core/errors';
import { commandIds } from '../commandIds';
import { exactPattern, excludePatterns } from '../documents/leftOutFiles';
import { fileOfDocument } from '../documents/paperUri';
import { formatCount } from '../entities/countLabels';
import { announce } from './announce';
import type { CommandParts } from './parts';
import { registerCommand } from './registerCommand';

type Parts = Pick<CommandParts, 'settings' | 'leftOut' | 'log'>;

/** A file or folder of the workspace. */
interface Place {
  readonly uri: vscode.Uri;
  readonly folder: vscode.WorkspaceFolder;
  /** The pattern that matches this file or folder only. */
  readonly pattern: string;
}

/**
 * Leaves documents out of relations, answers and counts, or takes them back: edits `biobert.exclude` in the settings of the
 * folder, which colleagues share.
 */
export function register(parts: Parts): vscode.Disposable {
  const { log } = parts;
  return vscode.Disposable.from(
    registerCommand(commandIds.leaveOut, log, (...args) => leaveOut(placesOf(args), parts)),
    registerCommand(commandIds.useAgain, log, (...args) => useAgain(placesOf(args), parts)),
  );
}

async function leaveOut(places: readonly Place[], { settings, leftOut }: Parts): Promise<void> {
  for (const { folder, pattern } of places) {
    const patterns = excludePatterns(settings, folder);
    if (!patterns.includes(pattern)) await setPatterns(folder, [...patterns, pattern]);
  }
  const [first] = places;
  if (places.length !== 1 || !first) {
    announce(vscode.l10n.t('{0} files are left out of lists and answers.', formatCount(places.length)));
    return;
  }
  await leftOut.refresh();
  const outputs = await existing(leftOut.outputsOf(first.uri));
  announce(
    outputs.length === 0
      ? vscode.l10n.t('{0} is left out of lists and answers.', nameOf(first))
      : vscode.l10n.t(
          '{0} is left out of lists and answers, and so is what was made from it: {1}.',
          nameOf(first),
          outputs.map((uri) => nameOf({ uri })).join(', '),
        ),
  );
}

async function existing(uris: readonly vscode.Uri[]): Promise<readonly vscode.Uri[]> {
  const exists = await Promise.all(
    uris.map((each) =>
      vscode.workspace.fs.stat(each).then(
        () => true,
        () => false,
      ),
    ),
  );
  return uris.filter((_, index) => exists[index]);
}

async function useAgain(places: readonly Place[], { settings, leftOut }: Parts): Promise<void> {
  for (const { folder, pattern } of places) {
    const patterns = excludePatterns(settings, folder);
    if (patterns.includes(pattern))
      await setPatterns(
        folder,
        patterns.filter((each) => each !== pattern),
      );
  }
  await leftOut.refresh();
  const still = places.find(({ uri }) => leftOut.has(uri));
  const draft = still && leftOut.draftOf(still.uri);
  if (draft) throw madeFromDraft(still, draft);
  if (still) await offerSettings(still);
  else announce(vscode.l10n.t('{0} is used in lists and answers again.', places.map(nameOf).join(', ')));
}

function madeFromDraft(place: Place, draft: vscode.Uri): BioBertError {
  return new BioBertError(
    errorCodes.ARGUMENT_INVALID,
    vscode.l10n.t('{0} is left out because it was made from {1}.', nameOf(place), nameOf({ uri: draft })),
    vscode.l10n.t('Use {0} again, or give the file another name.', nameOf({ uri: draft })),
  );
}

/** A pattern of the user may stand for more files than the one that was chosen, so only the user can change it. */
async function offerSettings(place: Place): Promise<void> {
  const open = vscode.l10n.t('Open Settings');
  const message = vscode.l10n.t(
    'A pattern in "biobert.exclude" still leaves {0} out. Change the pattern in the settings.',
    nameOf(place),
  );
  if ((await vscode.window.showWarningMessage(message, open)) === open)
    await vscode.commands.executeCommand('workbench.action.openSettings', 'biobert.exclude');
}

async function setPatterns(folder: vscode.WorkspaceFolder, patterns: readonly string[]): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('biobert', folder.uri);
  const target = vscode.ConfigurationTarget.WorkspaceFolder;
  await configuration.update('exclude', patterns, target);
}

/** @throws {BioBertError} if no file of the workspace is chosen. */
function placesOf([clicked, selected]: readonly unknown[]): readonly Place[] {
  const chosen = Array.isArray(selected) ? selected.filter((each) => each instanceof vscode.Uri) : [];
  const single = clicked instanceof vscode.Uri ? clicked : activeFile();
  const uris = chosen.length > 0 ? chosen : single ? [single] : [];
  const places = uris.flatMap((each) => placeOf(fileOfDocument(each)) ?? []);
  if (places.length > 0) return places;
  throw new BioBertError(
    errorCodes.ARGUMENT_INVALID,
    vscode.l10n.t('No file of the open folder is chosen.'),
    vscode.l10n.t('Right-click one in the explorer.'),
  );
}

function placeOf(uri: vscode.Uri): Place | undefined {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  const start = `${folder?.uri.path.replace(/\/$/, '') ?? ''}/`;
  if (!folder || !uri.path.startsWith(start) || uri.path.length === start.length) return undefined;
  return { uri, folder, pattern: exactPattern(uri.path.slice(start.length)) };
}

/** The file of the active tab, which another editor such as a PDF viewer may show. */
function activeFile(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const hasUri = input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText;
  return hasUri ? input.uri : undefined;
}

function nameOf({ uri }: Pick<Place, 'uri'>): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}
