import * as vscode from 'vscode';
import { BioBertError, errorCodes } from '../../core/errors';
import { commandIds } from '../commandIds';
import { toSignal } from '../convert';
import { count, documents, entities } from '../entities/words';
import { runFolder, type FolderOutcome, type FolderProgress, type Skipped } from '../folder/folderRun';
import { FolderTagger } from '../folder/folderTagger';
import { supportedFiles } from '../folder/supportedFiles';
import { secondsLeft } from '../folder/timeLeft';
import { timeLeftWords } from '../folder/timeLeftWords';
import { storageFor } from '../folder/workspaceStorage';
import { logFailure } from '../log';
import { announce } from './announce';
import type { CommandParts } from './parts';
import { registerCommand } from './register';

type Outcome = FolderOutcome<vscode.Uri>;

/** While one document is inferred, the next is read and parsed. */
const concurrency = 2;

export function register(parts: CommandParts): vscode.Disposable {
  const running = new Set<string>();
  return registerCommand(commandIds.tagWorkspaceFolder, parts.log, async () => {
    const folder = await chooseFolder();
    if (!folder) return;
    const name = folder.uri.toString();
    // A second run of the same folder would only do the work of the first again.
    if (running.has(name)) return;
    running.add(name);
    try {
      const outcome = await tagFolder(folder, parts);
      conclude(outcome, parts);
    } finally {
      running.delete(name);
    }
  });
}

async function chooseFolder(): Promise<vscode.WorkspaceFolder | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length > 1) {
    const placeHolder = vscode.l10n.t('Choose the folder to tag');
    return vscode.window.showWorkspaceFolderPick({ placeHolder });
  }
  if (folders[0]) return folders[0];
  throw new BioBertError(
    errorCodes.ARGUMENT_INVALID,
    vscode.l10n.t('No folder is open.'),
    vscode.l10n.t('Open the folder that holds your documents.'),
  );
}

async function tagFolder(folder: vscode.WorkspaceFolder, parts: CommandParts): Promise<Outcome> {
  const files = await supportedFiles(folder, parts.settings.languages);
  if (files.length === 0) {
    throw new BioBertError(
      errorCodes.DOCUMENT_FORMAT_UNKNOWN,
      vscode.l10n.t('The folder holds no documents of the languages in the settings.'),
      vscode.l10n.t('Add languages to "biobert.languages", or open another folder.'),
    );
  }
  const title = vscode.l10n.t('Tagging {0}', folder.name);
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress({ location, title, cancellable: true }, async (progress, token) => {
    const signal = toSignal(token);
    progress.report({ message: vscode.l10n.t('Loading the model …') });
    const model = await parts.engine.load(signal);
    await parts.curation.current();
    const tagger = new FolderTagger(parts, model, storageFor(folder, parts.context));
    const outcome = await runFolder(
      {
        files,
        concurrency,
        recall: (uri) => tagger.recall(uri),
        tag: (uri, stop) => tagger.tag(uri, stop),
        onTagged: (uri, tagged) => tagger.show(uri, tagged),
        onProgress: progressReporter(progress),
      },
      signal,
    );
    if (!outcome.cancelled) logFailure(tagger.prune(), parts.log, 'removing old records');
    return outcome;
  });
}

function progressReporter(
  progress: vscode.Progress<{ readonly message: string; readonly increment: number }>,
): (state: FolderProgress) => void {
  const started = performance.now();
  let shown = 0;
  return (state) => {
    const { done, total, inferred } = state;
    const left = secondsLeft(performance.now() - started, inferred, total - done);
    progress.report({ message: progressMessage(state, left), increment: (100 * (done - shown)) / total });
    shown = done;
  };
}

function progressMessage({ done, total, entities: found }: FolderProgress, left: number | undefined): string {
  const documentsDone = vscode.l10n.t('{0} of {1} documents', count(done), count(total));
  const time = left === undefined || done === total ? [] : [timeLeftWords(left)];
  return [documentsDone, entities(found), ...time].join(' · ');
}

/** Counts go to the status bar; only skipped files are worth a message, since somebody has to look at them. */
function conclude(outcome: Outcome, { log, view }: CommandParts): void {
  const { documents: tagged, unchanged, entities: found, skipped, cancelled } = outcome;
  const counts = `${documents(tagged)}, ${entities(found)}`;
  log.info(
    `Folder: ${tagged} documents (${unchanged} unchanged), ${found} entities, ${skipped.length} skipped${cancelled ? ', cancelled' : ''}.`,
  );
  for (const { file, error } of skipped) log.warn(`Skipped ${file.path}: ${error.userMessage}`);
  if (tagged > 0) view.list('folder');
  if (cancelled) announce(vscode.l10n.t('Stopped: {0} kept. Run it again to go on.', counts));
  else announce(counts);
  if (skipped.length > 0) logFailure(offerSkipped(counts, skipped), log, 'listing skipped files');
}

async function offerSkipped(counts: string, skipped: readonly Skipped<vscode.Uri>[]): Promise<void> {
  const message =
    skipped.length === 1
      ? vscode.l10n.t('{0} tagged. 1 file was skipped.', counts)
      : vscode.l10n.t('{0} tagged. {1} files were skipped.', counts, count(skipped.length));
  const show = vscode.l10n.t('Show Skipped Files');
  if ((await vscode.window.showInformationMessage(message, show)) !== show) return;
  const items = skipped.map(({ file, error }) => ({
    label: vscode.workspace.asRelativePath(file),
    detail: error.userMessage,
    file,
  }));
  const placeHolder = vscode.l10n.t('Choose a file to open it');
  const picked = await vscode.window.showQuickPick(items, { placeHolder, matchOnDetail: true });
  if (picked) await vscode.commands.executeCommand('vscode.open', picked.file);
}
