import * as vscode from 'vscode';
import { ownFolderName } from '../../core/curation/ownFolder';
import { extensionsOfLanguage } from '../../core/documents/format';
import { documentOfFile } from './paperUri';

interface LanguageContribution {
  readonly id: string;
  readonly extensions?: readonly string[];
}

/** Dependencies, the data of git and the files of this program are not documents of the user. */
export const noDocuments = `**/{node_modules,.git,${ownFolderName}}/**`;

/**
 * Returns the files of a folder in the user's languages, in the order of their paths; of a paper the document
 * with its text. Respects `files.exclude`.
 */
export async function supportedFiles(
  folder: vscode.WorkspaceFolder,
  languages: readonly string[],
): Promise<readonly vscode.Uri[]> {
  const extensions = supportedExtensions(languages);
  if (extensions.length === 0) return [];
  const pattern = new vscode.RelativePattern(folder, `**/*.{${extensions.map(anyCase).join(',')}}`);
  const files = await vscode.workspace.findFiles(pattern, noDocuments);
  const { compare } = new Intl.Collator(undefined, { numeric: true });
  // Word and Excel keep such a file beside a document that is open in them.
  const documents = files.filter(({ path }) => !/\/~\$[^/]*$/.test(path)).map(documentOfFile);
  return documents.sort((a, b) => compare(a.path, b.path));
}

/** Returns the extensions of the files in the given languages, without their point. */
export function supportedExtensions(languages: readonly string[]): readonly string[] {
  return [...new Set(languages.flatMap(extensionsOf))];
}

/** The extensions of a language that is not in the list of formats come from the extension that defines it. */
function extensionsOf(language: string): readonly string[] {
  const builtIn = extensionsOfLanguage(language);
  if (builtIn) return builtIn;
  const contributed = vscode.extensions.all.flatMap(({ packageJSON }) => {
    const { contributes } = packageJSON as { readonly contributes?: { readonly languages?: unknown } };
    return Array.isArray(contributes?.languages) ? (contributes.languages as LanguageContribution[]) : [];
  });
  return contributed
    .filter(({ id }) => id === language)
    .flatMap(({ extensions }) => extensions ?? [])
    .map((extension) => extension.replace(/^\./, ''))
    .filter((extension) => /^[\w-]+$/.test(extension));
}

/** Makes a glob pattern case-insensitive. On Linux patterns are case-sensitive, but some exports are named `.TXT`. */
function anyCase(extension: string): string {
  return extension.replace(/\p{L}/gu, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`);
}
