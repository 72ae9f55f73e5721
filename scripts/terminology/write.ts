import {
  blockSize,
  magic,
  nameRanks,
  termCases,
  type TerminologyHeader,
} from '../../src/core/linking/terminologyFormat';
import type { ConceptRow, SenseRow, TermTable } from './termTable';

/** The part of the header that is not computed. */
export type Description = Pick<TerminologyHeader, 'name' | 'version' | 'sources' | 'species'>;

const types = ['Gene', 'Disease', 'Chemical', 'Species'];

/** The bytes of a terminology: see terminologyFormat.ts. `isWord` knows ordinary words by their key. */
export function terminologyBytes(
  table: TermTable,
  description: Description,
  isWord: (key: string) => boolean,
): Buffer {
  const keyOf = ({ id, type }: ConceptRow) => `${id} ${types.indexOf(type)}`;
  const concepts = [...table.concepts.values()]
    .map((concept) => [keyOf(concept), concept] as const)
    .sort(byKey);
  const numbers = new Map(concepts.map(([, concept], number) => [concept, number]));
  const speciesIds = description.species.map(({ id }) => id);
  const conceptBlocks = blocks(
    concepts.map(([key, concept]) => [key, conceptBytes(concept, speciesIds)] as const),
  );
  const names = [...table.names].sort(byKey).map(([key, senses]) => {
    const ordered = [...senses.values()].sort((a, b) => scoreOf(b, senses) - scoreOf(a, senses));
    return [key, sensesBytes(ordered, numbers, isWord(key))] as const;
  });
  const nameBlocks = blocks(names);
  const sections = [nameBlocks.offsets, nameBlocks.table, conceptBlocks.offsets, conceptBlocks.table];
  const header: TerminologyHeader = {
    ...description,
    types,
    names: names.length,
    concepts: concepts.length,
    sections: sections.map(({ length }) => length) as unknown as TerminologyHeader['sections'],
  };
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  return Buffer.concat([Buffer.from(magic), length, json, ...sections]);
}

/** Order of the code units, as the reader compares. */
function byKey(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0;
}

/**
 * The order of the senses of a name. For a disease the descriptor of MeSH that has it as its main heading comes first:
 * annotators of side effects call hepatitis a liver injury by drugs, but elsewhere it is hepatitis. Then annotators
 * decide, then the rank of the name, then how often texts name the concept.
 */
function scoreOf({ concept, rank, learnt }: SenseRow, senses: ReadonlyMap<ConceptRow, SenseRow>): number {
  const all = [...senses.values()].reduce(
    (sum, other) => sum + (other.concept.type === concept.type ? other.learnt : 0),
    0,
  );
  const share = learnt > 0 ? learnt / all : 0;
  const { id, type } = concept;
  const isMainHeading = type === 'Disease' && rank === 'preferred' && id.startsWith('MESH:D');
  return (
    (isMainHeading ? 200 : 0) +
    100 * share +
    10 * (nameRanks.length - nameRanks.indexOf(rank)) +
    Math.min(9, frequencyOf(concept) / 2)
  );
}

/** See `TermConcept.frequency`. */
function frequencyOf({ count }: ConceptRow): number {
  return Math.round(Math.log2(1 + count));
}

function conceptBytes(concept: ConceptRow, speciesIds: readonly string[]): number[] {
  const name = Buffer.from(concept.name);
  const species = concept.species === undefined ? 0 : speciesIds.indexOf(concept.species) + 1;
  return [...leb(species), ...leb(frequencyOf(concept)), ...leb(name.length), ...name];
}

function sensesBytes(
  senses: readonly SenseRow[],
  numbers: ReadonlyMap<ConceptRow, number>,
  isWord: boolean,
): number[] {
  const bytes = senses.flatMap(({ concept, rank, case: written, isPhrase }) =>
    leb(
      ((numbers.get(concept) ?? 0) << 6) |
        ((isPhrase ? 1 : 0) << 5) |
        (nameRanks.indexOf(rank) << 3) |
        (termCases.indexOf(written) << 1) |
        (isWord ? 1 : 0),
    ),
  );
  return [...leb(senses.length), ...bytes];
}

/** Front-codes sorted entries. */
function blocks(entries: readonly (readonly [key: string, value: readonly number[]])[]): {
  offsets: Buffer;
  table: Buffer;
} {
  const offsets: number[] = [];
  const parts: Buffer[] = [];
  let length = 0;
  let before = '';
  for (const [index, [key, value]] of entries.entries()) {
    if (index % blockSize === 0) {
      offsets.push(length);
      before = '';
    }
    let shared = 0;
    while (shared < before.length && before[shared] === key[shared]) shared += 1;
    const rest = key.slice(shared);
    const part = Buffer.from([...leb(shared), ...leb(rest.length), ...Buffer.from(rest, 'latin1'), ...value]);
    parts.push(part);
    length += part.length;
    before = key;
  }
  const table = Buffer.concat(parts);
  const offsetBytes = Buffer.alloc(offsets.length * 4);
  for (const [index, offset] of offsets.entries()) offsetBytes.writeUInt32LE(offset, index * 4);
  return { offsets: offsetBytes, table };
}

/** A variable-length integer (LEB128). */
function leb(value: number): number[] {
  const bytes: number[] = [];
  let left = value;
  while (left > 0x7f) {
    bytes.push((left & 0x7f) | 0x80);
    left >>>= 7;
  }
  return [...bytes, left];
}
