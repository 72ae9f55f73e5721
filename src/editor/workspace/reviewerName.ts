import * as vscode from 'vscode';
import { accountName } from '../../runtime/accountName';

/** The name under which the decisions of the user are stored. */
export function reviewerName(): string {
  const name = vscode.workspace.getConfiguration('biobert').get<string>('review.reviewer')?.trim();
  return name === undefined || name === '' ? accountName() : name;
}
