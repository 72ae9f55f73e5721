import { databaseWith } from './databases';

/** Identifiers of Cellosaurus contain the name of the database and are often written without a prefix. */
const cellLine = /^CVCL_[A-Z0-9]{4}$/;

/**
 * The page of a concept in the database that its identifier is from: `MESH:D008687` is
 * `https://meshb.nlm.nih.gov/record/ui?ui=D008687`. The letter case of the prefix does not matter.
 *
 * @returns undefined if the database is not known or the identifier does not have the form that the database uses, as
 * terms of the user may have any identifier.
 */
export function conceptUrl(id: string): string | undefined {
  const colon = id.indexOf(':');
  const prefix = colon === -1 && cellLine.test(id) ? 'cellosaurus' : id.slice(0, colon);
  const local = id.slice(colon + 1);
  const database = databaseWith(prefix);
  if (database === undefined || !database.pattern.test(local)) return undefined;
  return database.address + encodeURIComponent(local);
}
