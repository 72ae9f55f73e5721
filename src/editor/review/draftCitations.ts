import { posix } from 'node:path';
import * as vscode from 'vscode';
import {
  bibliographyAddition,
  type BibliographyAddition,
  namesBibliography,
} from '../../core/review/draftBibliography';
import { logFailure } from '../log';
import type { ReviewParts } from '../reviewAccess';
import { bibliographyFile } from './bibliographyFile';
import type { ReviewSession } from './reviewSession';

const memoryKey = 'review.namesBibliography';

interface Memory {
  /** The drafts that were changed. Who removes the line again does not get it back. */
  readonly drafts: readonly string[];
}

export interface DraftParts {
  readonly parts: Pick<ReviewParts, 'context' | 'log'>;
  readonly session: Pick<ReviewSession, 'open'>;
}

/**
 * Sees to it that a draft names the bibliography of the review, without which Pandoc, Quarto and LaTeX find no citation: the
 * line comes with the first citation, in the same edit, so that one Undo takes both back. It is not asked for, because VS Code
 * hides a question after some seconds, and a draft without the line cannot be set.
 */
export class DraftCitations {
  constructor(private readonly draftParts: DraftParts) {}

  /** Returns what is to be inserted with a citation. Undefined if the draft needs nothing or had the line before. */
  async addition(document: vscode.TextDocument): Promise<BibliographyAddition | undefined> {
    // Only a file has a folder, to which the path is relative.
    if (document.uri.scheme !== 'file' || this.drafts.includes(document.uri.toString())) return undefined;
    const { uri } = await bibliographyFile(this.draftParts.session);
    const folder = posix.dirname(document.uri.path);
    if (document.languageId === 'quarto' && (await isNamedByProject(document.uri, uri))) return undefined;
    const file = posix.relative(folder, uri.path);
    return bibliographyAddition(document.getText(), file, document.languageId);
  }

  /** To be called when a citation is in a draft but what names the bibliography could not be a part of its edit. */
  async add(document: vscode.TextDocument): Promise<void> {
    const addition = await this.addition(document);
    if (!addition) return;
    const edit = new vscode.WorkspaceEdit();
    for (const { offset, text } of addition.insertions)
      edit.insert(document.uri, document.positionAt(offset), text);
    if (await vscode.workspace.applyEdit(edit)) await this.remember(document, addition.line);
  }

  /** To be called when the insertions are in the draft. Tells the user, without waiting for the message to be closed. */
  async remember(document: vscode.TextDocument, line: string): Promise<void> {
    const memory: Memory = { drafts: [...this.drafts, document.uri.toString()] };
    await this.draftParts.parts.context.workspaceState.update(memoryKey, memory);
    logFailure(tell(document, line), this.draftParts.parts.log, 'telling about the bibliography');
  }

  private get drafts(): readonly string[] {
    return this.draftParts.parts.context.workspaceState.get<Memory>(memoryKey)?.drafts ?? [];
  }
}

/** VS Code shows a long message as a whole only if it has a button. */
async function tell(document: vscode.TextDocument, line: string): Promise<void> {
  const { uri, languageId } = document;
  if (languageId !== 'markdown') {
    await vscode.window.showInformationMessage(whatWasAdded(document, line));
    return;
  }
  const { name, base } = posix.parse(uri.path);
  const [input, output] = [base, `${name}.docx`].map((each) => (/\s/.test(each) ? `"${each}"` : each));
  const command = `pandoc --citeproc ${String(input)} -o ${String(output)}`;
  const copy = vscode.l10n.t('Copy Command');
  const message = vscode.l10n.t(
    '"{0}" was added to the front matter of {1}, so that Pandoc finds the citations. This command makes a Word file: {2}',
    ...[line, base, command],
  );
  if ((await vscode.window.showInformationMessage(message, copy)) === copy)
    await vscode.env.clipboard.writeText(command);
}

function whatWasAdded({ uri, languageId }: vscode.TextDocument, line: string): string {
  const { base } = posix.parse(uri.path);
  if (line.startsWith('\\')) {
    return vscode.l10n.t('"{0}" was added to {1}, so that LaTeX finds the citations.', line, base);
  }
  const program = languageId === 'quarto' ? 'Quarto' : 'R Markdown';
  return vscode.l10n.t(
    '"{0}" was added to the front matter of {1}, so that {2} finds the citations.',
    ...[line, base, program],
  );
}

/** Whether the Quarto project of a draft names a bibliography for all its documents. */
async function isNamedByProject(draft: vscode.Uri, bibliography: vscode.Uri): Promise<boolean> {
  const top = posix.dirname(bibliography.path);
  for (let folder = posix.dirname(draft.path); ; folder = posix.dirname(folder)) {
    for (const name of ['_quarto.yml', '_quarto.yaml']) {
      const text = await textOf(draft.with({ path: posix.join(folder, name) }));
      if (namesBibliography(text)) return true;
    }
    if (folder === top || folder === posix.dirname(folder)) return false;
  }
}

async function textOf(file: vscode.Uri): Promise<string> {
  return vscode.workspace.fs.readFile(file).then(
    (bytes) => new TextDecoder().decode(bytes),
    () => '',
  );
}
