import * as vscode from 'vscode';
import { commandIds } from '../commandIds';
import { Disposable } from '../dispose';
import { toRange } from '../convert';
import type { Report } from './report';

const scheme = 'biobert-compare';

/** Reports, read-only and in memory alone; each place in them leads to its mention. */
export class ReportDocuments
  extends Disposable
  implements vscode.TextDocumentContentProvider, vscode.DocumentLinkProvider
{
  private readonly reports = new Map<string, { readonly report: Report; readonly source: vscode.Uri }>();
  private nextNumber = 1;

  constructor() {
    super();
    this._register(vscode.workspace.registerTextDocumentContentProvider(scheme, this));
    this._register(vscode.languages.registerDocumentLinkProvider({ scheme }, this));
    this._register(vscode.workspace.onDidCloseTextDocument(({ uri }) => this.reports.delete(uri.toString())));
  }

  /** Shows a report beside the document that it is about. */
  async show(report: Report, source: vscode.Uri, title: string): Promise<void> {
    const uri = vscode.Uri.from({ scheme, path: `/${this.nextNumber++}/${title}.md` });
    this.reports.set(uri.toString(), { report, source });
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, vscode.ViewColumn.Beside);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.reports.get(uri.toString())?.report.text ?? '';
  }

  provideDocumentLinks(document: vscode.TextDocument): vscode.DocumentLink[] {
    const known = this.reports.get(document.uri.toString());
    return (known?.report.links ?? []).map(({ span, mention: { start, end } }) => {
      const argument = encodeURIComponent(JSON.stringify([{ uri: known?.source.toString(), start, end }]));
      const target = vscode.Uri.parse(`command:${commandIds.revealMention}?${argument}`);
      return new vscode.DocumentLink(toRange(document, span), target);
    });
  }
}
