import { SaxesParser } from 'saxes';
import type { Span } from '../types';
import type { Cut } from './blocks';
import { localName } from './markup';
import { recordParser, type FieldKind, type SourceField } from './recordSyntax';
import { proseOfXml } from './xmlField';
import {
  vocabularies,
  vocabularyHead,
  vocabularyOf,
  type VocabularyName,
  type XmlVocabulary,
} from './xmlVocabularies';

/**
 * XML exports that are lists of records: EndNote XML and search results of Europe PMC. Titles, abstracts, keywords and
 * notes are read.
 */
export const xmlRecords = recordParser({
  cut(text) {
    const name = vocabularyOf(text.slice(0, vocabularyHead)) ?? 'endnote';
    return cutXmlRecords(text, name).map((span): Cut => ({ ...span, context: name }));
  },
  fields: (source, context) =>
    xmlFields(source, context in vocabularies ? (context as VocabularyName) : 'endnote'),
  read: proseOfXml,
});

/** The places of the records of an XML document. */
export function cutXmlRecords(text: string, name: VocabularyName): readonly Span[] {
  const tag = new RegExp(
    `<(/?)(?:[\\w.-]+:)?(?:${vocabularies[name].records.join('|')})(?=[\\s>])[^<>]*>`,
    'gi',
  );
  const spans: Span[] = [];
  let start: number | undefined;
  for (const { 0: all, 1: close, index } of text.matchAll(tag)) {
    if (close === '/' && start !== undefined) {
      spans.push({ start, end: index + all.length });
      start = undefined;
    } else if (close === '') start ??= index;
  }
  // A file that was cut off lacks the end of its last record.
  if (start !== undefined) spans.push({ start, end: text.length });
  return spans;
}

interface OpenField {
  readonly name: string;
  readonly kind: FieldKind | undefined;
  /** Offset after the start tag. */
  readonly start: number;
}

/** The fields of one record of XML, in document order. Broken XML is read as far as possible. */
export function xmlFields(source: string, vocabularyName: VocabularyName): readonly SourceField[] {
  return new XmlFields(source, vocabularies[vocabularyName]).read();
}

class XmlFields {
  private readonly parser = new SaxesParser();
  private readonly stack: OpenField[] = [];
  private readonly fields: SourceField[] = [];
  private skippedDepth: number | undefined;
  private names: { family: Span | undefined; given: Span | undefined } | undefined;

  constructor(
    private readonly source: string,
    private readonly vocabulary: XmlVocabulary,
  ) {}

  read(): readonly SourceField[] {
    const { parser } = this;
    parser.on('error', () => undefined);
    parser.on('opentag', ({ name, attributes }) => {
      this.open(localName(name), attributes);
    });
    parser.on('closetag', ({ isSelfClosing }) => {
      this.close(isSelfClosing);
    });
    parser.write(this.source);
    this.rest();
    return this.fields.sort((a, b) => (a.parts[0]?.start ?? 0) - (b.parts[0]?.start ?? 0));
  }

  private open(name: string, attributes: Readonly<Record<string, string>>): void {
    const { vocabulary, stack } = this;
    if (vocabulary.skipped.has(name)) this.skippedDepth ??= stack.length;
    const rule =
      this.skippedDepth === undefined
        ? vocabulary.fields
            .get(name)
            ?.find(
              ({ within, attribute }) =>
                (within === undefined || stack.some((each) => each.name === within)) &&
                (attribute === undefined || attribute[1].test(attributeOf(attributes, attribute[0]))),
            )
        : undefined;
    if (name === vocabulary.person.element) this.names = { family: undefined, given: undefined };
    stack.push({ name, kind: rule?.kind, start: this.parser.position });
  }

  private close(isSelfClosing: boolean): void {
    const { stack, vocabulary, source } = this;
    const field = stack.pop();
    if (!field) return;
    if (this.skippedDepth === stack.length) this.skippedDepth = undefined;
    if (this.skippedDepth !== undefined || isSelfClosing) return;
    const part = { start: field.start, end: source.lastIndexOf('</', this.parser.position - 1) };
    if (part.end < part.start) return;
    const { person } = vocabulary;
    if (field.name === person.element) this.person(part);
    else if (this.names && person.family.includes(field.name)) this.names.family ??= part;
    else if (this.names && person.given.includes(field.name)) this.names.given ??= part;
    if (field.kind !== undefined) this.fields.push({ kind: field.kind, parts: [part] });
  }

  /** Handles the end of a file that was cut off inside a field. */
  private rest(): void {
    const field = this.stack.findLast(({ kind }) => kind !== undefined);
    if (field?.kind !== undefined && this.skippedDepth === undefined)
      this.fields.push({ kind: field.kind, parts: [{ start: field.start, end: this.source.length }] });
  }

  private person(content: Span): void {
    const { family, given } = this.names ?? {};
    this.names = undefined;
    if (this.vocabulary.person.family.length === 0) this.fields.push({ kind: 'author', parts: [content] });
    else if (family) {
      const isOrdered = given !== undefined && given.start > family.end;
      this.fields.push({ kind: 'author', parts: isOrdered ? [family, given] : [family], separator: ', ' });
    }
  }
}

function attributeOf(attributes: Readonly<Record<string, string>>, name: string): string {
  return Object.entries(attributes).find(([each]) => each.toLowerCase() === name)?.[1] ?? '';
}
