import * as vscode from 'vscode';
import { prismaSvg } from '../../../core/review/prismaSvg';
import { reviewCounts, reviewReport } from '../../../core/review/reviewReport';
import { chooseFile } from '../../workspace/saveFile';
import { reportWords } from '../prismaWords';
import type { RunCommand } from '../reviewTools';

/** Writes the flow diagram of the review as Markdown, and as a drawing beside it. */
export const run: RunCommand = async ({ session }) => {
  const { state } = await session.open();
  const uri = await chooseFile('prisma.md');
  if (!uri) return;
  const words = reportWords();
  const counts = reviewCounts(state);
  const stem = (uri.path.split('/').at(-1) ?? '').replace(/\.[^.]*$/, '');
  // Who names the drawing means both files.
  const page = uri.path.endsWith('.svg') ? vscode.Uri.joinPath(uri, '..', `${stem}.md`) : uri;
  const drawing = `${stem}.svg`;
  const report = reviewReport(counts, words, { title: state.settings.title, drawing });
  const write = (target: vscode.Uri, text: string): Thenable<void> =>
    vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  await write(vscode.Uri.joinPath(uri, '..', drawing), prismaSvg(counts, words));
  await write(page, report);
  await vscode.window.showTextDocument(page, { preview: true });
};
