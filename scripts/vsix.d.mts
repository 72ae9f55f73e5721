/** The parts of `extension.vsixmanifest` that marketplaces and editors read. */
export interface Listing {
  readonly identity: Readonly<Record<string, string>>;
  readonly properties: ReadonlyMap<string, string>;
  /** The paths of the readme, the icon and others in the package, by their type. */
  readonly assets: ReadonlyMap<string, string>;
  /** The text of each element, by its name. */
  readonly texts: ReadonlyMap<string, string>;
}

export interface Vsix {
  readonly bytes: number;
  /** The size of each file, by its path. */
  readonly files: ReadonlyMap<string, number>;
  readonly manifest: Readonly<Record<string, unknown>>;
  readonly listing: Listing;
}

export function readVsix(file: string): Promise<Vsix>;

export function platformOf(vsix: Pick<Vsix, 'listing'>): string;

export function vsixIssues(vsix: Vsix): readonly string[];
