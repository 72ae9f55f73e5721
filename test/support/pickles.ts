/** Writes small pickles, as PyTorch does and as an attacker would. */

/** `GLOBAL`, as Python writes it in protocol 2. */
export const global = (module: string, name: string) => Buffer.from(`c${module}\n${name}\n`);

export const operation = (code: string) => Buffer.from(code, 'latin1');

export function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  return Buffer.concat([operation('X'), length, bytes]);
}

export function integer(value: number): Buffer {
  const bytes = Buffer.alloc(5);
  bytes.write('J', 'latin1');
  bytes.writeInt32LE(value, 1);
  return bytes;
}

export function tuple(...items: readonly Buffer[]): Buffer {
  return Buffer.concat([operation('('), ...items, operation('t')]);
}

/** `callable(*args)` */
export function call(callable: Buffer, ...args: readonly Buffer[]): Buffer {
  return Buffer.concat([callable, tuple(...args), operation('R')]);
}

export function dict(...items: readonly (readonly [string, Buffer])[]): Buffer {
  return Buffer.concat([
    operation('}('),
    ...items.flatMap(([key, value]) => [text(key), value]),
    operation('u'),
  ]);
}

export function pickle(value: Buffer): Buffer {
  return Buffer.concat([operation('\u0080\u0002'), value, operation('.')]);
}

export interface TensorPickle {
  readonly storage: string;
  readonly elements: number;
  readonly offset?: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly type?: string;
}

export function tensor({
  storage,
  elements,
  offset = 0,
  shape,
  strides,
  type = 'FloatStorage',
}: TensorPickle) {
  const id = tuple(text('storage'), global('torch', type), text(storage), text('cpu'), integer(elements));
  return call(
    global('torch._utils', '_rebuild_tensor_v2'),
    Buffer.concat([id, operation('Q')]),
    integer(offset),
    tuple(...shape.map(integer)),
    tuple(...strides.map(integer)),
    operation('\u0089'),
    Buffer.concat([global('collections', 'OrderedDict'), operation(')R')]),
  );
}
