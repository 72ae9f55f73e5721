import * as vscode from 'vscode';
import type { ScreeningWords } from '../../../protocol/screeningWords';

const { l10n } = vscode;

/** Returns the texts of the screening view in the user's language. */
export function screeningWords(): ScreeningWords {
  return { ...progressWords(), ...recordWords(), ...decisionWords(), ...sideWords(), ...searchWords() };
}

function progressWords() {
  return {
    percent: l10n.t('{0} %'),
    phases: l10n.t('Phase'),
    title: l10n.t('Titles'),
    abstract: l10n.t('Abstracts'),
    fulltext: l10n.t('Full texts'),
    phaseCount: l10n.t('{0} ({1} left)'),
    order: l10n.t('Order of the records'),
    relevance: l10n.t('Most relevant first'),
    random: l10n.t('In random order'),
    imported: l10n.t('As imported'),
    progress: l10n.t('Progress'),
    found: l10n.t('records'),
    screened: l10n.t('screened'),
    included: l10n.t('included'),
    excluded: l10n.t('excluded'),
    maybes: l10n.t('maybe'),
    conflicts: l10n.t('conflicts'),
    curve: l10n.t('{0} of {1} screened records are relevant so far'),
    left: l10n.t('About {0} relevant records are left ({1} to {2}).'),
    atMost: l10n.t('At most {0} relevant records are left, by a first estimate.'),
    learning: l10n.t('How many relevant records are left is estimated after the first relevant one.'),
  };
}

function recordWords() {
  return {
    record: l10n.t('Record'),
    noTitle: l10n.t('Without a title'),
    noAbstract: l10n.t('The record has no abstract.'),
    allDone: l10n.t('No record is left to decide on here.'),
    noRecords: l10n.t('The review has no records yet.'),
    import: l10n.t('Import Records'),
    report: l10n.t('Write the Report'),
    back: l10n.t('Back to the next record'),
    decidedAs: l10n.t('Your decision: {0}'),
    withReason: l10n.t('{0} ({1})'),
    others: l10n.t('Other reviewers:'),
    marks: l10n.t('Highlighted'),
    names: l10n.t('Names'),
    addKeyword: l10n.t('Highlight the selected words'),
    addKeywordHint: l10n.t('Select words in the text first.'),
    groupName: l10n.t('Group of words'),
    newGroup: l10n.t('Press a number, or type the name of a new group.'),
    openFullText: l10n.t('Open {0}'),
    chooseFile: l10n.t('Choose File…'),
    notRetrieved: l10n.t('Not Retrieved'),
    noFullText: l10n.t('No file in the folder has the name of this record.'),
  };
}

function decisionWords() {
  return {
    decisions: l10n.t('Decision'),
    include: l10n.t('Include'),
    exclude: l10n.t('Exclude'),
    maybe: l10n.t('Maybe'),
    skip: l10n.t('Skip'),
    undo: l10n.t('Undo'),
    previous: l10n.t('Previous decision'),
    next: l10n.t('Next decision'),
    reason: l10n.t('Reason for the exclusion'),
    reasonHint: l10n.t('Press a number, or type your own words. Enter alone gives no reason.'),
    noReason: l10n.t('Without a reason'),
    noSuchNumber: l10n.t('The list has no number {0}. Type words instead.'),
    cancel: l10n.t('Cancel'),
    keys: l10n.t('Keys'),
    singleKeys: l10n.t('Single keys decide'),
    saidDone: l10n.t('{0}. {1} of {2} screened.'),
    failed: l10n.t('This did not work. {0}'),
  };
}

function sideWords() {
  return {
    question: l10n.t('Question'),
    noQuestion: l10n.t('The review has no question yet.'),
    criteriaIn: l10n.t('Include if'),
    criteriaOut: l10n.t('Exclude if'),
    noCriteria: l10n.t('There are no criteria yet.'),
    edit: l10n.t('Edit the review'),
    note: l10n.t('Note'),
    noteHint: l10n.t('A note for yourself and the report'),
    tags: l10n.t('Tags'),
    tagHint: l10n.t('Add a tag'),
    removeTag: l10n.t('Remove the tag {0}'),
  };
}

function searchWords() {
  return {
    search: l10n.t('Find records'),
    searchHint: l10n.t('Title, author, abstract, note or tag'),
    filter: l10n.t('Decision'),
    filterAll: l10n.t('All records'),
    filterDecided: l10n.t('Decided'),
    filterUndecided: l10n.t('Without a decision'),
    results: l10n.t('Records'),
    resultCount: l10n.t('{0} of {1} records'),
    noResults: l10n.t('No record matches.'),
    close: l10n.t('Close'),
  };
}
