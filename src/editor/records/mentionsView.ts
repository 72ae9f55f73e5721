import * as vscode from 'vscode';
import { formatCount, mentionsLabel } from '../entities/countLabels';
import { escapeMarkdown } from '../escapeMarkdown';
import type { MentionPlace, PaperPlaces } from './mentionPlaces';

/**
 * The references view of VS Code, as its extension `vscode.references-view` offers it to others. Unlike the command for
 * lists of references it takes groups that are no files.
 */
export interface ReferencesView {
  setInput(input: ReferencesInput): void;
}

interface ReferencesInput {
  readonly contextValue: string;
  readonly title: string;
  readonly location: vscode.Location;
  resolve(): ReferencesModel;
  with(location: vscode.Location): ReferencesInput;
}

interface ReferencesModel {
  readonly message: string | undefined;
  readonly provider: vscode.TreeDataProvider<MentionRow>;
  readonly navigation: {
    nearest(uri: vscode.Uri, position: vscode.Position): MentionRow | undefined;
    next(from: MentionRow): MentionRow;
    previous(from: MentionRow): MentionRow;
    location(row: MentionRow): vscode.Location | undefined;
  };
  readonly highlights: {
    getEditorHighlights(row: MentionRow, uri: vscode.Uri): vscode.Range[] | undefined;
  };
}

/** A row: a paper, or one of its mentions. */
export interface MentionRow {
  readonly paper: PaperPlaces;
  /** Undefined for the row of the paper. */
  readonly place?: MentionPlace;
}

/** Shows mentions by paper in the references view, or by file in the editor if that view is switched off. */
export async function showMentions(name: string, papers: readonly PaperPlaces[]): Promise<void> {
  const [first] = papers.flatMap(({ places }) => places);
  if (!first) return;
  const { location } = first;
  const extension = vscode.extensions.getExtension<ReferencesView>('vscode.references-view');
  if (extension) {
    (await extension.activate()).setInput(inputOf(name, papers, location));
    return;
  }
  await vscode.window.showTextDocument(location.uri, { selection: location.range });
  const locations = papers.flatMap(({ places }) => places.map((place) => place.location));
  await vscode.commands.executeCommand(
    'editor.action.showReferences',
    location.uri,
    location.range.start,
    locations,
  );
}

function inputOf(name: string, papers: readonly PaperPlaces[], location: vscode.Location): ReferencesInput {
  return {
    contextValue: 'biobertMentions',
    title: vscode.l10n.t('Mentions of {0}', name),
    location,
    resolve: () => modelOf(papers),
    with: (other) => inputOf(name, papers, other),
  };
}

function modelOf(papers: readonly PaperPlaces[]): ReferencesModel {
  const roots = papers.map((paper): MentionRow => ({ paper }));
  // VS Code knows rows by identity.
  const children = new Map(
    roots.map((row) => [row, row.paper.places.map((place): MentionRow => ({ paper: row.paper, place }))]),
  );
  const all = roots.flatMap((row) => children.get(row) ?? []);
  const parents = new Map([...children].flatMap(([row, below]) => below.map((each) => [each, row] as const)));
  const mentionOf = (row: MentionRow): MentionRow => children.get(row)?.[0] ?? row;
  const step = (from: MentionRow, by: number): MentionRow =>
    all.at((all.indexOf(mentionOf(from)) + by) % all.length) ?? from;
  return {
    message: mentionsLabel(all.length),
    provider: {
      getChildren: (row) => (row ? children.get(row) : roots),
      getParent: (row) => parents.get(row),
      getTreeItem: itemOf,
    },
    navigation: {
      nearest: (uri) => all.find(({ place }) => place?.location.uri.toString() === uri.toString()),
      next: (from) => step(from, 1),
      previous: (from) => step(from, -1),
      location: (row) => mentionOf(row).place?.location,
    },
    highlights: {
      getEditorHighlights: (row, uri) =>
        row.paper.places
          .filter(({ location }) => location.uri.toString() === uri.toString())
          .map(({ location }) => location.range),
    },
  };
}

export function itemOf({ paper, place }: MentionRow): vscode.TreeItem {
  return place ? mentionItem(place, paper) : paperItem(paper);
}

/** Author, year and title come first, because VS Code cuts the row. */
function paperItem({ publication, file, places }: PaperPlaces): vscode.TreeItem {
  const row = new vscode.TreeItem(publication ?? file, vscode.TreeItemCollapsibleState.Expanded);
  row.description = formatCount(places.length);
  row.iconPath = new vscode.ThemeIcon(publication === undefined ? 'file' : 'book');
  const lines = [
    ...(publication === undefined ? [] : [`**${escapeMarkdown(publication)}**`]),
    escapeMarkdown(file),
  ];
  row.tooltip = new vscode.MarkdownString([...lines, mentionsLabel(places.length)].join('\n\n'));
  return row;
}

function mentionItem(
  { location, snippet }: MentionPlace,
  { publication, file }: PaperPlaces,
): vscode.TreeItem {
  const row = new vscode.TreeItem(snippet.text, vscode.TreeItemCollapsibleState.None);
  const line = vscode.l10n.t('line {0}', formatCount(snippet.line));
  row.description = line;
  const where = [publication ?? [], file, line].flat().map(escapeMarkdown).join(' · ');
  row.tooltip = new vscode.MarkdownString(`${escapeMarkdown(snippet.sentence)}\n\n${where}`);
  row.command = {
    command: 'vscode.open',
    title: vscode.l10n.t('Go to Mention'),
    arguments: [location.uri, { selection: location.range, preserveFocus: true }],
  };
  return row;
}
