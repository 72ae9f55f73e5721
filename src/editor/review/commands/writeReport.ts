import { posix } from 'node:path';
import * as vscode from 'vscode';
import { isOwnReport } from '../../../core/curation/ownReport';
import { isPrismaSvg, prismaSvg } from '../../../core/review/prismaSvg';
import { reviewCounts, reviewReport } from '../../../core/review/reviewReport';
import { ownFile, stemOf, writeOwnFile } from '../../workspace/ownFile';
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
  const stem = stemOf(uri);
  const chosen = { uri, name: posix.basename(uri.path), text: '' };
  const isDrawing = uri.path.endsWith('.svg');
  const page = isDrawing ? await ownFile(stem, '.md', isOwnReport) : chosen;
  const drawing = isDrawing ? chosen : await ownFile(stem, '.svg', isPrismaSvg);
  const words = reportWords();
  const counts = reviewCounts(state);
  const names = { title: state.settings.title, drawing: drawing.name };
  await writeOwnFile(drawing, prismaSvg(counts, words));
  await writeOwnFile(page, reviewReport(counts, words, names));
  await vscode.window.showTextDocument(page.uri, { preview: true });
};
