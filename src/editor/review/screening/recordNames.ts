import type { ReviewRecord } from '../../../core/review/reviewData';
import type { Entity, EntityType } from '../../../core/types';
import type { Engine, Priority } from '../../../protocol/engine';
import type { EntityMark, RecordMarks } from '../../../protocol/screening';

/** The text of a record that is shown. */
export type RecordText = Pick<ReviewRecord, 'id' | 'title' | 'abstract'>;

export interface RecordNamesParts {
  readonly engine: Pick<Engine, 'tag' | 'forget'>;
  /** Whether names of a type are marked. */
  readonly isShown: (type: EntityType) => boolean;
  readonly minProbability: () => number;
  /** Name of a type in the user's language. */
  readonly typeName: (type: EntityType) => string;
}

/** Number of records whose names are kept, for a reader who goes back. */
const maxKept = 200;

const separator = '\n\n';

/** Finds the names in records with the tagger, and those of the next records in advance. */
export class RecordNames {
  private readonly found = new Map<string, Promise<RecordMarks>>();

  constructor(private readonly parts: RecordNamesParts) {}

  /**
   * @param next The records that will probably be shown next.
   * @throws {BioBertError} as `Engine.tag`.
   */
  async marksOf(record: RecordText, next: readonly RecordText[] = []): Promise<RecordMarks> {
    const marks = await this.find(record, 'interactive');
    this.prefetch(next);
    return marks;
  }

  private prefetch(next: readonly RecordText[]): void {
    const [first, ...rest] = next;
    if (!first) return;
    // The reader will see the failure when the record is shown.
    this.find(first, 'background').then(
      () => this.prefetch(rest),
      () => undefined,
    );
  }

  private find(record: RecordText, priority: Priority): Promise<RecordMarks> {
    // A record is shown without its abstract, too.
    const key = `${record.id}\n${record.abstract === undefined}`;
    const known = this.found.get(key);
    if (known) return known;
    const marks = this.tag(record, priority);
    this.found.set(key, marks);
    marks.catch(() => this.found.delete(key));
    const [oldest] = this.found.keys();
    if (this.found.size > maxKept && oldest !== undefined) this.found.delete(oldest);
    return marks;
  }

  private async tag({ id, title = '', abstract = '' }: RecordText, priority: Priority): Promise<RecordMarks> {
    const { engine, minProbability } = this.parts;
    const document = `review-record:${encodeURIComponent(id)}`;
    const text = `${title}${separator}${abstract}`;
    const { entities } = await engine.tag({
      document,
      text,
      format: 'plain',
      priority,
      link: false,
      minProbability: minProbability(),
    });
    // The result is kept here.
    engine.forget(document);
    const start = title.length + separator.length;
    return {
      title: this.marks(entities.filter(({ end }) => end <= title.length)),
      abstract: this.marks(
        entities.filter((entity) => entity.start >= start),
        start,
      ),
    };
  }

  private marks(entities: readonly Entity[], from = 0): readonly EntityMark[] {
    const { isShown, typeName } = this.parts;
    return entities
      .filter(({ type }) => isShown(type))
      .map(({ start, end, type }) => ({
        start: start - from,
        end: end - from,
        type,
        typeName: typeName(type),
      }));
  }
}
