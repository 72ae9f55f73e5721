import * as vscode from 'vscode';
import { eachPublication } from '../../core/records/readRecords';
import type { PublicationPlace, Span } from '../../core/types';
import { toRange } from '../convert';
import { formatOfDocument } from '../documents/documents';
import { createPacer } from '../pacer';
import type { RecordOutline } from '../recordsLoader';

/** The records of a file as symbols and as folds, read by the parsers of the documents. */
export class PublicationOutline implements RecordOutline {
  /** The records of open documents are kept, because VS Code asks for symbols and folds of the same text. */
  private readonly known = new WeakMap<
    vscode.TextDocument,
    { readonly version: number; readonly places: readonly PublicationPlace[] }
  >();

  /**
   * The records with author, year and title. VS Code keeps the line of the title in sight above the text of its record.
   */
  async provideDocumentSymbols(
    document: vscode.TextDocument,
    token: vscode.CancellationToken,
  ): Promise<vscode.DocumentSymbol[]> {
    const places = await this.placesIn(document, token);
    return places.map((place, index) => {
      const { name, id = '', titleStart = place.start } = place;
      const unnamed = id === '' ? vscode.l10n.t('Record {0}', index + 1) : id;
      return new vscode.DocumentSymbol(
        name ?? unnamed,
        name === undefined ? '' : id,
        vscode.SymbolKind.File,
        toRange(document, place),
        document.lineAt(document.positionAt(titleStart)).range,
      );
    });
  }

  async provideFoldingRanges(
    document: vscode.TextDocument,
    _context: vscode.FoldingContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.FoldingRange[]> {
    const places = await this.placesIn(document, token);
    return places.map((place) => {
      const { start, end } = toRange(document, place);
      return new vscode.FoldingRange(start.line, end.line);
    });
  }

  /** Pauses regularly, because a file may have 20,000 records. VS Code drops the result after a cancellation. */
  private async placesIn(
    document: vscode.TextDocument,
    token: vscode.CancellationToken,
  ): Promise<readonly PublicationPlace[]> {
    const { version } = document;
    const before = this.known.get(document);
    if (before?.version === version) return before.places;
    const text = document.getText();
    const places: PublicationPlace[] = [];
    const pace = createPacer();
    for (const place of eachPublication(text, formatOfDocument(document, text))) {
      places.push({ ...place, ...withoutBlankEnds(text, place) });
      const pause = pace();
      if (pause) await pause;
      if (token.isCancellationRequested) return [];
    }
    // A file without a record is one place that nothing names.
    const [only] = places;
    const isEmpty = places.length === 1 && only?.name === undefined && only?.id === undefined;
    const found = isEmpty ? [] : places;
    this.known.set(document, { version, places: found });
    return found;
  }
}

/** The place without blank lines around it. */
function withoutBlankEnds(text: string, { start, end }: Span): Span {
  const record = text.slice(start, end);
  return { start: end - record.trimStart().length, end: start + record.trimEnd().length };
}
