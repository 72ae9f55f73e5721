export interface BomComponent {
  'bom-ref': string;
  purl?: string;
  name: string;
  version: string;
  type: string;
  properties?: { name: string; value: string }[];
  [field: string]: unknown;
}

export interface Bom {
  metadata: { component: { 'bom-ref': string; name: string; purl: string } };
  components: BomComponent[];
  dependencies: { ref: string; dependsOn?: string[] }[];
}

export function shippedBom(
  bom: Bom,
  packages: readonly { name: string; version: string }[],
  models: readonly BomComponent[],
): Bom;

export function modelComponents(folder: string): readonly BomComponent[];

export function billOfMaterials(modelFolders: readonly string[]): Bom;
