/** The platforms for which there is a package. */
export const targets: readonly string[];

/** Copies the manifest without what is for development only. @returns the name of the VSIX. */
export function stageManifest(stage: string, target: string): string;
