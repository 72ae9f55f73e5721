import * as vscode from 'vscode';
import { throwIfCancelled } from '../../core/errors';
import type { Span } from '../../core/types';
import { commandIds } from '../commandIds';
import { toRange } from '../convert';
import { findMentions } from '../entities/mentionSearch';
import { LineIndex } from '../entities/snippet';
import { mentionsLabel } from '../entities/countLabels';
import { readDocument } from '../documents/readDocument';
import { supportedFiles } from '../documents/supportedFiles';
import { announce } from './announce';
import { mentionTarget, type MentionTarget } from './mentionTarget';
import type { CommandParts } from './parts';
import { withCancel, type Report } from '../progress';
import { registerCommand } from './registerCommand';

type Parts = Pick<CommandParts, 'source' | 'settings' | 'view' | 'log'>;

/** Maximum number of locations. The search stops there, and the log says so. */
const maxLocations = 5000;

/** Lists the mentions of a name in the document and the workspace folders, in the references view of VS Code. */
export function register(parts: Parts): vscode.Disposable {
  return registerCommand(commandIds.findAllMentions, parts.log, async (...args) => {
    const target = mentionTarget(args, parts.source, parts.view);
    const locations = await withCancel(vscode.l10n.t('Finding mentions'), (signal, report) =>
      findLocations(target, parts, { signal, report }),
    );
    await showLocations(target, locations);
  });
}

async function showLocations(target: MentionTarget, locations: vscode.Location[]): Promise<void> {
  const document = await vscode.workspace.openTextDocument(target.uri);
  const { start } = toRange(document, { start: target.offset, end: target.offset });
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(start, start) });
  await vscode.commands.executeCommand('editor.action.showReferences', target.uri, start, locations);
  announce(`${target.name}: ${mentionsLabel(locations.length)}`);
}

async function findLocations(
  target: MentionTarget,
  parts: Parts,
  { signal, report }: { readonly signal: AbortSignal; readonly report: Report },
): Promise<vscode.Location[]> {
  const locations: vscode.Location[] = [];
  const documents = await documentsToSearch(target, parts);
  for (const [index, uri] of documents.entries()) {
    report(index / documents.length);
    throwIfCancelled(signal);
    locations.push(...(await locationsIn(uri, target, parts)));
    if (locations.length >= maxLocations) {
      parts.log.info(`Find All Mentions stopped at ${maxLocations} places.`);
      break;
    }
  }
  return locations;
}

/** Returns the current document first, then tagged documents, then all other files of the workspace folders. */
async function documentsToSearch(
  { uri }: MentionTarget,
  { source, settings }: Parts,
): Promise<readonly vscode.Uri[]> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const files = await Promise.all(folders.map((folder) => supportedFiles(folder, settings.languages)));
  const tagged = source.all().map(({ document }) => vscode.Uri.parse(document));
  const all = [uri, ...tagged, ...files.flat()];
  return [...new Map(all.map((each) => [each.toString(), each])).values()];
}

async function locationsIn(
  uri: vscode.Uri,
  { query }: MentionTarget,
  parts: Parts,
): Promise<vscode.Location[]> {
  try {
    const text = await readDocument(uri, { maxBytes: parts.settings.maxFileBytes });
    const spans = findMentions(text, parts.source.get(uri)?.entities ?? [], query);
    if (spans.length === 0) return [];
    const index = new LineIndex(text);
    return spans.map((span) => new vscode.Location(uri, rangeIn(index, span)));
  } catch {
    // The file is binary, too large or deleted.
    return [];
  }
}

function rangeIn(index: LineIndex, span: Span): vscode.Range {
  const start = index.positionAt(span.start);
  const end = index.positionAt(span.end);
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
