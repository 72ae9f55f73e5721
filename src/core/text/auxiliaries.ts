/** The auxiliary verbs of English, as alternatives of regular expressions. */

export const formsOfDo = 'do|does|did';

/** All but {@link formsOfDo}, which a question has where its statement has none. */
export const lastingAuxiliaries =
  'is|are|was|were|has|have|had|can|could|may|might|will|would|shall|should|must';

export const auxiliaries = `${formsOfDo}|${lastingAuxiliaries}`;
