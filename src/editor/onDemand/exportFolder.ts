import * as vscode from 'vscode';
import type { ExportFormat } from '../../core/exports/annotationExport';
import { BioBertError, errorCodes } from '../../core/errors';
import { documentsLabel } from '../entities/countLabels';
import { annotatedDocument } from '../exporting/annotatedDocument';
import { openTarget, type ExportTarget } from '../exporting/exportTarget';
import { runFolder, type FolderOutcome } from '../../runtime/files/folderRun';
import type { FolderResult, FolderTagger } from '../folder/folderTagger';
import { logFailure } from '../log';
import { chooseFormat, findFormat, type FormatItem } from './exportFormats';
import { chooseFolder, documentsOf } from './folderChoice';
import { offerSkipped, withFolderTagger } from './folderProgress';
import type { CommandParts } from '../commands/parts';

type Outcome = FolderOutcome<vscode.Uri>;

/** Arguments with which other extensions and tests can call the command without dialogs. */
interface ExportArguments {
  readonly format?: unknown;
  readonly target?: unknown;
}

/**
 * Exports the entities and relations of all documents in a folder. Documents are written one by one, so that memory
 * does not limit the size of the folder. Documents of the index are not tagged again.
 */
export async function run(parts: CommandParts, [first]: readonly unknown[]): Promise<void> {
  const { format, target } = (typeof first === 'object' && first !== null ? first : {}) as ExportArguments;
  const folder = await chooseFolder(vscode.l10n.t('Choose the folder to export'));
  if (!folder) return;
  const files = await documentsOf(folder, parts);
  const placeHolder = vscode.l10n.t('Export the annotations of this folder as …');
  const chosen = findFormat(format) ?? (await chooseFormat(placeHolder, true));
  if (!chosen) return;
  const place = target instanceof vscode.Uri ? target : await choosePlace(folder, chosen);
  if (!place) return;
  const outcome = await exportAll({ folder, files, format: chosen.format, place }, parts);
  reportOutcome(outcome, place, parts);
}

/** Proposes a place beside the folder, since an export inside it would be tagged as another document. */
async function choosePlace(
  folder: vscode.WorkspaceFolder,
  { label, folderEnding }: FormatItem,
): Promise<vscode.Uri | undefined> {
  const name = `${folder.name}${folderEnding === undefined ? '-annotations' : `.${folderEnding}`}`;
  const defaultUri = vscode.Uri.joinPath(folder.uri, '..', name);
  const title =
    folderEnding === undefined
      ? vscode.l10n.t('New folder for the files ({0})', label)
      : vscode.l10n.t('Export as {0}', label);
  return vscode.window.showSaveDialog({ defaultUri, title });
}

interface ExportRequest {
  readonly folder: vscode.WorkspaceFolder;
  readonly files: readonly vscode.Uri[];
  readonly format: ExportFormat;
  readonly place: vscode.Uri;
}

async function exportAll(
  { folder, files, format, place }: ExportRequest,
  parts: CommandParts,
): Promise<Outcome> {
  if (place.scheme !== 'file') throw unsupportedTarget();
  const title = vscode.l10n.t('Exporting {0}', folder.name);
  return withFolderTagger(title, parts, async ({ tagger, signal, onProgress }) => {
    const target = await openTarget(format, place.fsPath);
    try {
      return await runFolder(
        {
          files,
          // One at a time, so that the documents are written in the order of their names.
          concurrency: 1,
          recall: () => Promise.resolve(undefined),
          tag: (uri, stop) => exportOne(uri, { tagger, target, parts, signal: stop }),
          onTagged: () => undefined,
          onProgress,
        },
        signal,
      );
    } finally {
      await target.close();
    }
  });
}

interface ExportRun {
  readonly tagger: FolderTagger;
  readonly target: ExportTarget;
  readonly parts: CommandParts;
  readonly signal: AbortSignal;
}

async function exportOne(
  uri: vscode.Uri,
  { tagger, target, parts, signal }: ExportRun,
): Promise<FolderResult> {
  const tagged = await tagger.tag(uri, signal);
  const { entities, model, source } = tagged;
  const options = { signal, priority: 'background' as const };
  const document = await annotatedDocument({ ...source, entities, model }, parts, options);
  parts.engine.forget(uri.toString());
  await target.write(document);
  return tagged;
}

function reportOutcome(
  { documents: done, skipped, cancelled }: Outcome,
  place: vscode.Uri,
  parts: CommandParts,
): void {
  const { log } = parts;
  log.info(`Export: ${done} documents, ${skipped.length} skipped${cancelled ? ', cancelled' : ''}.`);
  for (const { file, error } of skipped) log.warn(`Skipped ${file.path}: ${error.userMessage}`);
  const name = place.path.split('/').at(-1) ?? place.path;
  const message = cancelled
    ? vscode.l10n.t('Stopped: {0} written to {1}.', documentsLabel(done), name)
    : vscode.l10n.t('{0} written to {1}.', documentsLabel(done), name);
  if (skipped.length > 0)
    logFailure(offerSkipped(documentsLabel(done), skipped), log, 'listing skipped files');
  else void vscode.window.showInformationMessage(message);
}

function unsupportedTarget(): BioBertError {
  return new BioBertError(
    errorCodes.OUTPUT_UNWRITABLE,
    vscode.l10n.t('An export cannot be written there.'),
    vscode.l10n.t('Choose a place on a disk.'),
  );
}
