import * as vscode from 'vscode';
import type { OfficeWords } from '../../core/curation/evidenceOffice';

/** Returns the texts of the exports in the user's language. */
export function evidenceWords(): OfficeWords {
  const { l10n } = vscode;
  return {
    document: l10n.t('Document'),
    line: l10n.t('line {0}'),
    denied: l10n.t('negated'),
    speculative: l10n.t('speculative'),
    proposed: l10n.t('proposed'),
    title: l10n.t('Evidence'),
    foundBy: l10n.t('Found by {0}.'),
    person: l10n.t('a person'),
    evidence: l10n.t('Evidence'),
    papers: l10n.t('Papers'),
    paper: l10n.t('Paper'),
    topic: l10n.t('Topic'),
    answer: l10n.t('Answer'),
    sentence: l10n.t('Sentence'),
    probability: l10n.t('Probability'),
    percent: l10n.t('{0} %'),
    note: l10n.t('Note'),
    pinned: l10n.t('pinned'),
    notPinned: l10n.t('not pinned'),
    unanswered: l10n.t('no answer found'),
    yes: l10n.t('yes'),
    no: l10n.t('no'),
    authors: l10n.t('Authors'),
    year: l10n.t('Year'),
    journal: l10n.t('Journal'),
    paperTitle: l10n.t('Title'),
    citation: l10n.t('Citation key'),
    lineNumber: l10n.t('Line'),
    finder: l10n.t('Found by'),
    concepts: l10n.t('Concepts'),
    references: l10n.t('References'),
    cutMark: l10n.t(' … [The cell is full: {0} more characters are in the document.]'),
  };
}
