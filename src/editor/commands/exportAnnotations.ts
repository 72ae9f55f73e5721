import * as vscode from 'vscode';
import {
  collectionWriter,
  documentFiles,
  type AnnotatedDocument,
  type ExportFormat,
} from '../../core/formats/annotationExport';
import { commandIds } from '../commandIds';
import { activeDocument, checkedText, formatOfDocument } from '../documents/documents';
import { saveFile } from '../workspace/saveFile';
import { annotatedDocument } from '../exporting/annotatedDocument';
import { chooseFormat } from './exportFormats';
import type { CommandParts } from './parts';
import { withCancel } from '../progress';
import { registerCommand } from './register';

type Parts = Pick<CommandParts, 'engine' | 'tagging' | 'store' | 'settings' | 'curation' | 'log'>;

/** Writes what is marked in the document, and how it is related, in a format of the field. */
export function register(parts: Parts): vscode.Disposable {
  return registerCommand(commandIds.exportAnnotations, parts.log, async () => {
    const document = activeDocument();
    const chosen = await chooseFormat(vscode.l10n.t('Export the annotations of this document as …'), false);
    if (!chosen) return;
    const annotated = await withCancel(vscode.l10n.t('Finding relations …'), (signal) =>
      annotationsOf(document, parts, signal),
    );
    const name = (document.uri.path.split('/').at(-1) ?? 'document').replace(/\.[^.]*$/, '');
    const content = written(annotated, chosen.format);
    await saveFile(`${name}.${chosen.ending}`, new TextEncoder().encode(content));
  });
}

async function annotationsOf(
  document: vscode.TextDocument,
  parts: Parts,
  signal: AbortSignal,
): Promise<AnnotatedDocument> {
  const { engine, store, tagging, settings } = parts;
  if (!store.get(document)?.model) await tagging.tagDocument(document, { signal });
  const text = checkedText(document.getText(), settings.maxFileSizeMB);
  const { entities = [], model = await engine.load(signal) } = store.get(document) ?? {};
  const tagged = { uri: document.uri, text, format: formatOfDocument(document, text), entities, model };
  return annotatedDocument(tagged, parts, { signal, priority: 'interactive' });
}

function written(document: AnnotatedDocument, format: ExportFormat): string {
  // The text that brat needs beside its annotations is the document itself.
  if (format === 'brat' || format === 'webAnnotation')
    return documentFiles(format, document)[0]?.content ?? '';
  const writer = collectionWriter(format);
  return writer.start() + writer.document(document) + writer.end();
}
