/** The entry of `dist/records.js`: what reads records in the extension host. */
import type { RecordOutline, RecordsBundle } from '../recordsLoader';
import { findAllMentions } from './mentionCommand';
import { PublicationOutline } from './recordOutline';

export function createOutline(): RecordOutline {
  return new PublicationOutline();
}

export { findAllMentions };

({ createOutline, findAllMentions }) satisfies RecordsBundle;
