import * as vscode from 'vscode';
import { BioBertError, errorCodes } from '../../../core/errors';
import { emptySettings } from '../../../core/review/settings';
import type { ReviewFolder } from '../../../runtime/review/reviewFolder';
import { reviewCommandIds } from '../../commandIds';
import type { ReadFiles } from '../readFiles';
import { chooseFiles, type FileChoice, readSelection } from '../chooseFiles';
import { confirmFiles } from '../confirmFiles';
import { importFiles, whoDecided, withImporter } from '../importFiles';
import { requiredFolder } from '../reviewSession';
import type { ReviewTools, RunCommand } from '../reviewTools';

/** Arguments with which other extensions and tests call the command without questions. */
interface ReviewArguments {
  readonly title?: string;
  readonly question?: string;
  /** Files and folders to import, or none. Default: the user is asked. */
  readonly files?: readonly vscode.Uri[];
}

/**
 * Starts a review in the open folder: asks for its title, its question and its records, imports them, and opens the review:
 * VS Code hides a message after some seconds, so the way into the review should not be a button in it. Nothing is written
 * before the last question is answered.
 */
export const run: RunCommand = async (tools, [first]) => {
  const folder = requiredFolder();
  if (await tools.session.find()) throw existingReview();
  const given = (typeof first === 'object' && first !== null ? first : {}) as ReviewArguments;
  const title = given.title ?? (await askForTitle(folder));
  if (title === undefined) return;
  const question = given.question ?? (await askForQuestion());
  if (question === undefined) return;
  const settings = { ...emptySettings, title, question };
  const review = await withImporter(tools, async (importer) => {
    const heading = vscode.l10n.t('New Review (3/3): Records');
    const choice: FileChoice = { tools, importer, folder, hasReview: false, title: heading };
    const read = given.files ? await readGiven(choice, given.files) : await chooseFiles(choice);
    if (read === undefined) return undefined;
    if (read === 'later') return createEmpty(tools, settings);
    const files = given.files ? read.files : await confirmFiles(read, folder, heading);
    if (files === undefined) return undefined;
    const decidedBy = await whoDecided(files, tools.session.reviewer);
    const created = await tools.session.create(settings);
    const target = { tools, importer, review: created };
    if (files.length > 0) await importFiles(target, files, { decidedBy, opensReview: true });
    return created;
  });
  if (review) await vscode.commands.executeCommand(reviewCommandIds.reviewOpen);
};

/** @throws {BioBertError} if one of the files cannot be read: nobody is there to be told of it. */
async function readGiven(choice: FileChoice, uris: readonly vscode.Uri[]): Promise<ReadFiles | 'later'> {
  if (uris.length === 0) return 'later';
  const read = await readSelection(choice, uris);
  if (read.failed[0]) throw read.failed[0].error;
  return read;
}

async function createEmpty(tools: ReviewTools, settings: typeof emptySettings): Promise<ReviewFolder> {
  const review = await tools.session.create(settings);
  void vscode.window.showInformationMessage(
    vscode.l10n.t(
      'The review is ready. Import records from files, PubMed, Europe PMC or Zotero: see the commands of BioBERT.',
    ),
  );
  return review;
}

function askForTitle(folder: vscode.Uri): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t('New Review (1/3): Title'),
    value: folder.path.slice(folder.path.lastIndexOf('/') + 1),
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? vscode.l10n.t('Enter a title.') : undefined),
  });
}

function askForQuestion(): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t('New Review (2/3): Question'),
    placeHolder: vscode.l10n.t('Do statins prevent dementia in people above 65?'),
    prompt: vscode.l10n.t('Optional. Records are ranked by it before your first decision.'),
    ignoreFocusOut: true,
  });
}

function existingReview(): BioBertError {
  return new BioBertError(
    errorCodes.ARGUMENT_INVALID,
    vscode.l10n.t('The open folder has a review already.'),
    vscode.l10n.t('Run "BioBERT: Open Review", or open another folder.'),
  );
}
