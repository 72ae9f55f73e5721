/** The entry of `dist/review.js`: everything of the review that runs in the extension host. */
import type { ReviewCommandId } from '../commandIds';
import type { Review, ReviewBundle, ReviewParts } from '../reviewAccess';
import { includedPublications, matchingCitations } from './citations';
import { citedEvidence } from './citedEvidence';
import { run as editReview } from './commands/editReview';
import { run as exportRecords } from './commands/exportRecords';
import { run as fillForm } from './commands/fillForm';
import { run as importRecords } from './commands/importRecords';
import { run as importZotero } from './commands/importZotero';
import { run as insertCitation } from './commands/insertCitation';
import { run as newReview } from './commands/newReview';
import { run as openReview } from './commands/openReview';
import { run as proposeValues } from './commands/proposeValues';
import { run as searchEuropePmc } from './commands/searchEuropePmc';
import { run as searchPubMed } from './commands/searchPubMed';
import { run as showConflicts } from './commands/showConflicts';
import { run as showDuplicates } from './commands/showDuplicates';
import { run as writeReport } from './commands/writeReport';
import { papersIn } from './form/chosenPapers';
import { repeatsReview, sourcesKey } from './repeatedFiles';
import { ReviewSession } from './reviewSession';
import { createTools, type RunCommand } from './reviewTools';

const commands: Readonly<Record<ReviewCommandId, RunCommand>> = {
  'biobert.review.new': newReview,
  'biobert.review.open': openReview,
  'biobert.review.import': importRecords,
  'biobert.review.searchPubMed': searchPubMed,
  'biobert.review.searchEuropePmc': searchEuropePmc,
  'biobert.review.importZotero': importZotero,
  'biobert.review.duplicates': showDuplicates,
  'biobert.review.conflicts': showConflicts,
  'biobert.review.edit': editReview,
  'biobert.review.report': writeReport,
  'biobert.review.export': exportRecords,
  'biobert.review.insertCitation': insertCitation,
  'biobert.review.fill': fillForm,
  'biobert.review.propose': proposeValues,
};

/** One map, so that it is not taken for a change. */
const noNames: ReadonlyMap<string, string> = new Map();

export function createReview(parts: ReviewParts): Review {
  const tools = createTools(parts, new ReviewSession(parts.log));
  return {
    onDidChange: tools.session.onDidChange,
    run: (command, args) => commands[command](tools, args),
    restoreScreening: (panel) => tools.screening.restore(panel),
    includedPublications: () => includedPublications(tools),
    publicationNames: async () => (await tools.lookup.find())?.names ?? noNames,
    citations: (typed, limit) => matchingCitations(tools, typed, limit),
    bibliographyAddition: (draft) => tools.drafts.addition(draft),
    cite: (evidence) => citedEvidence(tools, evidence),
    papers: (where, signal) => papersIn(tools, where, signal),
    sourcesKey: () => sourcesKey(tools),
    repeats: (document, text, format) => repeatsReview(tools, document, text, format),
    dispose: () => {
      tools.dispose();
    },
  };
}

({ createReview }) satisfies ReviewBundle;
