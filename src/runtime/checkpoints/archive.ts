/** Unpacks `.tar.gz`, `.tar` and `.zip` archives of checkpoints, and of those only files that belong to a checkpoint. */
import { createReadStream, createWriteStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { damaged, unsafe } from '../../convert/errors';
import { BioBertError, throwIfCancelled } from '../../core/errors';
import { checkSpace } from '../files/diskSpace';
import { PartFile } from './files';
import { listZip } from './zip';

const checkpointFiles =
  /^(?:config\.json|bert_config\.json|biobert\.json|vocab\.txt|tokenizer\.json|tokenizer_config\.json|special_tokens_map\.json|added_tokens\.json|[\w.-]+\.safetensors(?:\.index\.json)?|[\w.-]+\.bin(?:\.index\.json)?|[\w.-]+\.onnx(?:[._]data)?|[\w.-]+\.index|[\w.-]+\.data-\d{5}-of-\d{5})$/u;

const gigabyte = 1 << 30;

/** Upper limit of an unpacked checkpoint. BERT-large with the state of its optimiser has about 5 GB. */
const maxUnpackedBytes = 12 * gigabyte;

/** Weights hardly compress. An archive that grows a hundredfold was made to fill the disk. */
const maxGrowth = 100;
const growthFreeBytes = 64 << 20;

export function isArchive(path: string): boolean {
  return /\.(?:tar\.gz|tgz|tar|zip)$/iu.test(path);
}

/**
 * Unpacks into `folder`, which must be empty. All files go into one folder, because a checkpoint has no subfolders.
 * @throws {BioBertError} CHECKPOINT_UNSAFE for links, for names that lead out of the folder, and for archive bombs;
 * CHECKPOINT_DAMAGED.
 */
export async function unpack(path: string, folder: string, signal?: AbortSignal): Promise<void> {
  const target = new Target(basename(path), folder, signal);
  if (/\.zip$/iu.test(path)) await unpackZip(path, target);
  else await unpackTar(path, target);
  if ((await readdir(folder)).length === 0) throw damaged(basename(path), 'holds no checkpoint');
}

/** Writes the files of an archive into a folder and checks each of them. */
class Target {
  private readonly names = new Set<string>();
  private unpacked = 0;

  constructor(
    readonly archive: string,
    private readonly folder: string,
    readonly signal: AbortSignal | undefined,
  ) {}

  /** @returns the name to write, or `undefined` for a file that belongs to no checkpoint. @throws {BioBertError} */
  nameFor(entry: string, kind: string | null | undefined): string | undefined {
    const parts = entry.split(/[/\\]/u);
    if (parts.includes('..') || /^(?:[/\\]|[a-z]:)/iu.test(entry)) {
      throw unsafe(this.archive, 'names a file outside its own folder');
    }
    const name = parts.at(-1) ?? '';
    if (kind === 'directory' || name.startsWith('._') || !checkpointFiles.test(name)) return undefined;
    if (kind !== 'file' && kind !== 'contiguous-file') throw unsafe(this.archive, `holds a link as ${name}`);
    if (this.names.has(name)) {
      throw damaged(this.archive, `holds several files ${name}: unpack it, and name one of its folders`);
    }
    this.names.add(name);
    return name;
  }

  async write(name: string, bytes: number, content: Readable): Promise<void> {
    throwIfCancelled(this.signal);
    this.unpacked += bytes;
    if (!(this.unpacked <= maxUnpackedBytes)) throw unsafe(this.archive, 'is larger than any checkpoint');
    await checkSpace(this.folder, bytes);
    const target = createWriteStream(join(this.folder, name), { flags: 'wx', mode: 0o600 });
    await pipeline(content, exactly(bytes, this.archive), target, { signal: this.signal });
  }
}

function exactly(bytes: number, archive: string): Transform {
  let seen = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length;
      if (seen > bytes) done(damaged(archive, 'holds more than it says'));
      else done(null, chunk);
    },
    flush: (done) => (seen === bytes ? done() : done(damaged(archive, 'is cut off'))),
  });
}

async function unpackZip(path: string, target: Target): Promise<void> {
  const file = await PartFile.open(path);
  try {
    for (const [entryName, entry] of await listZip(file)) {
      const name = target.nameFor(entryName, 'file');
      if (name === undefined) continue;
      if (entry.bytes > growthFreeBytes + maxGrowth * file.bytes) {
        throw unsafe(target.archive, 'would fill the disk');
      }
      await target.write(name, entry.bytes, await entry.stream());
    }
  } catch (error) {
    throw asDamaged(error, target);
  } finally {
    await file.close();
  }
}

async function unpackTar(path: string, target: Target): Promise<void> {
  const archive = extract();
  const source = createReadStream(path);
  const stages = /gz$/iu.test(path)
    ? [source, createGunzip(), growthGuard(() => source.bytesRead, target.archive), archive]
    : [source, archive];
  const reading = pipeline(stages, { signal: target.signal });
  // An error of the pipeline also ends the loop below, which throws it; this handler only prevents an unhandled rejection.
  reading.catch(() => undefined);
  try {
    for await (const entry of archive) {
      const { name: entryName, type, size } = entry.header;
      const name = target.nameFor(entryName, type);
      if (name === undefined) entry.resume();
      else await target.write(name, size, Readable.from(entry as AsyncIterable<Buffer>));
    }
    await reading;
  } catch (error) {
    throwIfCancelled(target.signal);
    throw asDamaged(error, target);
  } finally {
    source.destroy();
  }
}

/** Fails if a stream unpacks to far more bytes than were read. */
function growthGuard(read: () => number, archive: string): Transform {
  let unpacked = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      unpacked += chunk.length;
      const isBomb = unpacked > maxUnpackedBytes || unpacked > growthFreeBytes + maxGrowth * read();
      if (isBomb) done(unsafe(archive, 'would fill the disk'));
      else done(null, chunk);
    },
  });
}

function asDamaged(error: unknown, { archive, signal }: Target): unknown {
  if (error instanceof BioBertError || signal?.aborted) return error;
  return damaged(archive, 'cannot be unpacked', error);
}
