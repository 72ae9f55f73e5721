const declaration =
  /<!ENTITY\s{1,20}([A-Za-z][\w.-]{0,31})\s{1,20}(?:"([^"<]{0,100})"|'([^'<]{0,100})')\s{0,20}>/g;

/**
 * The entities that the internal subset of a DOCTYPE declares, by name, with their text as it is declared. Entities that
 * stand for markup or for files are left out.
 * @example declaredEntities('article [<!ENTITY agr "&#945;">]').get('agr') // '&#945;'
 */
export function declaredEntities(doctype: string): ReadonlyMap<string, string> {
  const entities = new Map<string, string>();
  for (const match of doctype.matchAll(declaration)) {
    const [, name = '', doubleQuoted, singleQuoted] = match;
    // XML takes the first of several declarations.
    if (!entities.has(name)) entities.set(name, doubleQuoted ?? singleQuoted ?? '');
  }
  return entities;
}
