/**
 * The file of a terminology: a header in JSON and two tables.
 *
 * ```
 * "BBTERM1\n"  header length (uint32)  header (JSON, UTF-8)  name blocks  name table  concept blocks  concept table
 * ```
 *
 * Both tables are sorted and cut into blocks of {@link blockSize} entries. A block is front-coded (Witten, Moffat and
 * Bell 1999, section 4.1): each entry gives the length of the prefix that it shares with the entry before it, and the
 * rest. A block table holds the offset of each block (uint32, little endian), for the binary search. All other numbers
 * are variable-length integers (LEB128).
 *
 * - An entry of the names: shared, rest length, rest (ASCII), number of senses, senses. A sense is `concept << 6 |
 *   isPhrase << 5 | rank << 3 | case << 1 | isWord`.
 * - An entry of the concepts: shared, rest length, rest of the identifier with a space and the number of the type (ASCII),
 *   species, frequency, length of the preferred name, preferred name (UTF-8).
 */
import type { EntityType } from '../types';
import type { TermCase } from './termKey';

export const magic = 'BBTERM1\n';

/** Entries in a block. A look-up decodes half a block on average; larger blocks are smaller on disk. */
export const blockSize = 16;

export const termCases: readonly TermCase[] = ['word', 'capitalised', 'symbol'];

/**
 * The kind of a name. `preferred`: the main name or symbol. `synonym`: another name that the source lists.
 * `learnt`: a name that annotators of corpora used. `weak`: a name from a source that is less precise.
 */
export type NameRank = 'preferred' | 'synonym' | 'learnt' | 'weak';

export const nameRanks: readonly NameRank[] = ['preferred', 'synonym', 'learnt', 'weak'];

/** The rank of a name that two sources list. */
export function betterRank(a: NameRank, b: NameRank): NameRank {
  return nameRanks.indexOf(a) < nameRanks.indexOf(b) ? a : b;
}

/** A species of genes. */
export interface TermSpecies {
  /** `NCBITaxon:9606` */
  readonly id: string;
  /** `human` */
  readonly name: string;
}

export interface TerminologyHeader {
  readonly name: string;
  readonly version: string;
  /** Types of concepts; a concept has the index of its type. */
  readonly types: readonly EntityType[];
  /** Species of genes; a concept has the index of its species, plus 1. 0: none. */
  readonly species: readonly TermSpecies[];
  /** Names of the sources, by the prefix of identifiers: `MESH` → `MeSH 2024`. */
  readonly sources: Readonly<Record<string, string>>;
  readonly names: number;
  readonly concepts: number;
  /** Lengths of the four sections after the header, in bytes. */
  readonly sections: readonly [names: number, nameTable: number, concepts: number, conceptTable: number];
}
