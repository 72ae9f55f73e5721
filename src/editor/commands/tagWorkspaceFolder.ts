import * as vscode from 'vscode';
import { commandIds } from '../commandIds';
import { documents, entities } from '../entities/words';
import { runFolder, type FolderOutcome } from '../../runtime/files/folderRun';
import { logFailure } from '../log';
import { announce } from './announce';
import { chooseFolder, documentsOf } from './folderChoice';
import { offerSkipped, withFolderTagger } from './folderProgress';
import type { CommandParts } from './parts';
import { registerCommand } from './register';

type Outcome = FolderOutcome<vscode.Uri>;

/** While one document is inferred, the next is read and parsed. */
const concurrency = 2;

export function register(parts: CommandParts): vscode.Disposable {
  const running = new Set<string>();
  return registerCommand(commandIds.tagWorkspaceFolder, parts.log, async () => {
    const folder = await chooseFolder(vscode.l10n.t('Choose the folder to tag'));
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

async function tagFolder(folder: vscode.WorkspaceFolder, parts: CommandParts): Promise<Outcome> {
  const files = await documentsOf(folder, parts.settings);
  const title = vscode.l10n.t('Tagging {0}', folder.name);
  return withFolderTagger(folder, title, parts, async ({ tagger, signal, onProgress }) => {
    const outcome = await runFolder(
      {
        files,
        concurrency,
        recall: (uri) => tagger.recall(uri),
        tag: (uri, stop) => tagger.tag(uri, stop),
        onTagged: (uri, tagged) => tagger.show(uri, tagged),
        onProgress,
      },
      signal,
    );
    if (!outcome.cancelled) logFailure(tagger.prune(), parts.log, 'removing old records');
    return outcome;
  });
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
