import * as vscode from 'vscode';
import { isOwnExport } from '../../core/curation/ownExports';
import { isInOwnFolder } from '../../core/curation/ownFolder';
import { throwIfCancelled } from '../../core/errors';
import { publicationsIn } from '../../core/records/readRecords';
import { isPublished } from '../../core/records/published';
import type { DocumentFormat, PublicationPlace, Span } from '../../core/types';
import type { CommandParts } from '../commands/parts';
import { formatOfFile } from '../documents/documents';
import { notebookOf } from '../documents/notebookCells';
import { fileOfDocument } from '../documents/paperUri';
import { publicationIn } from '../../core/records/publicationIn';
import { readDocument } from '../documents/readDocument';
import { supportedFiles } from '../documents/supportedFiles';
import { mentionsInFolder } from '../../runtime/folder/mentionsInFolder';
import { LineIndex } from '../../runtime/folder/lineIndex';
import { snippetIn, type Snippet } from '../entities/snippet';
import type { Report } from '../progress';
import { findMentions } from '../../runtime/folder/mentionSearch';
import type { MentionTarget } from './mentionTarget';

/** A mention of the name. */
export interface MentionPlace {
  readonly location: vscode.Location;
  readonly snippet: Snippet;
}

/** A paper, a draft or another document, with its mentions in document order. */
export interface PaperPlaces {
  /** `Kaplan 2019, Title`; undefined if the document does not name its publication. */
  readonly publication: string | undefined;
  /** The path of the file in the workspace. */
  readonly file: string;
  /** At least one. */
  readonly places: readonly MentionPlace[];
}

/** The mentions of a name. */
export interface FoundPlaces {
  readonly papers: readonly PaperPlaces[];
  /** Number of mentions in other copies of these papers, which are not listed. */
  readonly copied: number;
}

type Parts = Pick<CommandParts, 'source' | 'settings' | 'leftOut' | 'log'>;

/** Maximum number of mentions. The search stops there, and the log says so. */
const maxMentions = 5000;

/**
 * Finds the mentions of a name in the document where it was found, then in tagged documents, then in all other files of
 * the workspace folders. In a tagged document these are entities, which a hover counts too; in others the text is searched.
 */
export async function findPlaces(
  target: MentionTarget,
  parts: Parts,
  { signal, report }: { readonly signal: AbortSignal; readonly report: Report },
): Promise<FoundPlaces> {
  const papers: PaperPlaces[] = [];
  let found = 0;
  const documents = await documentsToSearch(target, parts);
  const { spans, copied } = knownMentions(target, parts.source);
  for (const [index, uri] of documents.entries()) {
    report(index / documents.length);
    throwIfCancelled(signal);
    const inDocument = await papersIn(uri, target, parts, spans.get(uri.toString()));
    papers.push(...inDocument);
    found += inDocument.reduce((sum, { places }) => sum + places.length, 0);
    if (found < maxMentions) continue;
    parts.log.info(`Find All Mentions stopped at ${maxMentions} places.`);
    break;
  }
  return { papers, copied };
}

interface KnownMentions {
  /** The mentions in each document that was tagged from its beginning to its end. */
  readonly spans: ReadonlyMap<string, readonly Span[]>;
  readonly copied: number;
}

/** The mentions that the tagger has found, as a hover counts them. */
function knownMentions({ uri, offset, isMention }: MentionTarget, source: Parts['source']): KnownMentions {
  if (!isMention) return { spans: new Map(), copied: 0 };
  const tagged = source.all().filter(({ isPartial }) => isPartial !== true);
  const here = uri && offset !== undefined ? { document: uri.toString(), offset } : undefined;
  const { papers, copied } = mentionsInFolder(tagged, isMention, here);
  const spans = new Map<string, Span[]>(tagged.map(({ document }) => [document, []]));
  for (const { document, mentions } of papers)
    spans.get(document)?.push(...mentions.map(({ entity }) => entity));
  for (const found of spans.values()) found.sort((a, b) => a.start - b.start);
  return { spans, copied };
}

async function documentsToSearch(
  { uri }: MentionTarget,
  { source, settings, leftOut }: Parts,
): Promise<readonly vscode.Uri[]> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const files = await Promise.all(folders.map((folder) => supportedFiles(folder, settings.languages)));
  const tagged = source.all().map(({ document }) => vscode.Uri.parse(document));
  const all = [...(uri ? [uri] : []), ...tagged, ...files.flat().filter((file) => !leftOut.has(file))];
  const documents = all.filter(({ path }) => !isInOwnFolder(path));
  const byName = new Map(documents.map((each) => [each.toString(), each]));
  // A notebook that is searched as a file is not searched again cell by cell.
  return [...byName.values()].filter((each) => !byName.has(notebookOf(each)?.uri.toString() ?? ''));
}

/** @param known The mentions in the document, if it was tagged. Default: its text is searched. */
async function papersIn(
  uri: vscode.Uri,
  { query, uri: start }: MentionTarget,
  parts: Parts,
  known: readonly Span[] | undefined,
): Promise<readonly PaperPlaces[]> {
  if (known?.length === 0) return [];
  try {
    const text = await readDocument(uri, { maxBytes: parts.settings.maxFileBytes });
    if (!known && isOwnExport(text)) return [];
    const tagged = parts.source.get(uri);
    const format = formatIn(uri, text);
    // The index does not read data either. The place where the user asks is searched whatever it is.
    if (!tagged && !format && uri.toString() !== start?.toString()) return [];
    const spans = known ?? findMentions(text, tagged?.entities ?? [], query);
    if (spans.length === 0) return [];
    const index = new LineIndex(text);
    const publications = tagged?.publications ?? (format ? publicationsOf(uri, text, format) : []);
    const file = vscode.workspace.asRelativePath(fileOfDocument(uri));
    const byPaper = new Map<PublicationPlace | undefined, MentionPlace[]>();
    for (const span of spans) {
      const place = publicationIn(publications, span.start);
      const mention = {
        location: new vscode.Location(uri, rangeIn(index, span)),
        snippet: snippetIn(index, span),
      };
      byPaper.set(place, [...(byPaper.get(place) ?? []), mention]);
    }
    return Array.from(byPaper, ([place, places]) => ({ publication: place?.name, file, places }));
  } catch {
    // The file is binary, too large or deleted.
    return [];
  }
}

/** The format of a document. Undefined for data: a table or JSON without records. */
function formatIn(uri: vscode.Uri, text: string): DocumentFormat | undefined {
  try {
    return formatOfFile(uri, text);
  } catch {
    return undefined;
  }
}

/** The publications that a document names, if it is no draft or note. */
function publicationsOf(uri: vscode.Uri, text: string, format: DocumentFormat): readonly PublicationPlace[] {
  const file = fileOfDocument(uri).path;
  return publicationsIn(text, format).filter(({ name }) => isPublished(file, format, name));
}

function rangeIn(index: LineIndex, span: Span): vscode.Range {
  const start = index.positionAt(span.start);
  const end = index.positionAt(span.end);
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
