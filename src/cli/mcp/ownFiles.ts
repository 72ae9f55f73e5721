import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { readDecisions } from '../../core/curation/curationFile';
import { Curation, noDecisions } from '../../core/curation/decisions';
import { type Evidence, readEvidence } from '../../core/curation/evidenceFile';
import { ownFolderName } from '../../core/curation/ownFolder';
import { BioBertError, errorCodes } from '../../core/errors';
import { errorCode } from '../../runtime/files/errorCode';

/** The decisions of the user about names and relations. @throws {BioBertError} DOCUMENT_UNREADABLE. */
export async function curationOf(folder: string): Promise<Curation> {
  const decisions = await readOwn(folder, 'curation.json', (text) => readDecisions(text)?.decisions);
  return new Curation(decisions ?? noDecisions);
}

/** The pinned sentences. @throws {BioBertError} DOCUMENT_UNREADABLE. */
export async function evidenceOf(folder: string): Promise<readonly Evidence[]> {
  return (await readOwn(folder, 'evidence.json', (text) => readEvidence(text)?.evidence)) ?? [];
}

/** @returns undefined if there is no such file. */
async function readOwn<Content>(
  folder: string,
  name: string,
  parse: (text: string) => Content | undefined,
): Promise<Content | undefined> {
  const file = path.join(folder, ownFolderName, name);
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw unreadable(name, error);
  });
  if (text === undefined) return undefined;
  const content = parse(text);
  if (content === undefined) throw unreadable(name);
  return content;
}

function unreadable(name: string, cause?: unknown): BioBertError {
  return new BioBertError(
    errorCodes.DOCUMENT_UNREADABLE,
    `${ownFolderName}/${name} cannot be read.`,
    'Restore it from version control or from the copy beside it, whose name ends in .bak.',
    { cause },
  );
}
