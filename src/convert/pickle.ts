/**
 * Reads the pickles in which PyTorch stores a state dict, and no others.
 *
 * A pickle is a program: its `REDUCE` operation calls any function that it names. This reader never calls anything. It
 * only knows the operations that occur in a state dict, a name must be on the list of allowed names, and what Python
 * would build by a call is returned as a {@link ReduceCall} for the caller to interpret. Everything else is rejected.
 *
 * Operations and their arguments: Lib/pickletools.py of CPython, protocols 2 to 5.
 */
import { PickleReader } from './pickleReader';

/** A class or function that the pickle names. */
export class GlobalName {
  constructor(readonly name: string) {}
}

/** The arguments of a call: what Python would create by calling `callable` with `args`. */
export class ReduceCall {
  /** Items of a dictionary that is created by a call (OrderedDict). */
  readonly items = new Map<unknown, unknown>();
  constructor(
    readonly callable: string,
    readonly args: readonly unknown[],
  ) {}
}

/** A reference to data outside the pickle, such as PyTorch's storages. */
export class PersistentId {
  constructor(readonly id: unknown) {}
}

export interface PickleOptions {
  readonly file: string;
  /** The names that the pickle may contain, as `module.name`. */
  readonly allowed: ReadonlySet<string>;
}

const mark = Symbol('mark');

/** Longest part of a forbidden name in a message. */
const maxNameLength = 80;

/**
 * Maximum number of operations. A state dict needs about 30 for each tensor, BERT-large less than 20,000 in all; each
 * operation creates at most one object, so that this bounds the memory, too.
 */
const maxOperations = 1_000_000;

/**
 * Reads one pickle.
 *
 * @param start Offset in `bytes` at which the pickle begins.
 * @returns the value, and the offset at which the pickle ends.
 * @throws {BioBertError} CHECKPOINT_UNSAFE for an operation or a name that no state dict needs, CHECKPOINT_DAMAGED.
 */
export function readPickle(
  bytes: Uint8Array,
  options: PickleOptions,
  start = 0,
): { value: unknown; end: number } {
  return new PickleMachine(new PickleReader(bytes, start, options.file), options.allowed).run();
}

type Step = (machine: PickleMachine) => void;

/** The stack and the memo on which the operations of a pickle work. */
class PickleMachine {
  private readonly stack: unknown[] = [];
  private readonly memo = new Map<number, unknown>();
  private stopped = false;

  constructor(
    readonly reader: PickleReader,
    private readonly allowed: ReadonlySet<string>,
  ) {}

  run(): { value: unknown; end: number } {
    for (let count = 0; !this.stopped; count += 1) {
      if (count === maxOperations) throw this.reader.rejection('holds a pickle of millions of operations');
      const operation = this.reader.uint8();
      const step = steps.get(operation);
      if (!step) throw this.reader.rejection(`holds the pickle operation 0x${operation.toString(16)}`);
      step(this);
    }
    return { value: this.pop(), end: this.reader.offset };
  }

  stop(): void {
    this.stopped = true;
  }

  push(value: unknown): void {
    this.stack.push(value);
  }

  pop(): unknown {
    if (this.stack.length === 0 || this.stack.at(-1) === mark) throw this.reader.damage();
    return this.stack.pop();
  }

  mark(): void {
    this.stack.push(mark);
  }

  popToMark(): unknown[] {
    const place = this.stack.lastIndexOf(mark);
    if (place < 0) throw this.reader.damage();
    const values = this.stack.splice(place + 1);
    this.stack.pop();
    return values;
  }

  put(index: number): void {
    this.memo.set(index, this.stack.at(-1));
  }

  memoize(): void {
    this.put(this.memo.size);
  }

  get(index: number): void {
    if (!this.memo.has(index)) throw this.reader.damage();
    this.push(this.memo.get(index));
  }

  global(module: unknown, name: unknown): void {
    // Only strings: the text of nested lists could grow exponentially.
    if (typeof module !== 'string' || typeof name !== 'string') throw this.reader.damage();
    const full = `${module}.${name}`;
    if (!this.allowed.has(full)) throw this.reader.rejection(`names ${full.slice(0, maxNameLength)}`);
    this.push(new GlobalName(full));
  }

  reduce(): void {
    const args = this.pop();
    const callable = this.pop();
    if (!(callable instanceof GlobalName) || !Array.isArray(args)) throw this.reader.damage();
    this.push(new ReduceCall(callable.name, args));
  }

  /** Discards the state of an object. In a state dict this is its `_metadata`, which the weights do not depend on. */
  build(): void {
    this.pop();
    if (!(this.stack.at(-1) instanceof ReduceCall))
      throw this.reader.rejection('sets the state of an object');
  }

  append(values: readonly unknown[]): void {
    const list = this.stack.at(-1);
    if (!Array.isArray(list)) throw this.reader.damage();
    for (const value of values) list.push(value);
  }

  setItems(values: readonly unknown[]): void {
    const target = this.stack.at(-1);
    const items = target instanceof ReduceCall ? target.items : target;
    if (!(items instanceof Map) || values.length % 2 !== 0) throw this.reader.damage();
    for (let i = 0; i < values.length; i += 2) items.set(values[i], values[i + 1]);
  }

  popMany(count: number): unknown[] {
    return Array.from({ length: count }, () => this.pop()).reverse();
  }
}

const steps: ReadonlyMap<number, Step> = new Map<number, Step>([
  [0x80, (m) => void m.reader.uint8()], // PROTO
  [0x95, (m) => void m.reader.uint64()], // FRAME
  [0x2e, (m) => m.stop()], // STOP
  [0x28, (m) => m.mark()], // MARK
  [0x30, (m) => void m.pop()], // POP
  [0x4e, (m) => m.push(null)], // NONE
  [0x88, (m) => m.push(true)], // NEWTRUE
  [0x89, (m) => m.push(false)], // NEWFALSE
  [0x4a, (m) => m.push(m.reader.int32())], // BININT
  [0x4b, (m) => m.push(m.reader.uint8())], // BININT1
  [0x4d, (m) => m.push(m.reader.uint16())], // BININT2
  [0x8a, (m) => m.push(m.reader.long(m.reader.uint8()))], // LONG1
  [0x47, (m) => m.push(m.reader.float64())], // BINFLOAT
  [0x58, (m) => m.push(m.reader.text(m.reader.uint32()))], // BINUNICODE
  [0x8c, (m) => m.push(m.reader.text(m.reader.uint8()))], // SHORT_BINUNICODE
  [0x8d, (m) => m.push(m.reader.text(m.reader.uint64()))], // BINUNICODE8
  [0x54, (m) => m.push(m.reader.text(m.reader.uint32()))], // BINSTRING
  [0x55, (m) => m.push(m.reader.text(m.reader.uint8()))], // SHORT_BINSTRING
  [0x42, (m) => m.push(m.reader.raw(m.reader.uint32()))], // BINBYTES
  [0x43, (m) => m.push(m.reader.raw(m.reader.uint8()))], // SHORT_BINBYTES
  [0x7d, (m) => m.push(new Map())], // EMPTY_DICT
  [0x64, (m) => pushDict(m)], // DICT
  [0x5d, (m) => m.push([])], // EMPTY_LIST
  [0x6c, (m) => m.push(m.popToMark())], // LIST
  [0x29, (m) => m.push([])], // EMPTY_TUPLE
  [0x74, (m) => m.push(m.popToMark())], // TUPLE
  [0x85, (m) => m.push(m.popMany(1))], // TUPLE1
  [0x86, (m) => m.push(m.popMany(2))], // TUPLE2
  [0x87, (m) => m.push(m.popMany(3))], // TUPLE3
  [0x61, (m) => m.append([m.pop()])], // APPEND
  [0x65, (m) => m.append(m.popToMark())], // APPENDS
  [0x73, (m) => m.setItems(m.popMany(2))], // SETITEM
  [0x75, (m) => m.setItems(m.popToMark())], // SETITEMS
  [0x71, (m) => m.put(m.reader.uint8())], // BINPUT
  [0x72, (m) => m.put(m.reader.uint32())], // LONG_BINPUT
  [0x94, (m) => m.memoize()], // MEMOIZE
  [0x68, (m) => m.get(m.reader.uint8())], // BINGET
  [0x6a, (m) => m.get(m.reader.uint32())], // LONG_BINGET
  [0x63, (m) => m.global(m.reader.line(), m.reader.line())], // GLOBAL
  [0x93, (m) => m.global(...(m.popMany(2) as [unknown, unknown]))], // STACK_GLOBAL
  [0x52, (m) => m.reduce()], // REDUCE
  [0x62, (m) => m.build()], // BUILD
  [0x51, (m) => m.push(new PersistentId(m.pop()))], // BINPERSID
]);

function pushDict(machine: PickleMachine): void {
  const values = machine.popToMark();
  machine.push(new Map());
  machine.setItems(values);
}
