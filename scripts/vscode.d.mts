/** @returns the path of a Chromium. @throws when there is none. */
export function findChromium(): string;

interface SettingsFiles {
  readonly user: Readonly<Record<string, unknown>>;
  readonly machine: Readonly<Record<string, unknown>>;
}

/** Settings by the file in which VS Code looks for them. */
export function settingsFiles(settings: Readonly<Record<string, unknown>>): SettingsFiles;
