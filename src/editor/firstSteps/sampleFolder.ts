import * as vscode from 'vscode';
import { commandIds } from '../commandIds';
import type { DocumentTagger } from '../entities/documentTagger';

/** A part of the samples: an abstract with its marks, or the screening view of a review. */
export type SampleView = 'abstract' | 'review';

/** The view that the window of the sample folder shows when it has opened. */
const pendingKey = 'samples.pending';

const abstractFile = 'abstract.txt';
const recordFiles = ['pubmed.nbib', 'scopus.ris'];

type Context = Pick<vscode.ExtensionContext, 'extensionUri' | 'globalStorageUri' | 'globalState'>;

/** The sample documents: a copy in the storage of the extension, since the folder of the extension is replaced by updates. */
export class SampleFolder {
  private readonly uri: vscode.Uri;

  constructor(
    private readonly context: Context,
    private readonly documentTagger: Pick<DocumentTagger, 'tagDocument'>,
  ) {
    this.uri = vscode.Uri.joinPath(context.globalStorageUri, 'samples');
  }

  /** Whether this window shows the sample folder. */
  get isOpen(): boolean {
    return vscode.workspace.workspaceFolders?.[0]?.uri.fsPath === this.uri.fsPath;
  }

  /**
   * Shows a sample. The abstract opens in this window, and in an empty window with its folder, because evidence and the
   * index need one. The review needs the sample folder as its workspace, so that it opens in a window of its own.
   */
  async open(view: SampleView): Promise<void> {
    await this.copy();
    const hasFolder = vscode.workspace.workspaceFolders !== undefined;
    if (this.isOpen || (hasFolder && view === 'abstract')) return this.show(view);
    await this.context.globalState.update(pendingKey, view);
    const options = hasFolder ? { forceNewWindow: true } : { forceReuseWindow: true };
    await vscode.commands.executeCommand('vscode.openFolder', this.uri, options);
  }

  /**
   * Shows what {@link open} asked for before this window was opened. An empty window of the sample folder shows the
   * abstract.
   *
   * @returns whether the abstract was shown.
   */
  async continue(): Promise<boolean> {
    if (!this.isOpen) return false;
    const { globalState } = this.context;
    const pending = globalState.get<SampleView>(pendingKey);
    const isEmpty = vscode.window.tabGroups.all.every(({ tabs }) => tabs.length === 0);
    const view = pending ?? (isEmpty ? 'abstract' : undefined);
    if (view === undefined) return false;
    await globalState.update(pendingKey, undefined);
    await this.copy();
    await this.show(view);
    return view === 'abstract';
  }

  private show(view: SampleView): Promise<void> {
    return view === 'abstract' ? this.showAbstract() : this.showReview();
  }

  private async showAbstract(): Promise<void> {
    const document = await vscode.workspace.openTextDocument(this.file(abstractFile));
    await vscode.window.showTextDocument(document, { preview: false, viewColumn: columnBesidePage() });
    await vscode.commands.executeCommand('biobert.panel.focus', { preserveFocus: true });
    await this.documentTagger.tagDocument(document);
  }

  private async showReview(): Promise<void> {
    if (!(await exists(this.file('.biobert', 'records.jsonl')))) {
      const files = recordFiles.map((name) => this.file(name));
      await vscode.commands.executeCommand(commandIds.reviewImport, { files });
    }
    await vscode.commands.executeCommand(commandIds.reviewOpen);
  }

  private file(...names: readonly string[]): vscode.Uri {
    return vscode.Uri.joinPath(this.uri, ...names);
  }

  /** Copies the files that are missing. What the user has changed stays. */
  private async copy(): Promise<void> {
    const from = vscode.Uri.joinPath(this.context.extensionUri, 'samples');
    for (const names of [[abstractFile], ...recordFiles.map((name) => [name]), ['.biobert', 'review.json']]) {
      const file = this.file(...names);
      if (await exists(file)) continue;
      // Copied by content: the files of the extension may be read-only, and their copies must not be.
      await vscode.workspace.fs.writeFile(
        file,
        await vscode.workspace.fs.readFile(vscode.Uri.joinPath(from, ...names)),
      );
    }
  }
}

/** The column in which a document does not cover the walkthrough or another page of VS Code that is active. */
function columnBesidePage(): vscode.ViewColumn {
  const { activeTabGroup, all } = vscode.window.tabGroups;
  // The API describes the inputs of documents, and none of pages.
  const isPage = activeTabGroup.activeTab !== undefined && activeTabGroup.activeTab.input === undefined;
  if (!isPage) return vscode.ViewColumn.Active;
  return all.find((group) => group !== activeTabGroup)?.viewColumn ?? vscode.ViewColumn.Beside;
}

function exists(file: vscode.Uri): Promise<boolean> {
  return Promise.resolve(
    vscode.workspace.fs.stat(file).then(
      () => true,
      () => false,
    ),
  );
}
