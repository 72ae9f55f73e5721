import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type LinkCommandOptions, linkOptions, readLinking } from '../../../src/cli/linking';

let folder: string;
let stderr: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'biobert-terms-'));
  stderr = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    stderr += String(text);
    return true;
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

function file(name: string, content: string | Buffer): string {
  const place = path.join(folder, name);
  writeFileSync(place, content);
  return place;
}

function read(...args: string[]) {
  const command = new Command()
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .option('-q, --quiet', '', false);
  for (const option of linkOptions('models')) command.addOption(option);
  command.parse(args, { from: 'user' });
  return readLinking(command.opts<LinkCommandOptions>(), command);
}

const found = { terminology: { name: 'x', version: '1' } };
const none = { terminology: undefined };

describe('the options for linking', () => {
  it('link to the terminology that ships by default', async () => {
    const { request, terminologyPath, warn } = await read();
    expect(request).toEqual({ link: true, terms: [] });
    expect(terminologyPath).toBe(path.join('models', 'terminology'));
    warn(found);
    expect(stderr).toBe('');
  });

  it('say once that there is no terminology', async () => {
    const { warn } = await read();
    warn(none);
    warn(none);
    expect(stderr).toBe(
      `biobert: warning: names have no identifiers, because there is no terminology that can be read in ${path.join('models', 'terminology')}. Name its folder with --terminology, install BioBERT again, or add --no-link to do without.\n`,
    );
  });

  it.each([['--no-link'], ['--quiet']])('do not say so with %s', async (option) => {
    const { warn } = await read(option);
    warn(none);
    expect(stderr).toBe('');
  });

  it('need no terminology with --no-link', async () => {
    const { request, terminologyPath } = await read('--no-link', '--terminology', 'nowhere');
    expect([request.link, terminologyPath]).toEqual([false, undefined]);
  });

  it('name another terminology, whose folder must exist', async () => {
    expect((await read('--terminology', folder)).terminologyPath).toBe(folder);
    await expect(read('--terminology', path.join(folder, 'none'))).rejects.toThrow(
      /there is no folder .*none/,
    );
  });
});

describe('files of terms', () => {
  it('are read in their order', async () => {
    const first = file('a.tsv', 'compound 7\tLAB:7\tChemical\n');
    const second = file('b.tsv', Buffer.from('\uFEFFname\tid\ttype\r\norphX\tx\tgene\r\n', 'utf16le'));
    const { request } = await read('--terms', first, '--terms', second);
    expect(request.terms).toEqual([
      { name: 'compound 7', id: 'LAB:7', type: 'Chemical' },
      { name: 'orphX', id: 'x', type: 'Gene' },
    ]);
    expect(stderr).toBe('');
  });

  it('are used without --link too', async () => {
    const terms = file('a.tsv', 'orphX\tx\tGene\n');
    expect((await read('--no-link', '--terms', terms)).request.terms).toHaveLength(1);
  });

  it('have lines reported that cannot be read, with --quiet too', async () => {
    const terms = file('a.tsv', `orphX\tx\tGene\norphY\n${'z\n'.repeat(30)}`);
    const { request } = await read('--quiet', '--terms', terms);
    expect(request.terms).toHaveLength(1);
    const lines = stderr.trimEnd().split('\n');
    expect(lines).toHaveLength(21);
    expect(lines[0]).toMatch(/^biobert: .*a\.tsv: line 2: The line has no identifier and no type\./);
    expect(lines[20]).toMatch(/a\.tsv: 11 further lines are no terms\.$/);
  });

  it('are refused without any term, or if they cannot be read', async () => {
    await expect(read('--terms', file('a.txt', 'some text\nmore\n'))).rejects.toThrow(
      /a\.txt: line 1: The line has no/,
    );
    await expect(read('--terms', path.join(folder, 'none.tsv'))).rejects.toThrow(
      /none\.tsv: There is no such/,
    );
    await expect(read('--terms', folder)).rejects.toThrow(/folder/);
    await expect(read('--terms', '-')).rejects.toThrow(/name a file/);
  });

  it('may be empty', async () => {
    expect((await read('--terms', file('a.tsv', '# none yet\n'))).request.terms).toEqual([]);
  });

  it('may have 20,000 terms together', async () => {
    const half = (id: string) =>
      file(id, Array.from({ length: 10_001 }, (_, index) => `${id}${index}\tx\tGene\n`).join(''));
    await expect(read('--terms', half('a'), '--terms', half('b'))).rejects.toThrow(/more than 20,000 terms/);
  });
});
