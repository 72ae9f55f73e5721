import * as path from 'node:path';
import {
  collectionWriter,
  documentFiles,
  type AnnotatedDocument,
  type CollectionFormat,
  type ExportFormat,
} from '../../core/exports/annotationExport';
import { writeBratConfiguration } from '../../core/exports/brat';
import { createEmptyFolder, TextFile, writeTextFile } from '../../runtime/files/textFile';

/** Writes the documents of an export, one after another. Methods throw a {@link BioBertError} OUTPUT_UNWRITABLE. */
export interface ExportTarget {
  write(document: AnnotatedDocument): Promise<void>;
  /** Completes the output. After a cancelled run too, so that the written part is well-formed. */
  close(): Promise<void>;
}

/**
 * Opens the output of an export.
 *
 * @param place Path of a file or, for brat and Web Annotation, of a folder that is empty or does not exist.
 *
 * @example
 * const target = await openTarget('bioc', '/papers.bioc.json');
 * for (const document of documents) await target.write(document);
 * await target.close();
 */
export function openTarget(format: ExportFormat, place: string): Promise<ExportTarget> {
  return format === 'brat' || format === 'webAnnotation'
    ? DocumentFolder.create(format, place)
    : CollectionFile.create(format, place);
}

class CollectionFile implements ExportTarget {
  private constructor(
    private readonly file: TextFile,
    private readonly writer: ReturnType<typeof collectionWriter>,
  ) {}

  static async create(format: CollectionFormat, place: string): Promise<CollectionFile> {
    const writer = collectionWriter(format);
    const file = await TextFile.create(place);
    await file.write(writer.start());
    return new CollectionFile(file, writer);
  }

  write(document: AnnotatedDocument): Promise<void> {
    return this.file.write(this.writer.document(document));
  }

  async close(): Promise<void> {
    await this.file.write(this.writer.end());
    await this.file.close();
  }
}

/** Writes separate files for each document, in the same folder structure as the documents. */
class DocumentFolder implements ExportTarget {
  private readonly types = new Set<string>();
  private readonly relationTypes = new Set<string>();
  private hasReferences = false;

  private constructor(
    private readonly format: 'brat' | 'webAnnotation',
    private readonly folder: string,
  ) {}

  static async create(format: 'brat' | 'webAnnotation', folder: string): Promise<DocumentFolder> {
    await createEmptyFolder(folder);
    return new DocumentFolder(format, folder);
  }

  async write(document: AnnotatedDocument): Promise<void> {
    const place = path.join(this.folder, ...placeOf(document));
    for (const { ending, content } of documentFiles(this.format, document))
      await writeTextFile(place + ending, content);
    for (const { type, concepts } of document.entities) {
      this.types.add(type);
      this.hasReferences ||= concepts !== undefined;
    }
    for (const { type, subject, object } of document.relations) {
      this.relationTypes.add(type);
      this.types.add(subject.type).add(object.type);
    }
  }

  async close(): Promise<void> {
    if (this.format !== 'brat') return;
    const [types, relationTypes] = [[...this.types].sort(), [...this.relationTypes].sort()];
    const configuration = writeBratConfiguration(types, relationTypes, this.hasReferences);
    await writeTextFile(path.join(this.folder, 'annotation.conf'), configuration);
  }
}

/** `papers/a.txt` becomes `papers/a`. `papers/a.md` keeps its extension, so that both documents can be exported. */
function placeOf({ name }: AnnotatedDocument): readonly string[] {
  const parts = name.replace(/\.txt$/i, '').split('/');
  // The name of a document outside the folder is a URI. Its parts must not lead out of the output folder.
  return parts
    .filter((part) => part !== '' && part !== '.' && part !== '..')
    .map((part) => part.replace(/[<>:"|?*\\]/g, '_'));
}
