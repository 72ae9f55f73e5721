import * as vscode from 'vscode';
import { recordName, shortenedName } from '../../core/records/record';
import type { ReviewRecord, ReviewSource } from '../../core/review/reviewData';

/** Number of characters of a name that fit into a row of a list of VS Code, beside a reason or a percentage. */
const maxNameLength = 56;

/** The name of a record: `Kaplan 2019, Title`. */
export function fullName(record: ReviewRecord): string {
  return recordName(record) ?? record.doi ?? record.id;
}

/** The beginning of the name of a record, for the rows of lists. */
export function shortName(record: ReviewRecord): string {
  return shortenedName(fullName(record), maxNameLength);
}

/** The fields of a record, one a line, in the same order for all records, so that two can be compared line by line. */
export function recordText(record: ReviewRecord, source: ReviewSource | undefined): string {
  const { title, authors, year, journal, volume, issue, pages, doi, pmid, pmcid } = record;
  const origin = source && [source.database, source.file].filter((part) => part !== '').join(', ');
  const fields: readonly (readonly [label: string, value: string | number | undefined])[] = [
    [vscode.l10n.t('Title'), title],
    [vscode.l10n.t('Authors'), authors.join('; ')],
    [vscode.l10n.t('Year'), year],
    [vscode.l10n.t('Journal'), journal],
    [vscode.l10n.t('Volume'), volume],
    [vscode.l10n.t('Issue'), issue],
    [vscode.l10n.t('Pages'), pages],
    ['DOI', doi],
    ['PMID', pmid],
    ['PMCID', pmcid],
    [vscode.l10n.t('Publication type'), record.types.join('; ')],
    [vscode.l10n.t('Keywords'), record.keywords.join('; ')],
    [vscode.l10n.t('Imported from'), origin],
    [vscode.l10n.t('Abstract'), record.abstract],
  ];
  return fields
    .map(([label, value]) => `${label}: ${oneLine(String(value ?? ''))}`.trimEnd() + '\n')
    .join('');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
