import * as vscode from 'vscode';
import type { TermProblem } from '../../core/linking/userTerms';

/** The problems of a file of terms. */
export interface TermFileProblems {
  /** The path as the user wrote it. */
  readonly name: string;
  readonly uri: vscode.Uri;
  /** At least one. */
  readonly problems: readonly TermProblem[];
}

/** Shows one warning about all files, from which the user can open the first line that cannot be read as a term. */
export async function showTermProblems(files: readonly TermFileProblems[]): Promise<void> {
  const [file] = files;
  const [problem] = file?.problems ?? [];
  if (file === undefined || problem === undefined) return;
  const { name, uri } = file;
  const { line, message } = problem;
  const others = files.reduce((sum, { problems }) => sum + problems.length, -1);
  const first = vscode.l10n.t('{0}, line {1}: {2}', name, line, message);
  const more = others === 0 ? '' : ` ${vscode.l10n.t('Further problems in files of terms: {0}.', others)}`;
  const open = vscode.l10n.t('Open File');
  if ((await vscode.window.showWarningMessage(first + more, open)) !== open) return;
  const start = new vscode.Position(line - 1, 0);
  await vscode.window.showTextDocument(uri, { selection: new vscode.Range(start, start) });
}
