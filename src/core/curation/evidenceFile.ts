/**
 * The file of the evidence table of a review. It has one pinned sentence per line, sorted, so that diffs show only the
 * lines that changed.
 */
import type { Annotator } from '../exports/annotator';
import { roundProbability } from '../exports/mention';
import { type EvidenceTopic, topicKey, topicKeys, type TopicName, topicOrder } from './evidenceTopics';
import { parseObject, readEntries } from './sidecar';

/** An entry of the table: a sentence with its place. */
export interface Evidence {
  readonly topic: EvidenceTopic;
  /** Path relative to the workspace folder, with forward slashes; a URI if the document is outside of it. */
  readonly document: string;
  /**
   * UTF-16 offsets of the sentence when it was pinned. After edits in other places, {@link sentence} is used to find
   * it again.
   */
  readonly start: number;
  readonly end: number;
  /** Line number, counted from 1; 0 if not known. */
  readonly line: number;
  /** The sentence without markup. */
  readonly sentence: string;
  /** The answer if the topic is a question; the value if it is a column of the form. */
  readonly answer?: string | undefined;
  /** Whether the value was proposed by a model and no person has confirmed it. Default: false. */
  readonly isProposed?: boolean | undefined;
  readonly probability: number;
  /** Whether the sentence denies the relation. */
  readonly isDenied: boolean;
  /** Whether the sentence only supposes the relation. */
  readonly isSpeculative: boolean;
  /** Citation key, PubMed identifier or file name: the name of the document in a reference manager. */
  readonly citation: string;
  /** The publication that the sentence is from: `Kaplan 2019, Title`. Undefined if the document does not name it. */
  readonly publication?: string | undefined;
  readonly note: string;
  /** Who found the sentence. Undefined in older files, which do not store it. */
  readonly annotator?: Annotator | undefined;
  /** Fields of the stored entry that this version does not know. They are written back. */
  readonly unknown?: Readonly<Record<string, unknown>> | undefined;
}

const version = 1;

/** Equal if the same entry was pinned twice. */
export function evidenceKey(evidence: Evidence): string {
  return keyWith(topicKey(evidence.topic), evidence);
}

/** The keys of an entry with and without the identifiers of its topic: see {@link topicKeys}. */
function evidenceKeys(evidence: Evidence): readonly string[] {
  return topicKeys(evidence.topic).map((key) => keyWith(key, evidence));
}

/**
 * Returns a function that tells whether an entry is one of these. An entry without identifiers is the same as one with
 * the same names and identifiers.
 */
export function entryMatcher(all: readonly Evidence[]): (evidence: Evidence) => boolean {
  const own = new Set(all.map(evidenceKey));
  const withoutIds = new Set(all.flatMap(evidenceKeys));
  return (evidence) =>
    withoutIds.has(evidenceKey(evidence)) || evidenceKeys(evidence).some((key) => own.has(key));
}

function keyWith(topic: string, evidence: Evidence): string {
  const { document, sentence, answer, publication = '', citation } = evidence;
  // Short values such as `100 patients` occur in several records of one file, and each needs its own.
  const paper = evidence.topic.kind === 'form' ? [publication, citation] : [];
  return JSON.stringify([topic, document, sentence, answer ?? '', ...paper]);
}

export function sortEvidence<Entry extends Evidence>(evidence: readonly Entry[]): readonly Entry[] {
  const order = (each: Evidence): readonly (string | number)[] => [
    topicOrder(each.topic),
    each.document,
    each.start,
    each.sentence,
    topicKey(each.topic),
    // A sentence may have several values of one column.
    each.answer ?? '',
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

/** @returns the text of the file, which does not depend on the order of `evidence`. */
export function writeEvidence(evidence: readonly Evidence[], unread: readonly unknown[] = []): string {
  const lines = [...sortEvidence(evidence).map(storedEvidence), ...unread].map((each) =>
    JSON.stringify(each),
  );
  return `{"biobertEvidence":${version},"evidence":[\n${lines.join(',\n')}${lines.length > 0 ? '\n' : ''}]}\n`;
}

/** The stored form of an entry: fields in a fixed order, without empty ones. */
export function storedEvidence(each: Evidence): unknown {
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
    ...(each.isProposed === true ? { proposed: true } : {}),
    probability: roundProbability(probability),
    ...(each.isDenied ? { denied: true } : {}),
    ...(each.isSpeculative ? { supposed: true } : {}),
    citation,
    ...(each.publication === undefined ? {} : { publication: each.publication }),
    ...(note === '' ? {} : { note }),
    ...(annotator === undefined ? {} : { annotator }),
    ...each.unknown,
  };
}

/** The result of reading the file. People edit and merge it, so some entries may be invalid. */
export interface ReadEvidence {
  readonly evidence: readonly Evidence[];
  /** Entries that could not be read: damaged, or written by a newer version. They are written back unchanged. */
  readonly unread: readonly unknown[];
}

/** @returns undefined if the text is not an evidence file; then it must not be overwritten. */
export function readEvidence(text: string): ReadEvidence | undefined {
  const { biobertEvidence, evidence } = parseObject(text) ?? {};
  if (biobertEvidence !== version || !Array.isArray(evidence)) return undefined;
  const { valid, unread } = readEntries(evidence, evidenceFromStored);
  return { evidence: sortEvidence(valid), unread };
}

/** Reads what {@link storedEvidence} wrote. Returns undefined if it is damaged. */
export function evidenceFromStored(value: unknown): Evidence | undefined {
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
    ...(stored['proposed'] === true && { isProposed: true }),
    probability: typeof probability === 'number' && probability >= 0 && probability <= 1 ? probability : 0,
    isDenied: stored['denied'] === true,
    isSpeculative: stored['supposed'] === true,
    citation: textOf(stored['citation']),
    ...(typeof stored['publication'] === 'string' && { publication: stored['publication'] }),
    note: textOf(stored['note']),
    ...annotatorOf(stored['annotator']),
    ...unknownFields(stored),
  };
}

/** The fields that {@link storedEvidence} writes. */
const knownFields: ReadonlySet<string> = new Set([
  'topic',
  'document',
  'line',
  'start',
  'end',
  'sentence',
  'answer',
  'proposed',
  'probability',
  'denied',
  'supposed',
  'citation',
  'publication',
  'note',
  'annotator',
]);

function unknownFields(stored: Readonly<Record<string, unknown>>): Pick<Evidence, 'unknown'> {
  const unknown = Object.entries(stored).filter(([field]) => !knownFields.has(field));
  return unknown.length === 0 ? {} : { unknown: Object.fromEntries(unknown) };
}

function readTopic(value: unknown): EvidenceTopic | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { kind, ...fields } = value as Record<string, unknown>;
  switch (kind) {
    case 'question':
      return readQuestion(fields);
    case 'form':
      return readFormTopic(fields);
    case 'pair':
      return readPair(fields);
    default:
      return undefined;
  }
}

type Fields = Readonly<Record<string, unknown>>;

function readQuestion({ question, ...unknown }: Fields): EvidenceTopic | undefined {
  return typeof question === 'string' ? { kind: 'question', question, ...unknown } : undefined;
}

function readFormTopic({ column, label, ...unknown }: Fields): EvidenceTopic | undefined {
  if (typeof column !== 'string') return undefined;
  return { kind: 'form', column, label: typeof label === 'string' ? label : column, ...unknown };
}

function readPair({ relation, subject, object, ...unknown }: Fields): EvidenceTopic | undefined {
  if (typeof relation !== 'string') return undefined;
  const from = readName(subject);
  const to = readName(object);
  return from && to && { kind: 'pair', subject: from, relation, object: to, ...unknown };
}

/** Fields of a name that this version does not know stay in it, and are written back. */
function readName(value: unknown): TopicName | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { name, type, id, ...unknown } = value as Record<string, unknown>;
  if (typeof name !== 'string' || typeof type !== 'string') return undefined;
  return { name, type, ...(typeof id === 'string' && id !== '' && { id }), ...unknown };
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
