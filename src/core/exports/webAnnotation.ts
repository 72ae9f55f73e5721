import { BioBertError, errorCodes } from '../errors';
import { conceptUrl } from '../linking/conceptUrl';
import type { ConceptLink, DocumentFormat, Entity, Span } from '../types';
import type { Annotator, Attributed } from './annotator';
import { CodePointOffsets } from './codePoints';
import { MarkupText } from './markupText';
import { roundProbability, type AnnotatedText, type Mention } from './mention';
import type { RelationLink } from './relationLink';

/*
 * W3C Web Annotation (Recommendation of 2017) in JSON-LD: one page of annotations on one document. Each target has a
 * position, in code points as section 4.2.5 requires, and a quote that finds the place again after the text has moved.
 * Both refer to the text of an HTML or XML document, without tags and with references replaced, as these sections
 * require; to other documents as they are.
 *
 * A linked mention has a further body for each concept: the address of its entry in the database that has it, with the
 * motivation `identifying` (section 3.3.5).
 *
 * The annotator is the `creator` (section 3.3.1): software, identified by the hash of its weights in the readable form
 * of RFC 6920, or a person without further details. The program that wrote the file is the `generator`.
 */

/** Prefix of the terms that the Recommendation does not have. */
const ownTerms = 'urn:x-biobert:annotation#';

/**
 * The context of the Recommendation, and the terms that it lacks: without them, a JSON-LD reader would drop the negation.
 * The class of ordered targets is in the vocabulary of the Recommendation, but not in its context.
 */
const context = [
  'http://www.w3.org/ns/anno.jsonld',
  {
    confidence: `${ownTerms}confidence`,
    negated: `${ownTerms}negated`,
    speculated: `${ownTerms}speculated`,
    List: 'http://www.w3.org/ns/oa#List',
  },
];

/** Number of characters before and after a quote, enough to distinguish it from other occurrences. */
const contextLength = 24;

export interface WebAnnotationDocument {
  /** URI of the document. */
  readonly source: string;
  /** The whole document. */
  readonly text: string;
  /** Default: the beginning of the text decides whether it is HTML or XML. */
  readonly format?: DocumentFormat | undefined;
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

/** The text that positions refer to, with the places of its characters in the document. */
function annotatedText(document: string, format: DocumentFormat | undefined): MarkupText | undefined {
  const isMarkup = format === 'jats' || /^\uFEFF?\s*<(?:\?xml|!doctype|html)\b/i.test(document);
  return isMarkup ? new MarkupText(document) : undefined;
}

export function writeWebAnnotations({
  source,
  text: document,
  format,
  entities,
  relations,
}: WebAnnotationDocument): string {
  const markup = annotatedText(document, format);
  const text = markup?.text ?? document;
  const offsets = new CodePointOffsets(text);
  const idOf = (index: number): string => `${source}#entity-${index + 1}`;
  const mentions = entities.map(
    ({ start: from, end: to, type, probability, annotator, concepts = [] }, index) => {
      const span = markup ? { start: markup.startOf(from), end: markup.endOf(to) } : { start: from, end: to };
      const tag = {
        type: 'TextualBody',
        purpose: 'tagging',
        value: type,
        confidence: roundProbability(probability),
      };
      return {
        id: idOf(index),
        type: 'Annotation',
        motivation: 'tagging',
        ...creatorOf(annotator),
        body: concepts.length === 0 ? tag : [tag, ...concepts.map(conceptBody)],
        target: { source, selector: selectorsOf(text, span, offsets) },
      };
    },
  );
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

/** The entry of a concept; its identifier as text if no database with an address is known to have it. */
function conceptBody({ id, name }: ConceptLink): unknown {
  const source = conceptUrl(id);
  const place =
    source === undefined ? { type: 'TextualBody', value: id } : { type: 'SpecificResource', source };
  return { ...place, purpose: 'identifying', 'dcterms:identifier': id, 'dcterms:title': name };
}

/** The position of a span, and a quote of it. */
function selectorsOf(text: string, { start, end }: Span, offsets: CodePointOffsets): readonly unknown[] {
  const position = { start: offsets.toCodePoints(start), end: offsets.toCodePoints(end) };
  const quote = {
    exact: text.slice(start, end),
    prefix: text.slice(Math.max(0, start - contextLength), start),
    suffix: text.slice(end, end + contextLength),
  };
  return [
    { type: 'TextPositionSelector', ...position },
    { type: 'TextQuoteSelector', ...quote },
  ];
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
 * @param format Its format. Default: the beginning of the text decides whether it is HTML or XML.
 * @throws {BioBertError} ARGUMENT_INVALID if the file is not a page of annotations with positions.
 */
export function readWebAnnotations(file: string, text: string, format?: DocumentFormat): ReadWebAnnotations {
  const page = parse(file);
  const items = page['items'];
  if (page['type'] !== 'AnnotationPage' || !Array.isArray(items)) throw notAnnotations();
  const spanAt = placesIn(text, format);
  const mentions: Mention[] = [];
  const relations: RelationLink[] = [];
  const indexOf = new Map<string, number>();
  let source = '';
  for (const item of items.map(record)) {
    const [body = {}] = [item['body']].flat().map(record);
    const target = record(item['target']);
    if (item['motivation'] === 'tagging') {
      source = String(target['source']);
      indexOf.set(String(item['id']), mentions.length);
      mentions.push({ ...mentionOf(body, target, text, spanAt), ...annotatorOf(item) });
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

/** Returns a function that gives the span of the document for a position in code points. */
function placesIn(document: string, format: DocumentFormat | undefined): (position: Span) => Span {
  const markup = annotatedText(document, format);
  const offsets = new CodePointOffsets(markup?.text ?? document);
  return (position) => {
    const [start, end] = [offsets.toUtf16(position.start), offsets.toUtf16(position.end)];
    return markup ? { start: markup.sourceStart(start), end: markup.sourceEnd(end) } : { start, end };
  };
}

function mentionOf(
  body: Record<string, unknown>,
  target: Record<string, unknown>,
  text: string,
  spanAt: (position: Span) => Span,
): Mention {
  const selectors = Array.isArray(target['selector']) ? target['selector'].map(record) : [];
  const position = selectors.find(({ type }) => type === 'TextPositionSelector');
  const { start, end } = position ?? {};
  if (typeof start !== 'number' || typeof end !== 'number') throw notAnnotations();
  const span = spanAt({ start, end });
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
