import * as path from 'node:path';
import {
  collectionWriter,
  documentFiles,
  type AnnotatedDocument,
  type CollectionFormat,
  type ExportFormat,
} from '../../core/formats/annotationExport';
import { writeBratConfiguration } from '../../core/formats/brat';
import { createEmptyFolder, TextFile, writeTextFile } from '../../runtime/files/textFile';

/** Where the documents of an export go, one after another. @throws {BioBertError} OUTPUT_UNWRITABLE. */
export interface ExportTarget {
  write(document: AnnotatedDocument): Promise<void>;
  /** Also after a run that was stopped: what was written is well-formed. */
  close(): Promise<void>;
}

/** @param place A file, or for brat and Web Annotations a folder that is empty or not there yet. */
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

/** The files of each document, in folders as the documents themselves. */
class DocumentFolder implements ExportTarget {
  private readonly types = new Set<string>();
  private readonly relationTypes = new Set<string>();

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
    for (const { type } of document.entities) this.types.add(type);
    for (const { type, subject, object } of document.relations) {
      this.relationTypes.add(type);
      this.types.add(subject.type).add(object.type);
    }
  }

  async close(): Promise<void> {
    if (this.format !== 'brat') return;
    const configuration = writeBratConfiguration([...this.types].sort(), [...this.relationTypes].sort());
    await writeTextFile(path.join(this.folder, 'annotation.conf'), configuration);
  }
}

/** `papers/a.txt` gives `papers/a`; `papers/a.md` keeps its ending, so that both have a place. */
function placeOf({ name }: AnnotatedDocument): readonly string[] {
  const parts = name.replace(/\.txt$/i, '').split('/');
  // A document outside the folder is named by its address: nothing of it leads out of ours.
  return parts
    .filter((part) => part !== '' && part !== '.' && part !== '..')
    .map((part) => part.replace(/[<>:"|?*\\]/g, '_'));
}
