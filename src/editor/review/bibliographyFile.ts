import * as vscode from 'vscode';
import { isOwnBibliography } from '../../core/curation/ownReport';
import { type OwnFile, ownFile } from '../workspace/ownFile';
import type { ReviewSession } from './reviewSession';

/** The bibliography of the review: `references.bib` in its folder, or another name if that file is the user's own. */
export async function bibliographyFile(session: Pick<ReviewSession, 'open'>): Promise<OwnFile> {
  const { folder } = await session.open();
  return ownFile(vscode.Uri.joinPath(vscode.Uri.file(folder), 'references'), '.bib', isOwnBibliography);
}
