import { BioBertError, errorCodes } from '../errors';
import { Memo } from '../memo';
import type { Concept, EntityType } from '../types';
import type { ByteReader } from './byteReader';
import { type BlockEntry, SortedBlocks } from './sortedBlocks';
import type { TermCase } from './termKey';
import {
  magic,
  type NameRank,
  nameRanks,
  termCases,
  type TerminologyHeader,
  type TermSpecies,
} from './terminologyFormat';

/** A concept that a name may refer to. */
export interface TermSense {
  /** Number of the concept in the terminology. */
  readonly concept: number;
  readonly rank: NameRank;
  /** How the terminology writes the name. */
  readonly case: TermCase;
  /** Whether the name is also an ordinary English word, in small letters. */
  readonly isWord: boolean;
  /** Whether the terminology writes the name in several words: `rest in` is not `restin`. */
  readonly isPhrase: boolean;
}

/** A concept as the terminology keeps it. */
export interface TermConcept {
  readonly id: string;
  readonly type: EntityType;
  readonly name: string;
  /** The species of a gene. */
  readonly species: TermSpecies | undefined;
  /** How often PubMed abstracts name the concept: `log2(1 + count)` of the abstracts that were counted. */
  readonly frequency: number;
}

/** The result of a look-up. */
interface Place {
  readonly senses: readonly TermSense[];
  readonly isPrefix: boolean;
}

const noSenses: readonly TermSense[] = [];
/** Look-ups that are remembered: a few megabytes. */
const maxPlaces = 20_000;
/** Concepts whose names are remembered. */
const maxRemembered = 1000;
/** Bits of a sense below the number of its concept: see terminologyFormat.ts. */
const conceptShift = 6;

/** A terminology in memory. Nothing is unpacked: a look-up decodes one block of names. */
export class Terminology {
  /** Results of look-ups: texts repeat their words. */
  private readonly places = new Memo<string, Place>(maxPlaces);
  private readonly described = new Memo<number, TermConcept>(maxPlaces);
  private readonly namesOfConcepts = new Map<number, readonly string[]>();

  private constructor(
    readonly header: TerminologyHeader,
    private readonly names: SortedBlocks,
    private readonly concepts: SortedBlocks,
  ) {}

  /** @throws {BioBertError} MODEL_FILE_DAMAGED if the bytes are not those of a terminology, or are cut off. */
  static open(bytes: Uint8Array): Terminology {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const begin = magic.length + 4;
    if (bytes.length < begin || latin(bytes.subarray(0, magic.length)) !== magic)
      throw damaged('no terminology');
    const headerEnd = begin + view.getUint32(magic.length, true);
    const header = readHeader(bytes.subarray(begin, headerEnd));
    const [names, nameTable, concepts, conceptTable] = header.sections;
    const ends = [names, nameTable, concepts, conceptTable].reduce<number[]>(
      (all, length) => [...all, (all.at(-1) ?? headerEnd) + length],
      [],
    );
    if (ends.at(-1) !== bytes.length) throw damaged('incomplete');
    const section = (index: number) => bytes.subarray(ends[index - 1] ?? headerEnd, ends[index]);
    return new Terminology(
      header,
      new SortedBlocks(section(0), section(1), header.names, skipSenses),
      new SortedBlocks(section(2), section(3), header.concepts, skipConcept),
    );
  }

  /** The concepts that have a name with this key, the most likely first. */
  lookUp(key: string): readonly TermSense[] {
    return this.seek(key).senses;
  }

  /** Whether a name with this key, or with a longer one that begins with it, exists. */
  hasPrefix(prefix: string): boolean {
    return this.seek(prefix).isPrefix;
  }

  private seek(key: string): Place {
    return this.places.get(key, () => {
      const entry = this.names.seek(key);
      return {
        senses: entry?.key === key ? readSenses(entry.reader) : noSenses,
        isPrefix: entry?.key.startsWith(key) ?? false,
      };
    });
  }

  /** Keys that begin with `prefix`, in order. */
  *keysFrom(prefix: string): Generator<{ readonly key: string; readonly senses: readonly TermSense[] }> {
    for (const { key, reader } of this.names.entriesFrom(prefix)) {
      if (!key.startsWith(prefix)) return;
      yield { key, senses: readSenses(reader) };
    }
  }

  /**
   * The keys of the names of concepts, at most `limit` for each. It reads the whole table of names, about 100 ms, and
   * remembers what it found.
   * @param concepts Numbers of concepts, as in {@link TermSense.concept}.
   */
  namesOf(concepts: readonly number[], limit: number): ReadonlyMap<number, readonly string[]> {
    const missing = concepts.filter((concept) => !this.namesOfConcepts.has(concept));
    if (this.namesOfConcepts.size + missing.length > maxRemembered) this.namesOfConcepts.clear();
    if (missing.length > 0) this.readNames(new Set(missing), limit);
    return new Map(concepts.map((concept) => [concept, this.namesOfConcepts.get(concept) ?? []]));
  }

  private readNames(wanted: ReadonlySet<number>, limit: number): void {
    const found = new Map<number, string[]>(Array.from(wanted, (concept) => [concept, []]));
    this.names.forEach((reader, keyOf) => {
      for (let left = reader.number(); left > 0; left -= 1) {
        const concept = reader.number() >>> conceptShift;
        if (!wanted.has(concept)) continue;
        const key = keyOf();
        const names = found.get(concept);
        // Keys of words in any order are no names.
        if (names && names.length < limit && !key.startsWith('~')) names.push(key);
      }
    });
    for (const [concept, names] of found) this.namesOfConcepts.set(concept, names);
  }

  /** @param index Number of a concept, as in {@link TermSense.concept}. */
  conceptAt(index: number): TermConcept {
    return this.described.get(index, () => {
      const entry = this.concepts.entryAt(index);
      if (entry === undefined) throw damaged(`no concept ${index}`);
      return this.readConcept(entry);
    });
  }

  /** Number of the concept with an identifier and a type. */
  indexOf(id: string, type: EntityType): number | undefined {
    return this.concepts.indexOf(`${id} ${this.header.types.indexOf(type)}`);
  }

  /** The concept as entities carry it, without the way it was found. */
  describe({ id, name, species }: TermConcept): Concept {
    const prefix = id.slice(0, id.indexOf(':'));
    const source = this.header.sources[prefix] ?? prefix;
    return { id, name, source, ...(species && { species: species.name }) };
  }

  private readConcept({ key, reader }: BlockEntry): TermConcept {
    // The key ends with the number of the type, because the same identifier may be a concept of two types.
    const id = key.slice(0, -2);
    const type = this.header.types[Number(key.slice(-1))] ?? '';
    const species = this.header.species[reader.number() - 1];
    const frequency = reader.number();
    const name = reader.text(reader.number());
    return { id, type, name, species, frequency };
  }
}

function readSenses(reader: ByteReader): TermSense[] {
  return Array.from({ length: reader.number() }, () => {
    const bits = reader.number();
    return {
      concept: bits >>> conceptShift,
      rank: nameRanks[(bits >>> 3) & 3] ?? 'weak',
      case: termCases[(bits >>> 1) & 3] ?? 'word',
      isWord: (bits & 1) === 1,
      isPhrase: ((bits >>> 5) & 1) === 1,
    };
  });
}

function skipSenses(reader: ByteReader): void {
  for (let left = reader.number(); left > 0; left -= 1) reader.number();
}

function skipConcept(reader: ByteReader): void {
  reader.number();
  reader.number();
  reader.skip(reader.number());
}

function latin(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

function readHeader(bytes: Uint8Array): TerminologyHeader {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as TerminologyHeader;
  } catch (error) {
    throw damaged('its header cannot be read', error);
  }
}

function damaged(reason: string, cause?: unknown): BioBertError {
  return new BioBertError(
    errorCodes.MODEL_FILE_DAMAGED,
    `The terminology is damaged: ${reason}.`,
    'Reinstall BioBERT, or build the terminology again.',
    { cause },
  );
}
