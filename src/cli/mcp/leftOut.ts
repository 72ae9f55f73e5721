import { readFile, stat } from 'node:fs/promises';
import * as path from 'node:path';
import picomatch from 'picomatch';
import stripJsonComments from 'strip-json-comments';
import { draftOutputs, excludeGlobs, outputsWithoutPaper } from '../../core/documents/draftOutputs';
import { BioBertError, errorCodes } from '../../core/errors';
import { isRecord } from '../../protocol/guards';
import { errorCode } from '../../runtime/files/errorCode';

const settingName = 'biobert.exclude';

/**
 * Returns the files without those that are left out: by a pattern, or as the output of a draft that is left out, as in the
 * editor. A reader does not want to be given sentences of the own draft as evidence.
 *
 * @param files Paths in `folder`.
 * @param patterns Patterns relative to the folder, as in `files.exclude`; those in `.vscode/settings.json` are added.
 * @throws {BioBertError} DOCUMENT_UNREADABLE if the settings of the folder cannot be read.
 */
export async function withoutLeftOut(
  folder: string,
  files: readonly string[],
  patterns: readonly string[],
): Promise<readonly string[]> {
  const all = [...patterns, ...(await settingOf(folder))].filter((pattern) => pattern.trim() !== '');
  if (all.length === 0) return files;
  const isNamed = picomatch(all.flatMap(excludeGlobs), { dot: true });
  const named = new Set(
    files.filter((file) => isNamed(path.relative(folder, file).split(path.sep).join('/'))),
  );
  const outputs = Array.from(named, (draft) =>
    outputsWithoutPaper(draftOutputs(draft), (pdf) => isNewer(pdf, draft)),
  );
  const made = new Set((await Promise.all(outputs)).flat());
  return files.filter((file) => !named.has(file) && !made.has(file));
}

/** The patterns in the settings that VS Code keeps in the folder. */
async function settingOf(folder: string): Promise<readonly string[]> {
  const file = path.join(folder, '.vscode', 'settings.json');
  try {
    const text = stripJsonComments(await readFile(file, 'utf8'), { trailingCommas: true });
    const settings: unknown = text.trim() === '' ? {} : JSON.parse(text.replace(/^\uFEFF/, ''));
    const patterns = isRecord(settings) ? settings[settingName] : undefined;
    return Array.isArray(patterns) ? patterns.filter((each) => typeof each === 'string') : [];
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw new BioBertError(
      errorCodes.DOCUMENT_UNREADABLE,
      `.vscode/settings.json cannot be read, so that it is not known which documents ${settingName} leaves out.`,
      'Correct the file.',
      { cause: error },
    );
  }
}

/** Whether a file was written after another one had been created. False if one of them is missing. */
async function isNewer(file: string, other: string): Promise<boolean> {
  return Promise.all([stat(file), stat(other)]).then(
    ([{ mtimeMs }, { birthtimeMs }]) => mtimeMs >= birthtimeMs,
    () => false,
  );
}
