import { BioBertError, errorCodes } from '../errors';
import type { Entity } from '../types';
import { CodePointOffsets } from './codePoints';
import { roundProbability, type AnnotatedText, type Mention } from './mention';
import type { RelationLink } from './relationLink';

/*
 * W3C Web Annotation (Recommendation of 2017) in JSON-LD: one page of annotations on one document. Each target has a
 * position, in code points as section 4.2.5 asks, and a quote, by which it is found again when the text has moved.
 */

const context = 'http://www.w3.org/ns/anno.jsonld';

/** Characters of the text around a quote: enough to tell it from others. */
const contextLength = 24;

export interface WebAnnotationDocument {
  /** Address of the document. */
  readonly source: string;
  /** The whole document. */
  readonly text: string;
  readonly entities: readonly Entity[];
  readonly relations: readonly RelationLink[];
}

export function writeWebAnnotations({ source, text, entities, relations }: WebAnnotationDocument): string {
  const offsets = new CodePointOffsets(text);
  const idOf = (index: number): string => `${source}#entity-${index + 1}`;
  const mentions = entities.map(({ start, end, type, probability }, index) => ({
    id: idOf(index),
    type: 'Annotation',
    motivation: 'tagging',
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
  const links = relations.map(({ type, subject, object, probability, isNegated, isSpeculated }, index) => ({
    id: `${source}#relation-${index + 1}`,
    type: 'Annotation',
    motivation: 'linking',
    body: {
      type: 'TextualBody',
      purpose: 'classifying',
      value: type,
      ...(probability === undefined ? {} : { confidence: roundProbability(probability) }),
      negated: isNegated,
      speculated: isSpeculated,
    },
    target: { type: 'List', items: [idOf(subject), idOf(object)] },
  }));
  const page = { '@context': context, type: 'AnnotationPage', items: [...mentions, ...links] };
  return `${JSON.stringify(page, null, 1)}\n`;
}

export interface ReadWebAnnotations extends AnnotatedText {
  readonly relations: readonly RelationLink[];
}

/**
 * Reads a page of annotations on one text.
 *
 * @param text The document that it is about.
 * @throws {BioBertError} ARGUMENT_INVALID when it is no page of annotations with positions.
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
      mentions.push(mentionOf(body, target, text, offsets));
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
      });
    }
  }
  return { id: source, text, mentions, relations };
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
