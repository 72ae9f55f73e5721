import * as vscode from 'vscode';
import {
  collectionWriter,
  documentFiles,
  type AnnotatedDocument,
  type ExportFormat,
} from '../../core/exports/annotationExport';
import { activeDocument, checkedText, formatOfDocument } from '../documents/documents';
import { saveFile } from '../workspace/saveFile';
import { annotatedDocument } from '../exporting/annotatedDocument';
import { chooseFormat } from './exportFormats';
import type { CommandParts } from '../commands/parts';
import { withCancel } from '../progress';

type Parts = Pick<CommandParts, 'engine' | 'documentTagger' | 'store' | 'settings' | 'curation' | 'log'>;

/** Exports the entities and relations of the active document in a common annotation format. */
export async function run(parts: Parts): Promise<void> {
  const document = activeDocument();
  const chosen = await chooseFormat(vscode.l10n.t('Export the annotations of this document as …'), false);
  if (!chosen) return;
  const annotated = await withCancel(vscode.l10n.t('Finding relations …'), (signal) =>
    annotationsOf(document, parts, signal),
  );
  const name = (document.uri.path.split('/').at(-1) ?? 'document').replace(/\.[^.]*$/, '');
  const content = serialize(annotated, chosen.format);
  await saveFile(`${name}.${chosen.ending}`, new TextEncoder().encode(content));
}

async function annotationsOf(
  document: vscode.TextDocument,
  parts: Parts,
  signal: AbortSignal,
): Promise<AnnotatedDocument> {
  const { engine, store, documentTagger, settings } = parts;
  if (!store.get(document)?.model) await documentTagger.tagDocument(document, { signal });
  const text = checkedText(document.getText(), document.uri, settings.maxFileSizeMB);
  const { entities = [], model = await engine.load(signal) } = store.get(document) ?? {};
  const tagged = { uri: document.uri, text, format: formatOfDocument(document, text), entities, model };
  return annotatedDocument(tagged, parts, { signal, priority: 'interactive' });
}

function serialize(document: AnnotatedDocument, format: ExportFormat): string {
  // The text file that brat needs beside its annotations is the document itself.
  if (format === 'brat' || format === 'webAnnotation')
    return documentFiles(format, document)[0]?.content ?? '';
  const writer = collectionWriter(format);
  return writer.start() + writer.document(document) + writer.end();
}
