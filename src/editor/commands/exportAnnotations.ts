import * as vscode from 'vscode';
import { annotationCsv } from '../../core/formats/annotationCsv';
import { biocEnd, biocStart, writeBiocDocument } from '../../core/formats/bioc';
import { writeBrat, writeBratRelations } from '../../core/formats/brat';
import { writePubtator } from '../../core/formats/pubtator';
import { biocDocument, toLinks, type RelationLink } from '../../core/formats/relationLink';
import { writeWebAnnotations } from '../../core/formats/webAnnotation';
import type { Entity } from '../../core/types';
import { commandIds } from '../commandIds';
import { activeDocument, checkedText, formatOfDocument } from '../documents';
import { saveFile } from '../evidence/saveFile';
import type { CommandParts } from './parts';
import { registerCommand } from './register';

type Parts = Pick<CommandParts, 'engine' | 'tagging' | 'store' | 'panel' | 'settings' | 'log'>;

/** What is written of one document. */
interface Annotations {
  readonly document: vscode.TextDocument;
  readonly text: string;
  readonly name: string;
  readonly entities: readonly Entity[];
  readonly relations: readonly RelationLink[];
}

const formats = [
  { label: 'BioC JSON', ending: 'bioc.json' },
  { label: 'PubTator', ending: 'pubtator.txt' },
  { label: 'brat standoff', ending: 'ann' },
  { label: 'W3C Web Annotation', ending: 'annotations.jsonld' },
  { label: 'CSV', ending: 'annotations.csv' },
] as const;

type Ending = (typeof formats)[number]['ending'];

/** Writes what is marked in the document, and the relations on the panel's list, in a format of the field. */
export function register(parts: Parts): vscode.Disposable {
  return registerCommand(commandIds.exportAnnotations, parts.log, async () => {
    const document = activeDocument();
    const placeHolder = vscode.l10n.t('Export the annotations of this document as …');
    const format = await vscode.window.showQuickPick(formats, { placeHolder });
    if (!format) return;
    const annotations = await annotationsOf(document, parts);
    const content = await written(annotations, format.ending, parts);
    await saveFile(`${annotations.name}.${format.ending}`, new TextEncoder().encode(content));
  });
}

async function annotationsOf(document: vscode.TextDocument, parts: Parts): Promise<Annotations> {
  const { store, tagging, panel, settings } = parts;
  const known = store.get(document);
  if (!known?.model) await tagging.tagDocument(document);
  const text = checkedText(document.getText(), settings.maxFileSizeMB);
  const entities = (store.get(document)?.entities ?? []).filter(({ type }) =>
    settings.isShown(type, document),
  );
  const name = (document.uri.path.split('/').at(-1) ?? 'document').replace(/\.[^.]*$/, '');
  const relations = toLinks(panel.model().relationsOf(document.uri.toString()), entities);
  return { document, text, name, entities, relations };
}

async function written(annotations: Annotations, ending: Ending, { engine }: Parts): Promise<string> {
  const { document, text, name, entities, relations } = annotations;
  switch (ending) {
    case 'ann':
      return writeBrat(text, entities) + writeBratRelations(relations);
    case 'annotations.jsonld':
      return writeWebAnnotations({ source: document.uri.toString(), text, entities, relations });
    case 'annotations.csv':
      return annotationCsv(vscode.workspace.asRelativePath(document.uri), entities, relations);
    case 'bioc.json':
    case 'pubtator.txt': {
      // Both hold prose without markup, which the engine's parsers know.
      const format = formatOfDocument(document, text);
      const { passages: segments } = await engine.passages({
        document: document.uri.toString(),
        text,
        format,
      });
      const content = biocDocument(name, segments, entities, relations);
      if (ending === 'pubtator.txt') return writePubtator(content);
      return `${biocStart('BioBERT')}${writeBiocDocument(content)}${biocEnd}`;
    }
  }
}
