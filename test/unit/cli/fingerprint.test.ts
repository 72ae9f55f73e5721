import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { contentStamp, fingerprint, optionsWithoutEffect } from '../../../src/cli/fingerprint';
import { addIndexCommand } from '../../../src/cli/indexCommand';

function indexOptions(): readonly string[] {
  const program = new Command();
  addIndexCommand(program, () => undefined, 'models');
  // `--relations` and `--no-relations` set the same option.
  return [...new Set(program.commands[0]?.options.map((option) => option.attributeName()))];
}

const tagger = { task: 'token-classification', hash: 'a', configHash: 'b' } as const;
const relations = { task: 'relation-extraction', hash: 'c', configHash: 'd' } as const;
const options = Object.fromEntries(indexOptions().map((name) => [name, 'before']));
const parts = { version: '1.0.0', options, models: [tagger, relations] };

describe('fingerprint', () => {
  it('changes with every option of the command, except those that do not change results', () => {
    const before = fingerprint(parts);
    const changed = (name: string) =>
      fingerprint({ ...parts, options: { ...options, [name]: 'after' } }) !== before;
    const names = indexOptions();
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((name) => !changed(name)).sort()).toEqual([...optionsWithoutEffect].sort());
    expect(names.filter(changed).sort()).toEqual([
      'encoding',
      'engineUrl',
      'language',
      'link',
      'minProbability',
      'passages',
      'terms',
      'types',
    ]);
  });

  it.each([
    ['the version of the program', { version: '1.0.1' }],
    ['the tagger', { models: [{ ...tagger, hash: 'x' }, relations] }],
    ['the labels or the calibration of the tagger', { models: [{ ...tagger, configHash: 'x' }, relations] }],
    ['the relation model', { models: [tagger, { ...relations, hash: 'x' }] }],
    ['the heads of the relation model', { models: [tagger, { ...relations, configHash: 'x' }] }],
    ['relations at all', { models: [tagger] }],
    ['the terminology', { terminology: 'x' }],
    ['a list of types', { options: { ...options, types: ['Gene'] } }],
  ])('changes with %s', (_, change) => {
    expect(fingerprint({ ...parts, ...change })).not.toBe(fingerprint(parts));
  });

  it('does not depend on the order of options, or on options that are not set', () => {
    const reversed = Object.fromEntries(Object.entries(options).reverse());
    expect(fingerprint({ ...parts, options: { ...reversed, later: undefined } })).toBe(fingerprint(parts));
    expect(fingerprint(parts)).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe('contentStamp', () => {
  it('changes with one bit', () => {
    expect(contentStamp(Buffer.from('BRCA1'))).not.toBe(contentStamp(Buffer.from('BRCA2')));
    expect(contentStamp(Buffer.from('BRCA1'))).toBe(contentStamp(new Uint8Array(Buffer.from('BRCA1'))));
  });
});
