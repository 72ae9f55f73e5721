import * as vscode from 'vscode';
import { commandIds } from '../commandIds';
import { documentsLabel, entitiesLabel } from '../entities/countLabels';
import { runFolder, type FolderOutcome } from '../../runtime/files/folderRun';
import { logFailure } from '../log';
import { announce } from './announce';
import { chooseFolder, documentsOf } from './folderChoice';
import { offerSkipped, withFolderTagger } from './folderProgress';
import type { CommandParts } from './parts';
import { registerCommand } from './registerCommand';

type Outcome = FolderOutcome<vscode.Uri>;

/** While one document is being inferred, the next one is read and parsed. */
const concurrency = 2;

export function register(parts: CommandParts): vscode.Disposable {
  const running = new Set<string>();
  return registerCommand(commandIds.tagWorkspaceFolder, parts.log, async () => {
    const folder = await chooseFolder(vscode.l10n.t('Choose the folder to tag'));
    if (!folder) return;
    const name = folder.uri.toString();
    // A second run on the same folder would repeat the work of the first.
    if (running.has(name)) return;
    running.add(name);
    try {
      const outcome = await tagFolder(folder, parts);
      reportOutcome(outcome, parts);
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
        recall: (uri) => tagger.findCached(uri),
        tag: (uri, stop) => tagger.tag(uri, stop),
        onTagged: (uri, tagged) => tagger.publish(uri, tagged),
        onProgress,
      },
      signal,
    );
    if (!outcome.cancelled) logFailure(tagger.prune(), parts.log, 'removing old records');
    return outcome;
  });
}

/** Shows the counts in the status bar. Skipped files are shown in a message, since the user should check them. */
function reportOutcome(outcome: Outcome, { log, view }: CommandParts): void {
  const { documents: tagged, unchanged, entities: found, skipped, cancelled } = outcome;
  const counts = `${documentsLabel(tagged)}, ${entitiesLabel(found)}`;
  log.info(
    `Folder: ${tagged} documents (${unchanged} unchanged), ${found} entities, ${skipped.length} skipped${cancelled ? ', cancelled' : ''}.`,
  );
  for (const { file, error } of skipped) log.warn(`Skipped ${file.path}: ${error.userMessage}`);
  if (tagged > 0) view.options.list('folder');
  if (cancelled) announce(vscode.l10n.t('Stopped: {0} kept. Run it again to go on.', counts));
  else announce(counts);
  if (skipped.length > 0) logFailure(offerSkipped(counts, skipped), log, 'listing skipped files');
}
