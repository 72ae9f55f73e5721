import {
  type MarkedConfig,
  type NamedRelation,
  type RelationConfig,
  type RelationHead,
  relationTypes,
} from '../../core/relations/config';
import type { Marker } from '../../core/relations/config';
import type { EntityType } from '../../core/types';
import type { ModelInfo } from '../../protocol/engine';
import {
  type Guard,
  isArrayOf,
  isCount,
  isOneOf,
  isOptional,
  isProbability,
  isRecord,
  isShape,
  isString,
} from '../../protocol/guards';
import { checkArchitecture, type CheckedFolder, checkFolder, manifestFile } from './modelFolder';
import { ModelFiles } from './modelFiles';
import {
  type CommonManifest,
  foreignManifest,
  invalidManifest,
  manifestFields,
  readCommonManifest,
} from './modelManifest';
import { readPairwise } from './pairwiseFolder';

/** The checked content of a relation model's folder. */
export interface RelationsFolder extends Pick<CheckedFolder, 'onnxPath' | 'vocabulary' | 'tokenizer'> {
  readonly config: RelationConfig;
  readonly info: Omit<ModelInfo, 'runtime'>;
}

const maxHeads = 50;
const maxLabels = 100;

const isName: Guard<string> = (value): value is string => isString(value) && value.length <= 200;
const isMarker = isShape<Marker>({ open: isCount, close: isCount });
const isNamedRelation = isShape<NamedRelation>({
  subject: isName,
  object: isName,
  label: isName,
  type: isName,
});
const isTypePair: Guard<readonly [string, string]> = (value): value is readonly [string, string] =>
  isArrayOf(isName)(value) && value.length === 2;

type ManifestHead = Omit<RelationHead, 'calibration' | 'threshold'> & {
  readonly threshold?: number | undefined;
};

const isHeadShape = isShape<ManifestHead>({
  name: isName,
  scope: isOneOf(['sentence', 'document']),
  labels: isArrayOf(isName),
  pairs: isArrayOf(isTypePair),
  relations: isArrayOf(isNamedRelation),
  threshold: isOptional(isProbability),
  thresholdAcross: isOptional(isProbability),
  thresholdListed: isOptional(isProbability),
  thresholdListedAcross: isOptional(isProbability),
});
const isHead: Guard<ManifestHead> = (value): value is ManifestHead =>
  isHeadShape(value) && value.labels.length > 0 && value.labels.length <= maxLabels;

/** Minimum probability of a relation if the manifest does not set one. */
const defaultThreshold = 0.4;

/**
 * Reads and checks the folder of a relation model. It is either a model with several heads, which its manifest lists, or
 * an imported sequence classifier, whose manifest says how the mentions were written in training.
 * @throws {BioBertError} MODEL_*, with the file and a way to repair it.
 */
export async function readRelationsFolder(path: string): Promise<RelationsFolder> {
  const files = new ModelFiles(path, 'relation-extraction');
  await files.checkFolder();
  const json = await files.readJson(manifestFile);
  const manifest = json ? readCommonManifest(json, 'relation-extraction') : foreignManifest;
  const { bert, onnxPath, vocabulary, tokenizer, maxTokens, info } = await checkFolder(files, manifest);
  if (!json) checkArchitecture(bert, files.task);
  const config =
    json && Object.hasOwn(json, 'heads')
      ? readConfig(json, manifest, { maxTokens, vocabularySize: vocabulary.size })
      : await readPairwise(files, json ?? {}, { bert, manifest, maxTokens });
  return { onnxPath, vocabulary, tokenizer, config, info: { ...info, types: relationTypes(config.heads) } };
}

interface Limits {
  readonly maxTokens: number;
  readonly vocabularySize: number;
}

function readConfig(
  json: Record<string, unknown>,
  { tokenTypes = 'none', calibration }: CommonManifest,
  { maxTokens, vocabularySize }: Limits,
): MarkedConfig {
  const field = manifestFields(json);
  const heads = field('heads', isArrayOf(isHead));
  if (heads.length === 0 || heads.length > maxHeads) {
    throw invalidManifest(`biobert.json names ${heads.length} heads.`);
  }
  const maskId = field('maskId', isCount);
  const markers = readMarkers(field('markers', isRecord));
  const ids = [maskId, ...[...markers.values()].flatMap(({ open, close }) => [open, close])];
  if (ids.some((id) => id >= vocabularySize)) {
    throw invalidManifest('biobert.json names a marker that the vocabulary does not have.');
  }
  return {
    heads: heads.map((head) => ({
      ...head,
      threshold: head.threshold ?? defaultThreshold,
      calibration: calibration[head.name],
    })),
    markers,
    maskId,
    tokenTypes,
    maxTokens,
  };
}

function readMarkers(json: Record<string, unknown>): ReadonlyMap<EntityType, Marker> {
  return new Map(
    Object.entries(json).map(([type, marker]) => {
      if (isName(type) && isMarker(marker)) return [type, { open: marker.open, close: marker.close }];
      throw invalidManifest('The field "markers" of biobert.json is wrong.');
    }),
  );
}
