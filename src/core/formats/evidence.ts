/**
 * The evidence table of a review as a file: one pinned sentence a line, sorted, so that two versions differ in the
 * lines that differ.
 */
import type { EntityType, RelationType } from '../types';
import type { Annotator } from './annotator';
import { parseObject, readEntries } from './sidecar';

/** What a column of the table is about. */
export type EvidenceTopic =
  | {
      readonly kind: 'pair';
      readonly subject: { readonly name: string; readonly type: EntityType };
      readonly relation: RelationType;
      readonly object: { readonly name: string; readonly type: EntityType };
    }
  | { readonly kind: 'question'; readonly question: string };

/** One cell: a sentence and its place. */
export interface Evidence {
  readonly topic: EvidenceTopic;
  /** Path from the workspace's folder, with forward slashes; a URI where it lies outside. */
  readonly document: string;
  /** UTF-16 offsets of the sentence when it was pinned; {@link sentence} finds it again after edits elsewhere. */
  readonly start: number;
  readonly end: number;
  /** Counted from 1; 0 where it is not known. */
  readonly line: number;
  /** What a reader sees. */
  readonly sentence: string;
  /** The answer, where the topic is a question. */
  readonly answer?: string | undefined;
  readonly probability: number;
  /** The sentence denies the relation, or only supposes it. */
  readonly isDenied: boolean;
  readonly isSupposed: boolean;
  /** Citation key, PubMed identifier or file name: what a reference manager knows the document by. */
  readonly citation: string;
  readonly note: string;
  /** Who found the sentence; absent in files of before it was kept. */
  readonly annotator?: Annotator | undefined;
}

const version = 1;

/** In words: `tamoxifen – breast cancer (association)`, or the question. */
export function topicLabel(topic: EvidenceTopic): string {
  if (topic.kind === 'question') return topic.question;
  return `${topic.subject.name} – ${topic.object.name} (${topic.relation.replace(/_/g, ' ')})`;
}

/** Equal for cells of one column. */
export function topicKey(topic: EvidenceTopic): string {
  if (topic.kind === 'question') return `question\n${topic.question.trim().toLowerCase()}`;
  const { subject, relation, object } = topic;
  return [subject.name.toLowerCase(), subject.type, relation, object.name.toLowerCase(), object.type].join(
    '\n',
  );
}

/** Equal for the same cell pinned twice. */
export function evidenceKey({ topic, document, sentence, answer }: Evidence): string {
  return JSON.stringify([topicKey(topic), document, sentence, answer ?? '']);
}

export function sortEvidence(evidence: readonly Evidence[]): readonly Evidence[] {
  const order = (each: Evidence): readonly (string | number)[] => [
    topicKey(each.topic),
    each.document,
    each.start,
    each.sentence,
  ];
  return [...evidence].sort((a, b) => compareKeys(order(a), order(b)));
}

function compareKeys(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  for (const [i, left] of a.entries()) {
    const right = b[i] ?? '';
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}

/** @returns the file's text, the same for the same evidence in any order. */
export function writeEvidence(evidence: readonly Evidence[], unread: readonly unknown[] = []): string {
  const lines = [...sortEvidence(evidence).map(toStored), ...unread].map((each) => JSON.stringify(each));
  return `{"biobertEvidence":${version},"evidence":[\n${lines.join(',\n')}${lines.length > 0 ? '\n' : ''}]}\n`;
}

/** Fields in one order, without those that say nothing. */
function toStored(each: Evidence): unknown {
  const { topic, document, line, start, end, sentence, answer, probability, citation, note, annotator } =
    each;
  return {
    topic,
    document,
    line,
    start,
    end,
    sentence,
    ...(answer === undefined ? {} : { answer }),
    probability: Math.round(probability * 1e4) / 1e4,
    ...(each.isDenied ? { denied: true } : {}),
    ...(each.isSupposed ? { supposed: true } : {}),
    citation,
    ...(note === '' ? {} : { note }),
    ...(annotator === undefined ? {} : { annotator }),
  };
}

/** What could be read of a file that people edit and merge. */
export interface ReadEvidence {
  readonly evidence: readonly Evidence[];
  /** Entries that are none: damaged, or a newer version's. They are written back as they are. */
  readonly unread: readonly unknown[];
}

/** @returns undefined where the text is no evidence file at all: it must not be written over. */
export function readEvidence(text: string): ReadEvidence | undefined {
  const { biobertEvidence, evidence } = parseObject(text) ?? {};
  if (biobertEvidence !== version || !Array.isArray(evidence)) return undefined;
  const { sound, unread } = readEntries(evidence, fromStored);
  return { evidence: sortEvidence(sound), unread };
}

function fromStored(value: unknown): Evidence | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const stored = value as Record<string, unknown>;
  const topic = readTopic(stored['topic']);
  const { document, sentence, start, end, probability, answer } = stored;
  if (!topic || typeof document !== 'string' || typeof sentence !== 'string') return undefined;
  if (!isOffset(start) || !isOffset(end) || start > end) return undefined;
  return {
    topic,
    document,
    line: isOffset(stored['line']) ? stored['line'] : 0,
    start,
    end,
    sentence,
    ...(typeof answer === 'string' && { answer }),
    probability: typeof probability === 'number' && probability >= 0 && probability <= 1 ? probability : 0,
    isDenied: stored['denied'] === true,
    isSupposed: stored['supposed'] === true,
    citation: textOf(stored['citation']),
    note: textOf(stored['note']),
    ...annotatorOf(stored['annotator']),
  };
}

function readTopic(value: unknown): EvidenceTopic | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { kind, question, relation, subject, object } = value as Record<string, unknown>;
  if (kind === 'question' && typeof question === 'string') return { kind, question };
  if (kind !== 'pair' || typeof relation !== 'string') return undefined;
  const from = readName(subject);
  const to = readName(object);
  return from && to && { kind, subject: from, relation, object: to };
}

function readName(value: unknown): { readonly name: string; readonly type: EntityType } | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { name, type } = value as Record<string, unknown>;
  return typeof name === 'string' && typeof type === 'string' ? { name, type } : undefined;
}

function annotatorOf(value: unknown): Pick<Evidence, 'annotator'> {
  if (value === 'person') return { annotator: value };
  if (typeof value !== 'object' || value === null) return {};
  const { name, hash } = value as Record<string, unknown>;
  return typeof name === 'string' && typeof hash === 'string' ? { annotator: { name, hash } } : {};
}

function isOffset(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
