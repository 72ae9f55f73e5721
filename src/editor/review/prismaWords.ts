import * as vscode from 'vscode';
import type { ReportWords } from '../../core/review/reviewReport';

const { l10n } = vscode;

/** The words of the report of a review, in the user's language. Those of the diagram are the terms of PRISMA 2020. */
export function reportWords(): ReportWords {
  return {
    title: l10n.t('Review'),
    diagram: l10n.t('PRISMA 2020 flow diagram'),
    stages: [l10n.t('Identification'), l10n.t('Screening'), l10n.t('Included')],
    viaDatabases: l10n.t('Identification of studies via databases and registers'),
    viaOthers: l10n.t('Identification of studies via other methods'),
    identified: l10n.t('Records identified from:'),
    databases: l10n.t('Databases'),
    registers: l10n.t('Registers'),
    removed: l10n.t('Records removed before screening:'),
    duplicates: l10n.t('Duplicate records removed'),
    automation: l10n.t('Records marked as ineligible by automation tools'),
    otherReasons: l10n.t('Records removed for other reasons'),
    screened: l10n.t('Records screened'),
    unscreened: l10n.t('Records not yet screened'),
    excluded: l10n.t('Records excluded'),
    sought: l10n.t('Reports sought for retrieval'),
    notRetrieved: l10n.t('Reports not retrieved'),
    assessed: l10n.t('Reports assessed for eligibility'),
    unassessed: l10n.t('Reports not yet assessed'),
    excludedReports: l10n.t('Reports excluded:'),
    noReason: l10n.t('No reason given'),
    included: l10n.t('Studies included in review'),
    count: l10n.t('(n = {0})'),
  };
}
