import { SaxesParser } from 'saxes';

/** An element of an Office part. Prefixes are left out; they differ between programs. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface XmlHandler {
  open(element: Element): void;
  close(name: string): void;
  text(text: string): void;
}

/**
 * Reads the XML of a part. Errors of its markup do not end the reading.
 * @returns whether the part ended before its root element was closed.
 */
export function readXml(xml: string, handler: XmlHandler): boolean {
  const parser = new SaxesParser();
  const state = { depth: 0, hasRoot: false };
  parser.on('opentag', ({ name, attributes }) => {
    state.depth += 1;
    state.hasRoot = true;
    handler.open({ name: localName(name), attributes: localAttributes(attributes) });
  });
  parser.on('closetag', ({ name }) => {
    state.depth -= 1;
    handler.close(localName(name));
  });
  parser.on('text', (text) => handler.text(text));
  parser.on('cdata', (text) => handler.text(text));
  parser.on('error', () => undefined);
  parser.write(xml).close();
  return !state.hasRoot || state.depth > 0;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function localAttributes(attributes: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [localName(name), value]));
}
