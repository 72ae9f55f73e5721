import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { packageFolder } from '../runtime/packageFolder';

/** The version of this program. */
export function readVersion(): string {
  const json: unknown = JSON.parse(readFileSync(path.join(packageFolder, 'package.json'), 'utf8'));
  const version = typeof json === 'object' && json !== null && 'version' in json ? json.version : undefined;
  return typeof version === 'string' ? version : 'unknown';
}
