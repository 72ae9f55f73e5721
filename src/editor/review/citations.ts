import type { KeyedPublications } from '../../core/records/publicationKeys';
import * as vscode from 'vscode';
import { findCitations, type Citation, type OfferedCitation } from '../../core/review/findCitations';
import { includedSoFar } from '../../core/review/reviewState';
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

/** Lets the user choose records. @returns their citation keys; undefined if the user cancelled. */
export async function chooseCitations(tools: ReviewTools): Promise<readonly string[] | undefined> {
  const citations = await citableRecords(tools);
  const includedFirst = citations.toSorted((a, b) => Number(b.isIncluded) - Number(a.isIncluded));
  const items = includedFirst.map(({ key, label, title, journal }) => ({
    label: title === '' ? key : title,
    description: label,
    detail: journal === '' ? key : `${journal} · ${key}`,
    key,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Insert Citation'),
    placeHolder: vscode.l10n.t('Type an author, a year or words of the title; tick records and press Enter'),
    canPickMany: true,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return chosen?.map(({ key }) => key);
}
