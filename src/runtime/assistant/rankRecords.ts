import type { ScreeningClient } from '../screening/screeningClient';
import type { FolderReview } from './folderSource';

/** Returns a function that ranks records as the screening view does. */
export function rankRecords(client: Pick<ScreeningClient, 'load' | 'rank'>): FolderReview['rank'] {
  return async (records, question, decisions) => {
    const texts = records.map(({ id, title = '', abstract = '' }) => ({ id, title, abstract }));
    await client.load(texts, question);
    return (await client.rank(decisions)).order;
  };
}
