import * as vscode from 'vscode';
import type { ReviewRecord } from '../../core/review/reviewData';
import { Disposable } from '../dispose';
import { recordText } from './recordText';
import type { ReviewSession } from './reviewSession';

const scheme = 'biobert-review';

/** Shows records of the review as read-only documents, `biobert-review:/Kaplan 2019?pmid:1`. */
export class RecordDocuments extends Disposable implements vscode.TextDocumentContentProvider {
  constructor(private readonly session: Pick<ReviewSession, 'find'>) {
    super();
    this._register(vscode.workspace.registerTextDocumentContentProvider(scheme, this));
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const review = await this.session.find();
    const record = review?.state.records.find(({ id }) => id === uri.query);
    const source = review?.state.settings.sources.find(({ id }) => id === record?.source);
    return record ? recordText(record, source) : vscode.l10n.t('The record is no longer in the review.');
  }

  /** Shows a record beside a question about it. */
  async show(record: ReviewRecord): Promise<void> {
    const document = await vscode.workspace.openTextDocument(recordUri(record));
    await vscode.window.showTextDocument(document, { preview: true, preserveFocus: true });
  }

  /** Shows two records side by side. */
  async compare(first: ReviewRecord, second: ReviewRecord, title: string): Promise<void> {
    const options: vscode.TextDocumentShowOptions = { preview: true, preserveFocus: true };
    await vscode.commands.executeCommand('vscode.diff', recordUri(first), recordUri(second), title, options);
  }
}

function recordUri({ id, authors, year }: ReviewRecord): vscode.Uri {
  const name = [authors[0], year]
    .filter((part) => part !== undefined)
    .join(' ')
    .replace(/[/\\]/g, ' ');
  return vscode.Uri.file(`/${name === '' ? 'record' : name}`).with({ scheme, query: id });
}
