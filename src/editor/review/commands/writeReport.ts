import * as vscode from 'vscode';
import { isOwnReport } from '../../../core/curation/ownReport';
import { isPrismaSvg, prismaSvg } from '../../../core/review/prismaSvg';
import { reviewCounts, reviewReport } from '../../../core/review/reviewReport';
import { ownFile, writeOwnFile } from '../../workspace/ownFile';
import { chooseFile } from '../../workspace/saveFile';
import { reportWords } from '../prismaWords';
import type { RunCommand } from '../reviewTools';

/**
 * Writes the flow diagram of the review as Markdown, and as a drawing beside it. The user chooses one of the files and is
 * asked whether it may be replaced; the other one has the same name, or a free one.
 */
export const run: RunCommand = async ({ session }) => {
  const { state } = await session.open();
  const uri = await chooseFile('prisma.md');
  if (!uri) return;
  const folder = vscode.Uri.joinPath(uri, '..');
  const name = uri.path.split('/').at(-1) ?? '';
  const stem = name.replace(/\.[^.]*$/, '');
  const chosen = { uri, name, text: '', isSecond: false };
  const isDrawing = uri.path.endsWith('.svg');
  const page = isDrawing ? await ownFile(folder, { stem, extension: '.md', isOwn: isOwnReport }) : chosen;
  const drawing = isDrawing ? chosen : await ownFile(folder, { stem, extension: '.svg', isOwn: isPrismaSvg });
  const words = reportWords();
  const counts = reviewCounts(state);
  const { title } = state.settings;
  await writeOwnFile(drawing, prismaSvg(counts, words));
  await writeOwnFile(page, reviewReport(counts, words, { title, drawing: drawing.name }));
  await vscode.window.showTextDocument(page.uri, { preview: true });
};
