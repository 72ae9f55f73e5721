import * as vscode from 'vscode';
import { formatOf } from '../../core/documents/format';
import { isPublished } from '../../core/records/published';
import { fileOfDocument } from './paperUri';

/**
 * Whether a document is a draft or note of the user: no file of records, no paper, and no publication is named in it.
 *
 * @param document `uri.toString()`
 * @param publication The name of the publication that was found in it. Default: none.
 */
export function isDraft(document: string, publication?: string): boolean {
  const fileName = fileOfDocument(vscode.Uri.parse(document)).path;
  return !isPublished(fileName, formatOf({ fileName }), publication);
}
