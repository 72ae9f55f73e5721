import { describe, expect, it } from 'vitest';
import { engineArguments, isEngineArguments } from '../../../../src/runtime/engine/engineOptions';
import { nullLogger } from '../../../../src/runtime/log';

const modelPaths = { 'token-classification': '/models/tagger' };
const server = {
  url: 'https://example.org',
  model: 'tagger',
  allowHttp: true,
  token: 'secret',
  timeoutMs: 1,
};

describe('the arguments of an engine process', () => {
  it('are unchanged by JSON and pass their type guard', () => {
    const args = engineArguments({ modelPaths, threads: 2, device: 'cuda', maxCharacters: 9, server });
    const received: unknown = JSON.parse(JSON.stringify(args));
    expect(received).toEqual({
      modelPaths,
      threads: 2,
      device: 'cuda',
      maxCharacters: 9,
      server: { url: 'https://example.org', model: 'tagger', allowHttp: true },
    });
    expect(isEngineArguments(received)).toBe(true);
  });

  it('contain neither a token nor a logger', () => {
    const json = JSON.stringify(engineArguments({ modelPaths, server, log: nullLogger }));
    expect(json).not.toContain('secret');
    expect(json).not.toContain('log');
  });

  it('may have a folder for any of the tasks, or none', () => {
    expect(isEngineArguments({ modelPaths: {} })).toBe(true);
    expect(isEngineArguments({ modelPaths: { ...modelPaths, 'question-answering': '/q' } })).toBe(true);
  });

  it.each([
    undefined,
    {},
    { modelPaths: [] },
    { modelPaths: { 'token-classification': 7 } },
    { modelPaths: { 'question-answering': null } },
    { modelPaths, runtime: 'gpu' },
    { modelPaths, device: 'abacus' },
    { modelPaths, threads: '2' },
    { modelPaths, server: 'https://example.org' },
  ])('are refused if they are malformed: %j', (value) => {
    expect(isEngineArguments(value)).toBe(false);
  });
});
