import { spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JsonRelation } from '../../src/core/exports/jsonl';
import { writeTinyRelations } from '../support/tinyRelations';
import { writeTinyTagger } from '../support/tinyTagger';
import { disposables, root } from './engines';

const { folder } = disposables();
const cli = path.join(root, 'dist/cli.js');

const abstract = 'Aspirin may not inhibit BRCA1. Carriers of asthma took tamoxifen.\n';

/** Creates a folder with both models and these documents. */
function setUp(documents: Readonly<Record<string, string>> = { 'a.txt': abstract }) {
  const cwd = folder();
  const models = {
    tagger: writeTinyTagger(path.join(cwd, 'tagger')),
    relations: writeTinyRelations(path.join(cwd, 'relations')),
  };
  for (const [name, text] of Object.entries(documents)) fs.writeFileSync(path.join(cwd, name), text);
  const args = ['relations', '--model', models.relations, '--tagger', models.tagger];
  const run = (more: readonly string[], input: string | Buffer = '') => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args, ...more], {
      cwd,
      input,
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  };
  return { cwd, args, models, run };
}

function relationsOf(line: string): readonly JsonRelation[] {
  return (JSON.parse(line) as { relations: readonly JsonRelation[] }).relations;
}

describe('biobert relations', () => {
  it('writes a line of JSON for each document, with spans of its text', () => {
    const { run } = setUp({ 'a.txt': abstract, 'b.md': '# Aspirin\n\n**Aspirin** inhibits BRCA1.\n' });
    const { status, stdout, stderr } = run(['a.txt', 'b.md']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const [first = '', second = ''] = stdout.trimEnd().split('\n');
    expect(JSON.parse(first)).toMatchObject({ document: 'a.txt' });
    const [inhibitor, ...treats] = relationsOf(first);
    expect(inhibitor).toEqual({
      type: 'inhibitor',
      subject: {
        start: 0,
        end: 7,
        text: 'Aspirin',
        type: 'Chemical',
        probability: expect.any(Number) as number,
        concepts: [{ id: 'MESH:D001241', name: 'Aspirin', source: 'MeSH 2024', method: 'name' }],
      },
      object: {
        start: 24,
        end: 29,
        text: 'BRCA1',
        type: 'Gene',
        probability: expect.any(Number) as number,
        concepts: [
          { id: 'NCBIGene:672', name: 'BRCA1', source: 'NCBI Gene', species: 'human', method: 'context' },
        ],
      },
      subject_id: 'MESH:D001241',
      object_id: 'NCBIGene:672',
      probability: expect.any(Number) as number,
      evidence: { start: 0, end: 30, text: 'Aspirin may not inhibit BRCA1.' },
      negated: { start: 12, end: 15, text: 'not' },
      speculated: { start: 8, end: 11, text: 'may' },
    });
    expect(treats.map(({ type }) => type)).toEqual(['treats', 'treats']);
    expect(treats.map(({ negated }) => negated)).toEqual([false, false]);
    expect(relationsOf(second)).toMatchObject([{ evidence: { text: 'Aspirin inhibits BRCA1.' } }]);
  });

  it('writes the same relations as a table', () => {
    const { run } = setUp();
    const rows = run(['--format', 'tsv', 'a.txt'])
      .stdout.trimEnd()
      .split('\n')
      .map((row) => row.split('\t'));
    const [header = [], ...found] = rows;
    expect(header.slice(0, 4)).toEqual(['document', 'type', 'probability', 'subject']);
    expect(found).toHaveLength(3);
    for (const row of found) expect(row).toHaveLength(header.length);
    expect(found[0]?.[header.indexOf('negated')]).toBe('not');
  });

  it('writes BioC with the models, the related mentions and their relations', () => {
    const { run } = setUp();
    const { documents } = JSON.parse(run(['-f', 'bioc', 'a.txt']).stdout) as {
      documents: {
        infons: Record<string, string>;
        passages: { annotations: { id: string; text: string }[] }[];
        relations: { infons: Record<string, string>; nodes: { refid: string; role: string }[] }[];
      }[];
    };
    const [document] = documents;
    expect(document?.infons).toEqual({
      entityModel: expect.stringMatching(/./) as string,
      entityModelSha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      relationModel: expect.stringMatching(/./) as string,
      relationModelSha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
    const texts = new Map(
      document?.passages.flatMap(({ annotations }) => annotations).map(({ id, text }) => [id, text]),
    );
    const told = document?.relations.map(({ infons, nodes }) => [
      infons['type'],
      ...nodes.map(({ refid }) => texts.get(refid)),
    ]);
    expect(told).toEqual([
      ['inhibitor', 'Aspirin', 'BRCA1'],
      ['treats', 'Aspirin', 'asthma'],
      ['treats', 'tamoxifen', 'asthma'],
    ]);
    expect(document?.relations[0]?.infons).toMatchObject({
      negated: 'true',
      negationCue: 'not',
      speculated: 'true',
      speculationCue: 'may',
    });
  });

  it('reads standard input, and applies types and probability', () => {
    const { run } = setUp();
    const only = run(['--types', 'TREATS', '-'], abstract);
    expect(only.status).toBe(0);
    expect(relationsOf(only.stdout).map(({ type }) => type)).toEqual(['treats', 'treats']);
    expect(relationsOf(run(['-p', '1'], abstract).stdout)).toEqual([]);
  });

  it('writes every readable document, and names the others', () => {
    const { run } = setUp({ 'a.txt': abstract, 'empty.txt': '', 'binary.txt': '\0'.repeat(500) });
    const { status, stdout, stderr } = run(['a.txt', 'missing.txt', 'binary.txt', 'empty.txt']);
    expect(status).toBe(1);
    expect(stdout.trimEnd().split('\n')).toHaveLength(2);
    expect(stderr).toMatch(/missing\.txt.*\(BB303\)/);
    expect(stderr).toMatch(/binary\.txt.*\(BB302\)/);
  });

  it.each([
    ['an unknown type of relation', ['--types', 'marries', 'a.txt'], /no type marries/],
    ['a format that it does not write', ['--format', 'brat', 'a.txt'], /brat/],
    ['a probability over 1', ['-p', '2', 'a.txt'], /number from 0 to 1/],
    ['an output that is a document', ['-o', 'a.txt', 'a.txt'], /would replace a document/],
  ])('refuses %s', (_, more, message) => {
    const { status, stdout, stderr } = setUp().run(more);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });

  it('reports a model folder that is missing or for another task', () => {
    const { run, models } = setUp();
    const none = run(['--model', 'none', 'a.txt']);
    expect(none.status).toBe(1);
    expect(none.stderr).toMatch(/--model.*\(BB101\)/);
    const other = run(['--model', models.tagger, 'a.txt']);
    expect(other.status).toBe(1);
    expect(other.stderr).toMatch(/token-classification.*\(BB105\)/);
  });

  it.skipIf(process.platform === 'win32')('stops at Ctrl+C, and leaves complete lines', async () => {
    const { cwd, args } = setUp();
    writeTinyRelations(path.join(cwd, 'relations'), { slowness: 900 });
    const child = spawn(process.execPath, [cli, ...args, 'a.txt', '-'], { cwd });
    let written = '';
    for await (const part of child.stdout as AsyncIterable<Buffer>) {
      written += part.toString();
      child.kill('SIGINT');
    }
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect(code).toBe(130);
    expect(relationsOf(written)).toHaveLength(3);
  });
});
