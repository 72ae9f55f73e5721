import * as vscode from 'vscode';
import { reviewBibliography } from '../../core/review/bibliography';
import { writeOwnFile } from '../workspace/ownFile';
import { bibliographyFile } from './bibliographyFile';
import type { ReviewTools } from './reviewTools';

const toldKey = 'review.bibliographyTold';

/**
 * Brings the bibliography of the review up to date.
 *
 * @param cited Citation keys that it must have.
 */
export async function updateBibliography(
  { session, lookup, parts }: ReviewTools,
  cited: readonly string[],
): Promise<void> {
  const review = await session.open();
  const file = await bibliographyFile(session);
  await writeOwnFile(file, reviewBibliography(review.state, await lookup.get(), cited, file.text));
  const memory = parts.context.workspaceState;
  if (!file.isSecond || memory.get<boolean>(toldKey) === true) return;
  await memory.update(toldKey, true);
  void vscode.window.showInformationMessage(
    vscode.l10n.t(
      'The folder has a references.bib of your own. The references of the review are in {0}.',
      file.name,
    ),
  );
}
