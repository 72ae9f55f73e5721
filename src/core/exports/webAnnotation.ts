import { BioBertError, errorCodes } from '../errors';
import type { Entity } from '../types';
import type { Annotator, Attributed } from './annotator';
import { CodePointOffsets } from './codePoints';
import { roundProbability, type AnnotatedText, type Mention } from './mention';
import type { RelationLink } from './relationLink';

/*
 * W3C Web Annotation (Recommendation of 2017) in JSON-LD: one page of annotations on one document. Each target has a
 * position, in code points as section 4.2.5 requires, and a quote that finds the place again after the text has moved.
 *
 * The annotator is the `creator` (section 3.3.1): software, identified by the hash of its weights in the readable form
 * of RFC 6920, or a person without further details. The program that wrote the file is the `generator`.
 */

const context = 'http://www.w3.org/ns/anno.jsonld';

/** Number of characters before and after a quote, enough to distinguish it from other occurrences. */
const contextLength = 24;

export interface WebAnnotationDocument {
  /** URI of the document. */
  readonly source: string;
  /** The whole document. */
  readonly text: string;
  readonly entities: readonly Attributed<Entity>[];
  readonly relations: readonly RelationLink[];
}

const generator = { type: 'Software', name: 'BioBERT for VS Code' };

const hashScheme = 'nih:sha-256;';

function creatorOf(annotator: Annotator | undefined): Record<string, unknown> {
  if (annotator === undefined) return {};
  const creator =
    annotator === 'person'
      ? { type: 'Person' }
      : { id: hashScheme + annotator.hash, type: 'Software', name: annotator.name };
  return { creator, generator };
}

export function writeWebAnnotations({ source, text, entities, relations }: WebAnnotationDocument): string {
  const offsets = new CodePointOffsets(text);
  const idOf = (index: number): string => `${source}#entity-${index + 1}`;
  const mentions = entities.map(({ start, end, type, probability, annotator }, index) => ({
    id: idOf(index),
    type: 'Annotation',
    motivation: 'tagging',
    ...creatorOf(annotator),
    body: { type: 'TextualBody', purpose: 'tagging', value: type, confidence: roundProbability(probability) },
    target: {
      source,
      selector: [
        {
          type: 'TextPositionSelector',
          start: offsets.toCodePoints(start),
          end: offsets.toCodePoints(end),
        },
        {
          type: 'TextQuoteSelector',
          exact: text.slice(start, end),
          prefix: text.slice(Math.max(0, start - contextLength), start),
          suffix: text.slice(end, end + contextLength),
        },
      ],
    },
  }));
  const links = relations.map((relation, index) => ({
    id: `${source}#relation-${index + 1}`,
    type: 'Annotation',
    motivation: 'linking',
    ...creatorOf(relation.annotator),
    body: relationBody(relation),
    target: { type: 'List', items: [idOf(relation.subject), idOf(relation.object)] },
  }));
  const page = { '@context': context, type: 'AnnotationPage', items: [...mentions, ...links] };
  return `${JSON.stringify(page, null, 1)}\n`;
}

function relationBody({ type, probability, isNegated, isSpeculated }: RelationLink): unknown {
  return {
    type: 'TextualBody',
    purpose: 'classifying',
    value: type,
    ...(probability === undefined ? {} : { confidence: roundProbability(probability) }),
    negated: isNegated,
    speculated: isSpeculated,
  };
}

export interface ReadWebAnnotations extends AnnotatedText {
  readonly relations: readonly RelationLink[];
}

/**
 * Reads a page of annotations on one text.
 *
 * @param text The document that the page is about.
 * @throws {BioBertError} ARGUMENT_INVALID if the file is not a page of annotations with positions.
 */
export function readWebAnnotations(file: string, text: string): ReadWebAnnotations {
  const page = parse(file);
  const items = page['items'];
  if (page['type'] !== 'AnnotationPage' || !Array.isArray(items)) throw notAnnotations();
  const offsets = new CodePointOffsets(text);
  const mentions: Mention[] = [];
  const relations: RelationLink[] = [];
  const indexOf = new Map<string, number>();
  let source = '';
  for (const item of items.map(record)) {
    const body = record(item['body']);
    const target = record(item['target']);
    if (item['motivation'] === 'tagging') {
      source = String(target['source']);
      indexOf.set(String(item['id']), mentions.length);
      mentions.push({ ...mentionOf(body, target, text, offsets), ...annotatorOf(item) });
    } else if (Array.isArray(target['items'])) {
      const [subject, object] = target['items'].map((id) => indexOf.get(String(id)));
      if (subject === undefined || object === undefined) throw notAnnotations();
      relations.push({
        type: String(body['value']),
        subject,
        object,
        ...(typeof body['confidence'] === 'number' && { probability: body['confidence'] }),
        isNegated: body['negated'] === true,
        isSpeculated: body['speculated'] === true,
        ...annotatorOf(item),
      });
    }
  }
  return { id: source, text, mentions, relations };
}

/** Returns the annotator if it is a person or one of the extension's models; other creators are ignored. */
function annotatorOf({ creator }: Record<string, unknown>): { readonly annotator?: Annotator } {
  if (typeof creator !== 'object' || creator === null) return {};
  const { id, type, name } = record(creator);
  if (type === 'Person') return { annotator: 'person' };
  if (typeof id !== 'string' || typeof name !== 'string' || !id.startsWith(hashScheme)) return {};
  return { annotator: { name, hash: id.slice(hashScheme.length) } };
}

function mentionOf(
  body: Record<string, unknown>,
  target: Record<string, unknown>,
  text: string,
  offsets: CodePointOffsets,
): Mention {
  const selectors = Array.isArray(target['selector']) ? target['selector'].map(record) : [];
  const position = selectors.find(({ type }) => type === 'TextPositionSelector');
  const { start, end } = position ?? {};
  if (typeof start !== 'number' || typeof end !== 'number') throw notAnnotations();
  const span = { start: offsets.toUtf16(start), end: offsets.toUtf16(end) };
  const { value, confidence } = body;
  const mention = { ...span, text: text.slice(span.start, span.end), type: String(value) };
  return typeof confidence === 'number' ? { ...mention, probability: confidence } : mention;
}

function parse(file: string): Record<string, unknown> {
  try {
    return record(JSON.parse(file));
  } catch (cause) {
    throw notAnnotations(cause);
  }
}

function record(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw notAnnotations();
  return value as Record<string, unknown>;
}

function notAnnotations(cause?: unknown): BioBertError {
  return new BioBertError(
    errorCodes.ARGUMENT_INVALID,
    'The file is not a page of W3C Web Annotations.',
    'Give JSON-LD with {"type": "AnnotationPage", "items": […]}.',
    { cause },
  );
}
