import { posix } from 'node:path';
import * as vscode from 'vscode';
import {
  bibliographyAddition,
  type BibliographyAddition,
  type Insertion,
  namesBibliography,
} from '../../core/review/draftBibliography';
import { logFailure } from '../log';
import type { ReviewParts } from '../reviewAccess';
import { bibliographyFile } from './bibliographyFile';
import type { ReviewSession } from './reviewSession';

const memoryKey = 'review.namesBibliography';

interface Memory {
  /** Whether the user wants drafts to name the bibliography. */
  readonly isWanted: boolean;
  /** The drafts that were changed. Who removes the line again does not get it back. */
  readonly drafts: readonly string[];
}

export interface DraftParts {
  readonly parts: Pick<ReviewParts, 'context' | 'log'>;
  readonly session: Pick<ReviewSession, 'open'>;
}

/**
 * Sees to it that a draft names the bibliography of the review, without which Pandoc, Quarto and LaTeX find no citation. The
 * user is asked once in a folder, because the text is the user's own. After a yes, other drafts get the line together with
 * their first citation.
 */
export class DraftCitations {
  private hasAsked = false;

  constructor(private readonly draftParts: DraftParts) {}

  /** Returns the lines that come with a citation because the user has agreed to it. */
  async agreedInsertions(document: vscode.TextDocument): Promise<readonly Insertion[]> {
    return this.isAgreed(document) ? ((await this.addition(document))?.insertions ?? []) : [];
  }

  /** To be called when the insertions are in the draft. */
  async remember(document: vscode.TextDocument): Promise<void> {
    const drafts = [...(this.memory?.drafts ?? []), document.uri.toString()];
    await this.save({ isWanted: true, drafts });
  }

  /** To be called after a citation: asks the user, without waiting for the answer, unless an answer is known. */
  async afterCitation(document: vscode.TextDocument): Promise<void> {
    const { memory } = this;
    const isOpen = memory === undefined && !this.hasAsked;
    if (!isOpen && !this.isAgreed(document)) return;
    const addition = await this.addition(document);
    if (!addition) return;
    if (memory) {
      await this.add(document);
      return;
    }
    this.hasAsked = true;
    logFailure(this.ask(document, addition), this.draftParts.parts.log, 'naming the bibliography');
  }

  private async ask(document: vscode.TextDocument, { line }: BibliographyAddition): Promise<void> {
    const [add, notNow] = [vscode.l10n.t('Add'), vscode.l10n.t('Not Now')];
    const answer = await vscode.window.showInformationMessage(question(document, line), add, notNow);
    if (answer === add) await this.add(document);
    else if (answer === notNow) await this.save({ isWanted: false, drafts: [] });
  }

  /** The user may have written on in the meantime. */
  private async add(document: vscode.TextDocument): Promise<void> {
    const addition = await this.addition(document);
    const edit = new vscode.WorkspaceEdit();
    for (const { offset, text } of addition?.insertions ?? [])
      edit.insert(document.uri, document.positionAt(offset), text);
    await vscode.workspace.applyEdit(edit);
    await this.remember(document);
  }

  private async addition(document: vscode.TextDocument): Promise<BibliographyAddition | undefined> {
    // Only a file has a folder, to which the path is relative.
    if (document.uri.scheme !== 'file') return undefined;
    const { uri } = await bibliographyFile(this.draftParts.session);
    const folder = posix.dirname(document.uri.path);
    if (document.languageId === 'quarto' && (await isNamedByProject(document.uri, uri))) return undefined;
    const file = posix.relative(folder, uri.path);
    return bibliographyAddition(document.getText(), file, document.languageId);
  }

  private isAgreed({ uri }: vscode.TextDocument): boolean {
    const { memory } = this;
    return memory?.isWanted === true && !memory.drafts.includes(uri.toString());
  }

  private get memory(): Memory | undefined {
    return this.draftParts.parts.context.workspaceState.get<Memory>(memoryKey);
  }

  private async save(memory: Memory): Promise<void> {
    await this.draftParts.parts.context.workspaceState.update(memoryKey, memory);
  }
}

function question({ uri, languageId }: vscode.TextDocument, line: string): string {
  const { name, base } = posix.parse(uri.path);
  if (line.startsWith('\\')) {
    return vscode.l10n.t('Add "{0}" to {1}, so that LaTeX finds the citations?', line, base);
  }
  if (languageId !== 'markdown') {
    const program = languageId === 'quarto' ? 'Quarto' : 'R Markdown';
    return vscode.l10n.t(
      'Add "{0}" to the front matter of {1}, so that {2} finds the citations?',
      ...[line, base, program],
    );
  }
  const [input, output] = [base, `${name}.docx`].map((each) => (/\s/.test(each) ? `"${each}"` : each));
  return vscode.l10n.t(
    'Add "{0}" to the front matter of {1}, so that Pandoc finds the citations? Then this command makes a Word file: pandoc --citeproc {2} -o {3}',
    ...[line, base, input, output].map(String),
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
