import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** The lines of a file without the empty ones; `.gz` files are unpacked. */
export function lines(path: string): string[] {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text.split(/\r?\n/).filter((line) => line !== '');
}

/** The rows of a file with tabs between its columns; quotation marks around a cell are removed. */
export function tsv(path: string, { header = false } = {}): string[][] {
  const rows = lines(path).map((line) => line.split('\t').map((cell) => cell.replace(/^"(.*)"$/, '$1')));
  return header ? rows.slice(1) : rows;
}

/** The rows of a file of comma-separated values (RFC 4180). */
export function csv(path: string): string[][] {
  return lines(path).map((line) =>
    [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
      ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
    ),
  );
}
