/** The file of decisions. It has one decision per line, sorted, so that diffs and merges work well. */
import { plainConcept } from '../linking/plainConcept';
import type { Concept } from '../types';
import {
  entityDecisionKey,
  linkDecisionKey,
  relationDecisionKey,
  type CuratedName,
  type Decided,
  type Decisions,
  type EntityDecision,
  type LinkDecision,
  type PlacedName,
  type RelationDecision,
} from './decisions';
import { parseObject, readEntries } from './sidecar';

const version = 1;

/**
 * Writes decisions to the text of the file. Of two decisions about the same subject, the later one is written.
 *
 * Decisions about concepts are lines among the entities, with the verdict `linked`: versions of the extension that do
 * not know this verdict write such lines back unchanged, but would drop a list that they do not know.
 */
export function writeDecisions({ entities, links = [], relations }: Decisions, unread = noUnread): string {
  const entityLines = linesOf([
    ...sorted(entities, entityDecisionKey).map(storedEntity),
    ...sorted(links, linkDecisionKey).map(storedLink),
    ...unread.entities,
  ]);
  const relationLines = linesOf([
    ...sorted(relations, relationDecisionKey).map(storedRelation),
    ...unread.relations,
  ]);
  return `{"biobertCuration":${version},"entities":[\n${entityLines}],"relations":[\n${relationLines}]}\n`;
}

function sorted<T>(all: readonly T[], keyOf: (each: T) => string): readonly T[] {
  return [...new Map(all.map((each) => [keyOf(each), each]))]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, each]) => each);
}

function linesOf(entries: readonly unknown[]): string {
  const lines = entries.map((each) => JSON.stringify(each));
  return lines.length === 0 ? '' : `${lines.join(',\n')}\n`;
}

function storedEntity(decision: EntityDecision): unknown {
  const { name, type, verdict } = decision;
  const was = decision.verdict === 'retyped' && { was: decision.was };
  return { name, type, verdict, ...was, ...author(decision) };
}

function storedLink(decision: LinkDecision): unknown {
  const { name, type, concepts } = decision;
  return { name, type, verdict: 'linked', concepts: concepts.map(plainConcept), ...author(decision) };
}

function author({ by }: Decided): Decided {
  return by === undefined ? {} : { by };
}

function storedRelation({
  document,
  sentence,
  subject,
  object,
  type,
  verdict,
  was,
  by,
}: RelationDecision): unknown {
  const named = ({ name, type: of, at }: PlacedName) => ({ name, type: of, ...(at !== undefined && { at }) });
  return {
    document,
    sentence,
    subject: named(subject),
    object: named(object),
    type,
    verdict,
    ...(was === undefined ? {} : { was }),
    ...author({ by }),
  };
}

/** The stored forms of decisions: fields in a fixed order, without empty ones. */
export const storedDecisions = { entity: storedEntity, link: storedLink, relation: storedRelation } as const;

/** Entries that could not be read: damaged, or written by a newer version. They are written back unchanged. */
export interface UnreadDecisions {
  readonly entities: readonly unknown[];
  readonly relations: readonly unknown[];
}

const noUnread: UnreadDecisions = { entities: [], relations: [] };

export interface ReadDecisions {
  readonly decisions: Decisions;
  readonly unread: UnreadDecisions;
}

/** @returns undefined if the text is not a file of decisions; then it must not be overwritten. */
export function readDecisions(text: string): ReadDecisions | undefined {
  const { biobertCuration, entities, relations } = parseObject(text) ?? {};
  if (biobertCuration !== version || !Array.isArray(entities) || !Array.isArray(relations)) return undefined;
  const readEntities = readEntries(entities, entityFrom);
  const readLinks = readEntries(readEntities.unread, linkFrom);
  const readRelations = readEntries(relations, relationFrom);
  const links = readLinks.valid.length > 0 && { links: readLinks.valid };
  return {
    decisions: { entities: readEntities.valid, ...links, relations: readRelations.valid },
    unread: { entities: readLinks.unread, relations: readRelations.unread },
  };
}

function entityFrom(value: unknown): EntityDecision | undefined {
  const name = nameFrom(value);
  if (!name) return undefined;
  const { verdict, was } = value as Record<string, unknown>;
  const by = authorOf(value);
  if (verdict === 'accepted' || verdict === 'rejected' || verdict === 'added')
    return { ...name, verdict, ...by };
  return verdict === 'retyped' && typeof was === 'string' ? { ...name, verdict, was, ...by } : undefined;
}

function authorOf(value: unknown): Decided {
  const { by } = (value ?? {}) as Record<string, unknown>;
  return typeof by === 'string' && by.trim() !== '' ? { by } : {};
}

function linkFrom(value: unknown): LinkDecision | undefined {
  const name = nameFrom(value);
  if (!name) return undefined;
  const { verdict, concepts } = value as Record<string, unknown>;
  if (verdict !== 'linked' || !Array.isArray(concepts)) return undefined;
  const { valid, unread } = readEntries(concepts, (each) => conceptFrom(each, name.name));
  return unread.length > 0 ? undefined : { ...name, concepts: valid, ...authorOf(value) };
}

/** Only the identifier is required, so that people can write lines by hand. */
function conceptFrom(value: unknown, mentioned: string): Concept | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { id, name, source, species } = value as Record<string, unknown>;
  if (typeof id !== 'string' || id.trim() === '') return undefined;
  return {
    id,
    name: typeof name === 'string' ? name : mentioned,
    source: typeof source === 'string' ? source : '',
    ...(typeof species === 'string' && { species }),
  };
}

function relationFrom(value: unknown): RelationDecision | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { document, sentence, type, verdict, was, ...rest } = value as Record<string, unknown>;
  const subject = placedNameFrom(rest['subject']);
  const object = placedNameFrom(rest['object']);
  if (typeof document !== 'string' || typeof sentence !== 'string' || typeof type !== 'string')
    return undefined;
  if (!subject || !object || !isVerdict(verdict)) return undefined;
  const former = typeof was === 'string' && { was };
  return { verdict, document, sentence, subject, object, type, ...former, ...authorOf(value) };
}

function isVerdict(value: unknown): value is RelationDecision['verdict'] {
  return value === 'accepted' || value === 'rejected' || value === 'retyped' || value === 'added';
}

function placedNameFrom(value: unknown): PlacedName | undefined {
  const name = nameFrom(value);
  const { at } = (value ?? {}) as Record<string, unknown>;
  return name && (Number.isSafeInteger(at) && Number(at) >= 0 ? { ...name, at: Number(at) } : name);
}

function nameFrom(value: unknown): CuratedName | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { name, type } = value as Record<string, unknown>;
  return typeof name === 'string' && name.trim() !== '' && typeof type === 'string'
    ? { name, type }
    : undefined;
}
