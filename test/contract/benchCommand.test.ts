import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { writeTinyQuestions } from '../support/tinyQuestions';
import { writeTinyRelations } from '../support/tinyRelations';
import { writeTinyTagger } from '../support/tinyTagger';
import { disposables, root } from './engines';

const { folder } = disposables();

function bench(args: readonly string[]) {
  return promisify(execFile)(process.execPath, [path.join(root, 'dist/cli.js'), 'bench', ...args]);
}

describe('biobert bench', () => {
  it('measures a tagger on the given files without a cache, and reports what it measured', async () => {
    const model = writeTinyTagger(path.join(folder(), 'tagger'));
    const file = path.join(folder(), 'a.txt');
    fs.writeFileSync(file, 'BRCA1 carriers.\n\nAsthma and CD4.\n');
    const { stdout } = await bench(['--model', model, '--rounds', '3', '--format', 'jsonl', file]);
    const found = JSON.parse(stdout) as Record<string, unknown>;
    expect(found).toMatchObject({
      model: { name: 'Tiny tagger', runtime: 'onnxruntime-node' },
      source: 'files',
      texts: 1,
      characters: 33,
      sentences: 2,
      device: 'cpu',
      tokensPerSecondByRound: [expect.any(Number), expect.any(Number), expect.any(Number)] as unknown[],
    });
    // Two rows with [CLS] and [SEP], 3 + 4 words and full stops. A round that used a cache would count no tokens.
    expect(found['tokens']).toBeGreaterThanOrEqual(9);
    for (const name of ['tokensPerSecond', 'sentenceMs', 'loadMs', 'firstLoadMs', 'memoryBytesBefore'])
      expect(found[name], name).toBeGreaterThan(0);
    for (const speed of found['tokensPerSecondByRound'] as number[]) expect(speed).toBeGreaterThan(0);
    expect(found['memoryBytes']).toBeGreaterThan(found['memoryBytesBefore'] as number);
  });

  it('uses made-up abstracts if no file is given, and writes a table', async () => {
    const model = writeTinyTagger(path.join(folder(), 'tagger'));
    const { stdout } = await bench(['--model', model, '--rounds', '1', '--threads', '1']);
    expect(stdout).toMatch(/^Tiny tagger 1\.0\.0 \([0-9a-f]{12}\), onnxruntime-node, 1 thread\n/u);
    expect(stdout).toMatch(/^40 made-up abstracts: [\d,]+ characters, [\d,]+ sentences, [\d,]+ tokens$/mu);
    for (const what of [
      'Speed .+ tokens/s {3}one round',
      'One sentence .+ ms',
      'Loading .+ ms',
      'Memory .+ MB',
    ])
      expect(stdout).toMatch(new RegExp(`^${what}`, 'mu'));
  });

  it('measures a relation model in pairs per second, between the entities of a tagger', async () => {
    const tagger = writeTinyTagger(path.join(folder(), 'tagger'));
    const model = writeTinyRelations(path.join(folder(), 'relations'));
    const file = path.join(folder(), 'a.txt');
    fs.writeFileSync(file, 'Aspirin may not inhibit BRCA1. Carriers of asthma took tamoxifen.\n');
    const args = ['--model', model, '--tagger', tagger, '--rounds', '1'];
    const { stdout } = await bench([...args, '--format', 'jsonl', file]);
    const found = JSON.parse(stdout) as Record<string, number>;
    expect(found).toMatchObject({ task: 'relation-extraction', sentences: 2 });
    expect(found['pairs']).toBeGreaterThan(0);
    expect(found['pairsPerSecond']).toBeGreaterThan(0);
    expect((await bench(args)).stdout).toMatch(/^Speed .+ pairs\/s/mu);
  });

  it('measures a question model in passages per second', async () => {
    const model = writeTinyQuestions(path.join(folder(), 'questions'));
    const { stdout } = await bench(['--model', model, '--rounds', '1', '--format', 'jsonl']);
    const found = JSON.parse(stdout) as Record<string, number>;
    expect(found).toMatchObject({ task: 'question-answering', texts: 40 });
    expect(found['passages']).toBeGreaterThanOrEqual(40);
    expect(found['passagesPerSecond']).toBeGreaterThan(0);
  });

  it('fails if the model or a file is missing', async () => {
    await expect(bench(['--model', folder()])).rejects.toMatchObject({ code: 1 });
    const none = path.join(folder(), 'none.txt');
    const model = writeTinyTagger(folder());
    await expect(bench(['--model', model, none])).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('BB303') as string,
    });
  });
});
