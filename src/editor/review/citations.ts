import type { KeyedPublications } from '../../core/records/publicationKeys';
import * as vscode from 'vscode';
import { findCitations, type Citation, type OfferedCitation } from '../../core/review/findCitations';
import { includedSoFar } from '../../core/review/reviewState';
import { familyName, shortenedName } from '../../core/records/record';
import { shortReference } from '../../core/records/shortReference';
import type { ReviewTools } from './reviewTools';

/** The records of the review that can be cited, as they were imported. Empty without a review. */
export async function citableRecords({ session, lookup }: ReviewTools): Promise<readonly OfferedCitation[]> {
  const review = await session.find();
  const found = await lookup.find();
  if (!review || !found) return [];
  const included = new Set(includedSoFar(review.state).map(({ id }) => id));
  return found.unique.map((record) => ({
    key: found.citationKey(record),
    label: shortReference(record),
    authors: record.authors.map(familyName),
    title: record.title ?? '',
    journal: record.journal ?? '',
    isIncluded: included.has(record.id),
  }));
}

/** The publications that are included so far. None without a review. */
export async function includedPublications({ session, lookup }: ReviewTools): Promise<KeyedPublications> {
  const review = await session.find();
  return review ? (await lookup.get()).included(review.state) : { keys: [] };
}

/** The records that match what the user has typed, the best first. */
export async function matchingCitations(
  tools: ReviewTools,
  typed: string,
  limit: number,
): Promise<readonly Citation[]> {
  return findCitations(await citableRecords(tools), typed, limit);
}

interface CitationItem extends vscode.QuickPickItem {
  readonly key: string;
  readonly description: string;
  readonly detail: string;
}

/**
 * Lets the user choose records: those that are ticked, or else the highlighted one.
 *
 * @returns their citation keys, none if the list has no such record; undefined if the user cancelled.
 */
export async function chooseCitations(
  citations: readonly OfferedCitation[],
): Promise<readonly string[] | undefined> {
  const includedFirst = citations.toSorted((a, b) => Number(b.isIncluded) - Number(a.isIncluded));
  const picker = vscode.window.createQuickPick<CitationItem>();
  picker.title = vscode.l10n.t('Insert Citation: type an author, a year or words of the title');
  picker.placeholder = vscode.l10n.t('Enter inserts the highlighted record, or all that are ticked');
  picker.canSelectMany = true;
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  picker.items = includedFirst.map(citationItem);
  // A list with ticks highlights nothing by itself.
  const highlight = (typed: string): void => {
    picker.activeItems = firstListed(picker.items, typed);
  };
  highlight('');
  picker.onDidChangeValue(highlight);
  try {
    return await new Promise((resolve) => {
      picker.onDidAccept(() => {
        const { selectedItems, activeItems } = picker;
        resolve((selectedItems.length > 0 ? selectedItems : activeItems.slice(0, 1)).map(({ key }) => key));
      });
      picker.onDidHide(() => resolve(undefined));
      picker.show();
    });
  } finally {
    picker.dispose();
  }
}

/** Number of characters in a row of the list of VS Code. A longer title hides author and year at the end of the row. */
const rowLength = 64;

/** A long title is in the second row as a whole, where VS Code finds all of its words. */
function citationItem({ key, label, title, journal }: OfferedCitation): CitationItem {
  const short = shortenedName(title, rowLength - label.length);
  const more = [journal, key, short === title ? '' : title].filter((text) => text !== '');
  return { label: title === '' ? key : short, description: label, detail: more.join(' · '), key };
}

/**
 * The item that VS Code lists first for what was typed: labels with the text come before other items, sorted by whether they
 * begin with it, end with it, and by name (`compareAnything` in src/vs/base/common/comparers.ts).
 */
function firstListed(items: readonly CitationItem[], typed: string): readonly CitationItem[] {
  const wanted = typed.trim().toLowerCase();
  const has = (text: string): boolean => text.toLowerCase().includes(wanted);
  if (wanted === '') return items.slice(0, 1);
  const names = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
  const labelled = items
    .filter(({ label }) => has(label))
    .map((item) => ({ item, name: item.label.toLowerCase() }))
    .sort((a, b) => {
      const begins = Number(b.name.startsWith(wanted)) - Number(a.name.startsWith(wanted));
      const length = a.name.startsWith(wanted) ? a.name.length - b.name.length : 0;
      const ends = Number(b.name.endsWith(wanted)) - Number(a.name.endsWith(wanted));
      return begins || length || ends || names.compare(a.name, b.name);
    })
    .map(({ item }) => item);
  const others = items.filter(({ description, detail }) => has(description) || has(detail));
  return [...labelled, ...others].slice(0, 1);
}
