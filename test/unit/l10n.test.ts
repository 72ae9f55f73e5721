import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, it } from 'vitest';

const folder = path.resolve(import.meta.dirname, '../../l10n');
const read = (file: string) =>
  JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')) as Record<string, string>;

describe('l10n/bundle.l10n.json, the template of translations', () => {
  const source = read('bundle.l10n.json');

  it('contains each string of the code', () => {
    expect(Object.values(source)).toEqual(Object.keys(source));
  });

  it.each(fs.readdirSync(folder).filter((file) => /^bundle\.l10n\..+\.json$/.test(file)))(
    'has the same strings as %s',
    (file) => {
      expect(Object.keys(read(file)).sort()).toEqual(Object.keys(source).sort());
    },
  );
});
