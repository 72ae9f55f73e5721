import * as vscode from 'vscode';
import type { PanelScope } from '../../protocol/panel';
import type { PanelWords } from '../../protocol/panelWords';
import { graphWords } from './graphWords';

const { l10n } = vscode;

/** Returns the texts of the panel in the user's language. */
export function panelWords(): PanelWords {
  return {
    ...frameWords(),
    ...questionWords(),
    ...filterWords(),
    ...relationWords(),
    ...countWords(),
    ...graphWords(),
    ...evidenceWords(),
  };
}

/** The name of a scope in the user's language. */
export function scopeName(scope: PanelScope): string {
  const words = frameWords();
  const names = {
    document: words.scopeDocument,
    open: words.scopeOpen,
    folder: words.scopeFolder,
    included: words.scopeIncluded,
  };
  return names[scope];
}

function frameWords() {
  return {
    scope: l10n.t('Search in'),
    scopeDocument: l10n.t('This Document'),
    scopeOpen: l10n.t('Open Documents'),
    scopeFolder: l10n.t('Folder'),
    scopeIncluded: l10n.t('Included Records'),
    stop: l10n.t('Stop'),
    cancel: l10n.t('Cancel'),
    line: l10n.t('line {0}'),
    percent: l10n.t('{0} %'),
    document: l10n.t('Document'),
    tabRelations: l10n.t('Relations'),
    tabGraph: l10n.t('Graph'),
    tabEvidence: l10n.t('Evidence'),
    failed: l10n.t('This did not work. {0}'),
  };
}

function questionWords() {
  return {
    question: l10n.t('Question'),
    questionHint: l10n.t('Ask about these papers'),
    ask: l10n.t('Ask'),
    history: l10n.t('Earlier questions'),
    clearHistory: l10n.t('Forget earlier questions'),
    clearAnswers: l10n.t('Close the answers'),
    reading: l10n.t('Reading {0} of {1} passages'),
    answers: l10n.t('Answers'),
    noAnswerInOne: l10n.t('No answer was found in 1 passage.'),
    noAnswer: l10n.t('No answer was found in {0} passages.'),
    noPassages: l10n.t('There are no documents here. Open one, or search another place.'),
    openFile: l10n.t('Open a File'),
    mayNotAnswer: l10n.t('The passages may not contain the answer ({0}).'),
    searched: l10n.t('{0} of {1} passages read · {2} · {3}'),
    verdictYes: l10n.t('The papers say yes ({0})'),
    verdictNo: l10n.t('The papers say no ({0})'),
    verdictOpen: l10n.t('The papers do not settle it'),
    verdictNone: l10n.t('No paper says whether it is so'),
    papersFor: l10n.t('Papers for: {0}'),
    papersAgainst: l10n.t('Papers against: {0}'),
    papersAndDrafts: l10n.t('{0}, drafts: {1}'),
    showSide: l10n.t('Show the sentences'),
    supports: l10n.t('Supports it'),
    contradicts: l10n.t('Contradicts it'),
    alsoIn: l10n.t('also'),
    alsoCalled: l10n.t('also called {0}'),
    morePlaces: l10n.t('{0} more'),
  };
}

function filterWords() {
  return {
    filter: l10n.t('Filter relations by name or sentence'),
    filterHint: l10n.t('Name or sentence'),
    filters: l10n.t('Filters'),
    onlyName: l10n.t('Only with the name'),
    onlyPaper: l10n.t('Only from the paper'),
    noChoice: l10n.t('Nothing matches.'),
    allTypes: l10n.t('All relations'),
    relationType: l10n.t('Relation'),
    entityType: l10n.t('Type of name'),
    anyEntityType: l10n.t('All name types'),
    statement: l10n.t('Statement'),
    anyStatement: l10n.t('All statements'),
    inFavour: l10n.t('In favour'),
    against: l10n.t('Against'),
    speculative: l10n.t('Speculative'),
    probability: l10n.t('Probability'),
    anyProbability: l10n.t('Any probability'),
    minProbability: l10n.t('At least {0}'),
    yearFrom: l10n.t('From year'),
    yearTo: l10n.t('To year'),
    yearsHint: l10n.t('Year of publication. Papers whose year is not known are left out.'),
    sinceYear: l10n.t('since {0}'),
    untilYear: l10n.t('until {0}'),
    withoutDrafts: l10n.t('Without my drafts'),
    withoutDraftsHint: l10n.t(
      'Leaves out your own drafts and notes: all documents that are not publications',
    ),
    activeFilters: l10n.t('Active filters'),
    removeFilter: l10n.t('Remove the filter: {0}'),
    clearFilters: l10n.t('Clear filters'),
    inNames: l10n.t('Found in the names: {0}'),
    elsewhere: l10n.t('No name matches, but the sentence, the verb or the paper does: {0}'),
  };
}

function countWords() {
  return {
    sentenceInFavour: l10n.t('1 sentence in favour'),
    sentencesInFavour: l10n.t('{0} sentences in favour'),
    sentenceAgainst: l10n.t('1 sentence against'),
    sentencesAgainst: l10n.t('{0} sentences against'),
    speculativeSentence: l10n.t('1 speculative sentence'),
    speculativeSentences: l10n.t('{0} speculative sentences'),
    countInFavour: l10n.t('{0} in favour'),
    countAgainst: l10n.t('{0} against'),
    countSpeculative: l10n.t('{0} speculative'),
    inPaper: l10n.t('in 1 paper'),
    inPapers: l10n.t('in {0} papers'),
  };
}

function relationWords() {
  return {
    tentative: l10n.t('Show less certain relations, too'),
    onlyTentative: l10n.t('The relations that were found here are less certain.'),
    sort: l10n.t('Sort by'),
    sortProbability: l10n.t('By probability'),
    sortSentences: l10n.t('By number of sentences'),
    sortSubject: l10n.t('By subject'),
    sortObject: l10n.t('By object'),
    sortType: l10n.t('By relation'),
    sortPlace: l10n.t('By place'),
    group: l10n.t('Group by pair'),
    relationsList: l10n.t('Relations'),
    copyIn: l10n.t('also in {0}'),
    addRelation: l10n.t('Add a relation'),
    denied: l10n.t('negated'),
    supposed: l10n.t('speculative'),
    countShown: l10n.t('{0} of {1} relations'),
    noMatch: l10n.t('No relation matches the filter.'),
    pin: l10n.t('Pin as evidence'),
    pinned: l10n.t('pinned'),
    unpin: l10n.t('Remove from evidence'),
    accept: l10n.t('Accept'),
    reject: l10n.t('Reject'),
    retype: l10n.t('Change the relation'),
    undo: l10n.t('Undo'),
    accepted: l10n.t('accepted'),
    changed: l10n.t('changed'),
    added: l10n.t('added'),
  };
}

function evidenceWords() {
  return {
    evidenceEmpty: l10n.t(
      'Nothing is pinned yet. Pin a relation or an answer, with the pin beside it or with the key P, to collect it here. Or ask every paper a question.',
    ),
    showRelations: l10n.t('Show Relations'),
    evidenceLabel: l10n.t('Pinned evidence'),
    evidenceTable: l10n.t('Evidence table: documents by pairs and questions'),
    tableKeys: l10n.t(
      'Arrow keys move, Enter goes to the sentence or confirms a proposed value, Space goes to the sentence, P pins or unpins, N edits the note, F2 edits the value.',
    ),
    asTable: l10n.t('As a table'),
    showUnpinned: l10n.t('Show sentences that are not pinned'),
    notPinned: l10n.t('not pinned'),
    note: l10n.t('Note'),
    drop: l10n.t('Unpin'),
    addQuestion: l10n.t('Add Question…'),
    addQuestionHint: l10n.t('Ask every paper a question; the answers become a column'),
    askAll: l10n.t('Ask every paper'),
    askAgain: l10n.t('Ask new and changed papers'),
    removeColumn: l10n.t('Remove the answers that are not pinned'),
    unanswered: l10n.t('no answer found'),
    unansweredCount: l10n.t('papers without an answer: {0}'),
    morePapers: l10n.t('Show more papers ({0})'),
    export: l10n.t('Export…'),
    exportHint: l10n.t('Export the evidence to Excel, Word, CSV or Markdown'),
    proposed: l10n.t('proposed'),
    confirm: l10n.t('Confirm the value'),
    editValue: l10n.t('Edit the value'),
    value: l10n.t('Value'),
  };
}
