import { isRecord, isString } from '../../protocol/guards';

type Fields = Readonly<Record<string, unknown>>;

/**
 * The CSL-JSON of an item, on one line. Zotero leaves out the tags, which are added as keywords, and the identifiers that
 * users and PubMed write into the field Extra. The identifier is a citation key, or the key of the item, in place of an
 * address.
 *
 * @param item As the local API gives it with `include=data,csljson`.
 * @returns undefined if the exporter of Zotero gave no record.
 */
export function cslOf(key: string, { data, csljson }: Fields): string | undefined {
  const csl = exported(csljson);
  if (!csl) return undefined;
  const fields: Fields = isRecord(data) ? data : {};
  const keyword = keywordsOf(fields['tags']);
  const extra = isString(fields['extra']) ? fields['extra'] : '';
  const citationKey = [csl['citation-key'], fields['citationKey'], lineOf(extra, 'Citation Key')].find(
    (value) => isString(value) && value !== '',
  );
  const pmid = csl['PMID'] ?? lineOf(extra, 'PMID');
  const pmcid = csl['PMCID'] ?? lineOf(extra, 'PMCID');
  return JSON.stringify({
    ...csl,
    id: citationKey ?? key,
    ...(pmid !== undefined && { PMID: pmid }),
    ...(pmcid !== undefined && { PMCID: pmcid }),
    ...(keyword !== '' && { keyword }),
  });
}

/** The record in an export of one item: a list of one in JSON, or that list already read. */
function exported(csljson: unknown): Fields | undefined {
  let value: unknown = csljson;
  if (isString(csljson)) {
    try {
      value = JSON.parse(csljson);
    } catch {
      return undefined;
    }
  }
  const csl: unknown = Array.isArray(value) ? value[0] : value;
  return isRecord(csl) ? csl : undefined;
}

/** Tags divided by semicolons. A semicolon also ends a single tag with a comma, which would else look like two. */
function keywordsOf(tags: unknown): string {
  const names = (Array.isArray(tags) ? tags : []).flatMap((tag: unknown) =>
    isRecord(tag) && isString(tag['tag']) ? [tag['tag'].trim()] : [],
  );
  const list = names.filter((name) => name !== '').join('; ');
  return names.length === 1 && /[,|]/u.test(list) ? `${list};` : list;
}

/** The value of a line such as `PMID: 12345`. */
function lineOf(extra: string, name: string): string | undefined {
  const line = extra.split('\n').find((each) => each.toLowerCase().startsWith(`${name.toLowerCase()}:`));
  const value = line?.slice(name.length + 1).trim();
  return value === '' ? undefined : value;
}
