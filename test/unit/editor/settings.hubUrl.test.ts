import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Settings } from '../../../src/editor/settings';
import { useManifestDefaults } from './support';
import { reset, set } from './vscode';

beforeEach(() => {
  reset();
  useManifestDefaults();
});
afterEach(() => vi.unstubAllEnvs());

it('hubUrl is the setting, else HF_ENDPOINT, else the address of Hugging Face', () => {
  const settings = new Settings();
  vi.stubEnv('HF_ENDPOINT', undefined);
  expect(settings.hubUrl).toBe('https://huggingface.co');
  vi.stubEnv('HF_ENDPOINT', ' https://hub.example ');
  expect(settings.hubUrl).toBe('https://hub.example');
  set('biobert.hub.url', 'https://own.example');
  expect(settings.hubUrl).toBe('https://own.example');
});
