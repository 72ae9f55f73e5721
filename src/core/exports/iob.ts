/** A sentence of a token-per-line corpus. */
export interface IobSentence {
  readonly tokens: readonly string[];
  /** Tags `O`, `B-Gene`, `I-Gene` …; a file with one type may have bare `B` and `I`. */
  readonly tags: readonly string[];
  /** Index of the document in the file, if the file marks documents (`-DOCSTART-`); otherwise undefined. */
  readonly document?: number;
}

/** A chunk of tokens `[first, last]`, both inclusive, as in conlleval. */
export interface Chunk {
  readonly first: number;
  readonly last: number;
  /** The type of the chunk; empty if the file has bare tags. */
  readonly type: string;
}

/**
 * Reads text with one token per line: the token in the first column, its tag in the last one, and an empty line
 * between sentences.
 */
export function readIob(file: string): readonly IobSentence[] {
  const sentences: IobSentence[] = [];
  let document: number | undefined;
  let tokens: string[] = [];
  let tags: string[] = [];
  const finish = (): void => {
    if (tokens.length > 0)
      sentences.push(document === undefined ? { tokens, tags } : { tokens, tags, document });
    tokens = [];
    tags = [];
  };
  for (const line of file.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    if (line.startsWith('-DOCSTART-')) {
      finish();
      document = (document ?? -1) + 1;
    } else if (line.trim() === '') {
      finish();
    } else {
      const columns = line.includes('\t') ? line.split('\t') : line.trim().split(/ +/);
      tokens.push(columns[0] ?? '');
      tags.push((columns.length > 1 ? columns[columns.length - 1] : undefined)?.trim() ?? 'O');
    }
  }
  finish();
  return sentences;
}

/**
 * The chunks of a tag sequence by the rules of conlleval (Tjong Kim Sang and Buchholz 2000): `B` starts a chunk, and
 * so does `I` after `O` or after another type. `S` and `E` of the BIOES scheme count as `B` and `I`.
 */
export function chunksOf(tags: readonly string[]): readonly Chunk[] {
  const chunks: Chunk[] = [];
  let open: { first: number; type: string } | undefined;
  const close = (end: number): void => {
    if (open !== undefined) chunks.push({ first: open.first, last: end - 1, type: open.type });
    open = undefined;
  };
  tags.forEach((tag, index) => {
    const [prefix, type] = splitTag(tag);
    if (prefix === 'O') {
      close(index);
    } else if (prefix === 'B' || open === undefined || open.type !== type) {
      close(index);
      open = { first: index, type };
    }
  });
  close(tags.length);
  return chunks;
}

function splitTag(tag: string): readonly ['O' | 'B' | 'I', string] {
  const match = /^([BIES])(?:-(.*))?$/.exec(tag);
  if (match === null) return ['O', ''];
  return [match[1] === 'B' || match[1] === 'S' ? 'B' : 'I', match[2] ?? ''];
}
