import jsonld from 'jsonld';
import { describe, expect, it } from 'vitest';
import { readWebAnnotations, writeWebAnnotations } from '../../../../src/core/exports/webAnnotation';
import { entity } from './texts';

const source = 'file:///trial.html';

/** The terms of the context of the Recommendation that our files use. */
const annotationContext = {
  '@context': {
    oa: 'http://www.w3.org/ns/oa#',
    as: 'http://www.w3.org/ns/activitystreams#',
    rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
    xsd: 'http://www.w3.org/2001/XMLSchema#',
    foaf: 'http://xmlns.com/foaf/0.1/',
    dcterms: 'http://purl.org/dc/terms/',
    id: { '@type': '@id', '@id': '@id' },
    type: { '@type': '@id', '@id': '@type' },
    Annotation: 'oa:Annotation',
    AnnotationPage: 'as:OrderedCollectionPage',
    Person: 'foaf:Person',
    Software: 'as:Application',
    TextualBody: 'oa:TextualBody',
    TextPositionSelector: 'oa:TextPositionSelector',
    TextQuoteSelector: 'oa:TextQuoteSelector',
    body: { '@type': '@id', '@id': 'oa:hasBody' },
    target: { '@type': '@id', '@id': 'oa:hasTarget' },
    source: { '@type': '@id', '@id': 'oa:hasSource' },
    selector: { '@type': '@id', '@id': 'oa:hasSelector' },
    motivation: { '@type': '@vocab', '@id': 'oa:motivatedBy' },
    purpose: { '@type': '@vocab', '@id': 'oa:hasPurpose' },
    tagging: 'oa:tagging',
    linking: 'oa:linking',
    classifying: 'oa:classifying',
    value: 'rdf:value',
    exact: 'oa:exact',
    prefix: 'oa:prefix',
    suffix: 'oa:suffix',
    start: { '@type': 'xsd:nonNegativeInteger', '@id': 'oa:start' },
    end: { '@type': 'xsd:nonNegativeInteger', '@id': 'oa:end' },
    items: { '@type': '@id', '@id': 'as:items', '@container': '@list' },
    creator: { '@type': '@id', '@id': 'dcterms:creator' },
    generator: { '@type': '@id', '@id': 'as:generator' },
    name: 'foaf:name',
  },
};

const documentLoader = (url: string) => {
  if (url !== 'http://www.w3.org/ns/anno.jsonld') return Promise.reject(new Error(`No ${url}`));
  return Promise.resolve({ documentUrl: url, document: annotationContext });
};

/** Expands a page as a strict processor does, which rejects a term that it would drop. */
function expand(page: unknown): Promise<unknown> {
  const options = { documentLoader, safe: true };
  return (jsonld.expand as (input: unknown, options: object) => Promise<unknown>)(page, options);
}

const text =
  '<!DOCTYPE html>\n<html><body><!-- Fe --><p title="a > b">Serum TNF-&alpha; &amp; <b>IL</b>-6 fell; Zn<sub>2</sub> &lt; 5.</p></body></html>';
const entities = [
  entity(text, 'TNF-&alpha;'),
  entity(text, 'IL</b>-6'),
  entity(text, 'Zn<sub>2</sub>', { type: 'Chemical' }),
];
const links = [
  { type: 'inhibitor', subject: 2, object: 0, probability: 0.5, isNegated: true, isSpeculated: false },
  { type: 'inhibitor', subject: 2, object: 1, probability: 0.75, isNegated: false, isSpeculated: true },
];
const file = writeWebAnnotations({ source, text, entities, relations: links });

interface Selector {
  readonly type: string;
  readonly start?: number;
  readonly end?: number;
  readonly exact?: string;
  readonly prefix?: string;
}

function selectorsIn(page: string): readonly (readonly [Selector, Selector])[] {
  const { items } = JSON.parse(page) as { items: { target: { selector?: [Selector, Selector] } }[] };
  return items.flatMap(({ target }) => (target.selector ? [target.selector] : []));
}

describe('writeWebAnnotations', () => {
  it('counts positions in the text of HTML, and quotes it', () => {
    const plain = '\nSerum TNF-α & IL-6 fell; Zn2 < 5.';
    const quotes = selectorsIn(file).map(([{ start, end }, { exact, prefix }]) => {
      expect(plain.slice(start, end)).toBe(exact);
      expect(plain.slice(0, start).endsWith(prefix ?? '')).toBe(true);
      return exact;
    });
    expect(quotes).toEqual(['TNF-α', 'IL-6', 'Zn2']);
  });

  it('counts positions in the document if it is not HTML or XML', () => {
    const note = 'Serum <b>IL</b>-6 &amp; zinc';
    const page = writeWebAnnotations({
      source,
      text: note,
      format: 'markdown',
      entities: [entity(note, 'zinc')],
      relations: [],
    });
    expect(selectorsIn(page)[0]).toMatchObject([{ start: 24, end: 28 }, { exact: 'zinc' }]);
  });

  it('can be read back for the source', () => {
    const read = readWebAnnotations(file, text);
    expect(read.mentions.map(({ text: characters }) => characters)).toEqual([
      'TNF-&alpha;',
      'IL</b>-6',
      'Zn<sub>2',
    ]);
    expect(read.relations).toEqual(links);
  });

  it('has no term that a JSON-LD processor drops', async () => {
    const written = JSON.stringify(await expand(JSON.parse(file)));
    const count = (pattern: RegExp) => written.match(pattern)?.length;
    expect(count(/annotation#negated":\[\{"@value":true\}/g)).toBe(1);
    expect(count(/annotation#negated":\[\{"@value":false\}/g)).toBe(1);
    expect(count(/annotation#speculated":\[\{"@value":true\}/g)).toBe(1);
    expect(count(/annotation#confidence":\[\{"@value":0\.\d+\}/g)).toBe(5);
    expect(count(/"@type":\["http:\/\/www\.w3\.org\/ns\/oa#List"\]/g)).toBe(2);
  });

  it('would lose terms without its own context', async () => {
    const page = JSON.parse(file) as Record<string, unknown>;
    await expect(expand({ ...page, '@context': 'http://www.w3.org/ns/anno.jsonld' })).rejects.toThrow(
      /[Ss]afe mode/,
    );
  });

  it('keeps the order of subject and object', async () => {
    const written = JSON.stringify(await expand(JSON.parse(file)));
    const pair = /"@list":\[\{"@id":"[^"]*entity-3"\},\{"@id":"[^"]*entity-[12]"\}\]/g;
    expect(written.match(pair)).toHaveLength(2);
  });
});
