/** The topics of an evidence table, and which of them are one column: names of one concept are one name. */
import { groupBy } from '../groupBy';
import { commonest } from '../mostFrequent';
import type { EntityType, RelationType } from '../types';

/** A name of a topic. */
export interface TopicName {
  readonly name: string;
  readonly type: EntityType;
  /** Identifier of the concept that the name refers to. Undefined if it was not linked. */
  readonly id?: string | undefined;
}

/** Relations of one type between two names. */
export interface PairTopic {
  readonly kind: 'pair';
  readonly subject: TopicName;
  readonly relation: RelationType;
  readonly object: TopicName;
}

/** A column of the extraction form of a review. */
export interface FormTopic {
  readonly kind: 'form';
  /** Identifier of the column, which stays when the column gets another label. */
  readonly column: string;
  readonly label: string;
}

/** The topic of a column of the table. */
export type EvidenceTopic = PairTopic | FormTopic | { readonly kind: 'question'; readonly question: string };

/** A column of a form, as far as the table needs it. */
export interface FormColumnName {
  readonly id: string;
  readonly label: string;
}

export function formTopic({ id, label }: FormColumnName): FormTopic {
  return { kind: 'form', column: id, label };
}

/** Readable text of a topic: `tamoxifen – breast cancer (association)`, the question, or the label of the column. */
export function topicLabel(topic: EvidenceTopic): string {
  if (topic.kind === 'question') return topic.question;
  if (topic.kind === 'form') return topic.label;
  return `${topic.subject.name} – ${topic.object.name} (${topic.relation.replace(/_/g, ' ')})`;
}

/** Identifiers of the two concepts: `MESH:D013629 – MESH:D001943`. A name that is not linked stands for itself. */
export function topicIds(topic: EvidenceTopic): string {
  if (topic.kind !== 'pair') return '';
  const { subject, object } = topic;
  if (subject.id === undefined && object.id === undefined) return '';
  return `${subject.id ?? subject.name} – ${object.id ?? object.name}`;
}

/** Equal for topics of the same concepts; a name that is not linked is compared by its spelling. */
export function topicKey(topic: EvidenceTopic): string {
  if (topic.kind === 'question') return `question\n${topic.question.trim().toLowerCase()}`;
  if (topic.kind === 'form') return `form\n${topic.column}`;
  const { subject, relation, object } = topic;
  return [...keyParts(subject), relation, ...keyParts(object)].join('\n');
}

/** The key by which topics are sorted, which is that of the names: identifiers say nothing to a reader. */
export function topicOrder(topic: EvidenceTopic): string {
  return topic.kind === 'pair' ? topicKey(unlinked(topic, true, true)) : topicKey(topic);
}

/**
 * The keys of a topic with and without its identifiers, the most specific one first. A table that was made without a
 * terminology has the last one.
 */
export function topicKeys(topic: EvidenceTopic): readonly string[] {
  if (topic.kind !== 'pair') return [topicKey(topic)];
  const keys = [
    topic,
    unlinked(topic, false, true),
    unlinked(topic, true, false),
    unlinked(topic, true, true),
  ].map(topicKey);
  return [...new Set(keys)];
}

function keyParts({ name, type, id }: TopicName): readonly [string, string] {
  return [id === undefined ? name.toLowerCase() : `#${id}`, type];
}

function unlinked(topic: PairTopic, subject: boolean, object: boolean): PairTopic {
  const without = (name: TopicName): TopicName => ({ ...name, id: undefined });
  return {
    ...topic,
    subject: subject ? without(topic.subject) : topic.subject,
    object: object ? without(topic.object) : topic.object,
  };
}

/** A column of the table. */
export interface TopicColumn {
  readonly key: string;
  /** The topic as most of its entries spell it. */
  readonly topic: EvidenceTopic;
}

/** The columns of a table. */
export interface TopicColumns {
  /** The columns of the form in its order, then the other columns in the order of their topics. */
  readonly columns: readonly TopicColumn[];
  /** The key of the column that a topic belongs to. If no column has the topic yet, it is the key for a new column. */
  readonly keyOf: (topic: EvidenceTopic) => string;
}

/**
 * Assigns topics to columns. A name without an identifier belongs to the concept that the table gives the same name of
 * the same type, unless it gives it several.
 *
 * @param topics The topics of all entries.
 * @param form The columns of the form. They are columns of the table even without an entry, and have these labels.
 */
export function topicColumns(
  topics: readonly EvidenceTopic[],
  form: readonly FormColumnName[] = [],
): TopicColumns {
  const idOf = idsOfNames(topics);
  const linked = (name: TopicName): TopicName => ({ ...name, id: name.id ?? idOf(name) });
  const resolved = (topic: EvidenceTopic): EvidenceTopic =>
    topic.kind === 'pair'
      ? { ...topic, subject: linked(topic.subject), object: linked(topic.object) }
      : topic;
  const ofForm = form.map(formTopic).map((topic) => ({ key: topicKey(topic), topic }));
  const formKeys = new Set(ofForm.map(({ key }) => key));
  const groups = groupBy(topics.map(resolved), topicKey);
  return {
    columns: [
      ...ofForm,
      ...[...groups].flatMap(([key, members]) => {
        const topic = commonest(members, topicLabel);
        return topic === undefined || formKeys.has(key) ? [] : [{ key, topic }];
      }),
    ],
    keyOf: (topic) => {
      const keys = topicKeys(resolved(topic));
      return keys.find((key) => groups.has(key)) ?? topicKey(resolved(topic));
    },
  };
}

function idsOfNames(topics: readonly EvidenceTopic[]): (name: TopicName) => string | undefined {
  const keyOf = ({ name, type }: TopicName) => `${type}\n${name.toLowerCase()}`;
  const ids = new Map<string, string | undefined>();
  for (const topic of topics) {
    if (topic.kind !== 'pair') continue;
    for (const name of [topic.subject, topic.object]) {
      if (name.id === undefined) continue;
      const key = keyOf(name);
      ids.set(key, ids.has(key) && ids.get(key) !== name.id ? undefined : name.id);
    }
  }
  return (name) => ids.get(keyOf(name));
}
