import * as vscode from 'vscode';
import type { Evidence } from '../../core/curation/evidenceFile';
import { CancelledError } from '../../core/errors';
import { findSentence } from '../../core/documents/findSentence';
import type { DocumentFormat, Span } from '../../core/types';
import { formatOfFile } from '../documents/documents';
import { openDocument, readDocument } from '../documents/readDocument';
import type { BioBertEngine } from '../../protocol/engine';
import type { EditLog } from '../annotations/editLog';
import type { EvidenceLocation } from '../annotations/evidenceRevealer';
import { documentUri, isInWorkspace } from '../workspace/workspaceFile';

export interface LocationParts {
  readonly edits: EditLog;
  readonly maxBytes: () => number;
  /** Reads the prose of documents with markup. */
  readonly engine: Pick<BioBertEngine, 'passages'>;
}

/**
 * Finds the current location of a pinned sentence.
 *
 * The table is stored in a file and outlives edits that this extension does not see, such as a merge or work on another
 * machine. Therefore the sentence is searched by its words, with or without markup, and the occurrence nearest to the stored
 * offset is taken.
 *
 * @throws {CancelledError} if the document lies outside the workspace and the user does not want to open it.
 */
export async function locateEvidence(
  evidence: Evidence,
  { edits, maxBytes, engine }: LocationParts,
): Promise<EvidenceLocation> {
  const uri = documentUri(evidence.document);
  await confirmOutside(uri);
  const text = await readDocument(uri, { maxBytes: maxBytes() });
  const document = uri.toString();
  const prose = async () => {
    const { passages } = await engine.passages({ document, text, format: formatNear(uri, text) });
    return passages;
  };
  const found = await findSentence({ text, prose }, evidence.sentence, evidence.start);
  if (!found) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('The sentence is no longer in the document. The place where it stood is shown.'),
    );
  }
  return {
    document,
    version: edits.currentVersion(document),
    evidence: found ?? placeWithin(evidence, text),
    marks: [],
  };
}

/**
 * Asks before a document outside the workspace is opened. The table may come from somebody else and name any file of
 * this machine or of a server. The document is not accessed before the answer.
 */
async function confirmOutside(uri: vscode.Uri): Promise<void> {
  if (isInWorkspace(uri) || openDocument(uri)) return;
  const path = uri.scheme === 'file' ? uri.fsPath : uri.toString(true);
  const open = vscode.l10n.t('Open');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t('The document lies outside the folders that are open. Open it only if you know it.'),
    // Invisible characters, such as marks of the writing direction, could show another path.
    { modal: true, detail: path.replace(/\p{C}/gu, '\uFFFD') },
    open,
  );
  if (chosen !== open) throw new CancelledError();
}

/** The format of a document. One that is not read any more, such as a table without titles, is plain text. */
function formatNear(uri: vscode.Uri, text: string): DocumentFormat {
  try {
    return formatOfFile(uri, text);
  } catch {
    return 'plain';
  }
}

function placeWithin({ start, end }: Span, text: string): Span {
  return { start: Math.min(start, text.length), end: Math.min(end, text.length) };
}
