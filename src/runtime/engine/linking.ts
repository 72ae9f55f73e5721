/** The stage that links the mentions of a document to concepts. */
import type { ParsedDocument } from '../../core/documents/parse';
import { segmentSpan } from '../../core/documents/place';
import { abbreviationsOf } from '../../core/entities/pipeline';
import { throwIfCancelled } from '../../core/errors';
import { linkDocument } from '../../core/linking/linkDocument';
import type { Abbreviation, Entity, EntityType, Segment, UserTerm } from '../../core/types';
import type { TerminologyInfo } from '../../protocol/engine';
import { segmentsIn } from './documentCache';
import type { RequestContext } from './requestContext';

/** The part of a request that is about links. */
interface LinkOptions {
  readonly link?: boolean | undefined;
  readonly terms?: readonly UserTerm[] | undefined;
  readonly types?: readonly EntityType[] | undefined;
}

interface TaggedDocument {
  readonly parsed: ParsedDocument;
  /** Offsets at which publications begin, ascending. */
  readonly records: readonly number[];
  /** The segments that were tagged. */
  readonly segments: readonly Segment[];
  /** Their mentions, in document order. */
  readonly entities: readonly Entity[];
  /** The abbreviations that they introduce, in document order. */
  readonly abbreviations: readonly Abbreviation[];
}

interface Linked {
  readonly entities: readonly Entity[];
  readonly terminology: TerminologyInfo | undefined;
}

/** Mentions that are linked between two turns; this takes a few milliseconds. */
const mentionsBetweenTurns = 500;

/** Marks the terms of the user, and links all mentions to concepts if there is a terminology. */
export async function linkMentions(
  context: RequestContext,
  document: TaggedDocument,
  { link = true, terms = [], types }: LinkOptions,
): Promise<Linked> {
  const { parsed, records, segments } = document;
  const wanted = types === undefined ? terms : terms.filter(({ type }) => types.includes(type));
  const entities =
    wanted.length === 0
      ? document.entities
      : context.termFinders.of(wanted).mark(parsed.text, segments, document.entities);
  const loaded = link ? await context.terminology() : undefined;
  if (loaded === undefined) return { entities, terminology: undefined };
  const abbreviations = abbreviationsAround(document);
  const steps = linkDocument({ text: parsed.text, records, entities, abbreviations }, loaded.linker);
  let mentions = 0;
  for (;;) {
    const step = steps.next();
    if (step.done === true) return { entities: step.value, terminology: loaded.info };
    mentions += step.value;
    if (mentions < mentionsBetweenTurns) continue;
    mentions = 0;
    await context.turn();
    throwIfCancelled(context.signal);
  }
}

/** The abbreviations of the publications that the segments belong to: a paragraph uses those of the whole. */
function abbreviationsAround({
  parsed,
  records,
  segments,
  abbreviations,
}: TaggedDocument): readonly Abbreviation[] {
  const [first, last] = [segments.at(0), segments.at(-1)];
  if (first === undefined || last === undefined || segments.length === parsed.segments.length)
    return abbreviations;
  const start = records.findLast((record) => record <= segmentSpan(first).start) ?? 0;
  const end = records.find((record) => record > segmentSpan(last).start) ?? parsed.text.length;
  const around = segmentsIn(parsed, { start, end }).segments;
  return around.flatMap((segment) => abbreviationsOf(segment));
}
