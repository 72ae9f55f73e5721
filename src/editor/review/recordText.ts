import * as vscode from 'vscode';
import { recordName } from '../../core/records/record';
import type { ReviewRecord, ReviewSource } from '../../core/review/reviewData';

const maxNameLength = 100;

/** The short name of a record for lists: `Kaplan 2019, Title`. */
export function shortName(record: ReviewRecord): string {
  const name = recordName(record) ?? record.doi ?? record.id;
  return name.length > maxNameLength ? `${name.slice(0, maxNameLength - 1)}…` : name;
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
