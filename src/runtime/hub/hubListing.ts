/** The listing of a model on a hub: its files with sizes and checksums at one commit. */
import { type Guard, isArrayOf, isCount, isRecord, isShape, isString } from '../../protocol/guards';
import { readBody } from '../httpRequest';
import { notAsPromised, refused } from './hubErrors';
import { type HubOptions, request, withRetries } from './hubRequest';

export interface HubFile {
  readonly name: string;
  readonly bytes: number;
  /** `sha256` of the content for large files; for small files `git`, the SHA-1 of the git blob. */
  readonly sum: { readonly kind: 'sha256' | 'git'; readonly value: string };
}

export interface HubModel {
  readonly repository: string;
  /** The commit, which never changes. */
  readonly commit: string;
  /** From the model card; empty if the card does not say. */
  readonly license: string;
  /** The files that a conversion needs. */
  readonly files: readonly HubFile[];
}

const small = [
  'config.json',
  'vocab.txt',
  'tokenizer.json',
  'tokenizer_config.json',
  'special_tokens_map.json',
  'added_tokens.json',
];

/** Weight files in order of preference. A repository often has the same weights in several formats. */
const weights = ['model.safetensors', 'pytorch_model.bin'];

const maxListingBytes = 16 << 20;

export function isRepository(name: string): boolean {
  return /^[\w][\w.-]{0,95}\/[\w][\w.-]{0,95}$/u.test(name) && !name.includes('..');
}

/** @throws {BioBertError} HUB_REFUSED, HUB_UNREACHABLE, HUB_DAMAGED */
export async function listModel(
  repository: string,
  options: HubOptions & { readonly revision?: string | undefined },
): Promise<HubModel> {
  if (!isRepository(repository)) throw refused(404, JSON.stringify(repository.slice(0, 100)));
  const revision = encodeURIComponent(options.revision ?? 'main');
  const url = `${options.endpoint.replace(/\/+$/u, '')}/api/models/${repository}/revision/${revision}?blobs=true`;
  const text = await withRetries(options, () =>
    request(url, {}, { ...options, repository }, (response, alive) =>
      readBody(response, maxListingBytes, tooLong, alive),
    ),
  );
  return readListing(repository, text);
}

function tooLong(): Error {
  return notAsPromised('The hub lists more files than any model has.');
}

const isSum =
  (pattern: RegExp): Guard<string> =>
  (value): value is string =>
    isString(value) && pattern.test(value);
const isCommit = isSum(/^[0-9a-f]{40}$/u);
const isSha256 = isSum(/^[0-9a-f]{64}$/u);

function readListing(repository: string, text: string): HubModel {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw notAsPromised('The hub did not answer with a list of files.', error);
  }
  const { sha, siblings, cardData } = isRecord(json) ? json : {};
  if (!isCommit(sha) || !isArrayOf(isShape<{ rfilename: string }>({ rfilename: isString }))(siblings)) {
    throw notAsPromised('The hub did not answer with a list of files.');
  }
  const files = new Map(siblings.map((file) => [file.rfilename, file as Readonly<Record<string, unknown>>]));
  const weight = weights.find((name) => files.has(name));
  if (weight === undefined) {
    throw notAsPromised(`${repository} has no model.safetensors and no pytorch_model.bin.`);
  }
  const license =
    isRecord(cardData) && isString(cardData['license']) ? cardData['license'].slice(0, 100) : '';
  const wanted = [...small.filter((name) => files.has(name)), weight];
  return {
    repository,
    commit: sha,
    license,
    files: wanted.map((name) => readFile(name, files.get(name) ?? {})),
  };
}

function readFile(name: string, { size, blobId, lfs }: Readonly<Record<string, unknown>>): HubFile {
  const sha256 = isRecord(lfs) ? (lfs['sha256'] ?? lfs['oid']) : undefined;
  if (!isCount(size)) throw notAsPromised(`The hub does not say how large ${name} is.`);
  if (isSha256(sha256)) return { name, bytes: size, sum: { kind: 'sha256', value: sha256 } };
  if (isCommit(blobId)) return { name, bytes: size, sum: { kind: 'git', value: blobId } };
  throw notAsPromised(`The hub gives no sum for ${name}.`);
}
