import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { engineProcesses, extension, open, sample, until } from '../support';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

/** Returns the open and memory-mapped files of this process. */
function openFiles(): string[] {
  const links = fs.readdirSync('/proc/self/fd').flatMap((name) => {
    try {
      return [fs.readlinkSync(path.join('/proc/self/fd', name))];
    } catch {
      return [];
    }
  });
  return [...links, ...fs.readFileSync('/proc/self/maps', 'utf8').split('\n')];
}

describe('The installed extension', () => {
  it('is the packaged one', () => {
    assert.ok(
      !extension().extensionPath.startsWith(path.resolve(__dirname, '../..')),
      extension().extensionPath,
    );
    for (const unwanted of ['src', 'test', 'node_modules', '.env']) {
      assert.ok(!fs.existsSync(path.join(extension().extensionPath, unwanted)), unwanted);
    }
  });

  it('is not activated until a document in a supported language is opened', async () => {
    assert.equal(extension().isActive, false);
    await open(sample('abstract.txt'));
    await until('activation', () => extension().isActive);
  });

  it('starts no process and reads no model before it is used', async () => {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    assert.deepEqual(engineProcesses(), []);
    assert.deepEqual(
      openFiles().filter((file) => /model\.onnx|onnxruntime/.test(file)),
      [],
    );
  });

  it('registers every command of its manifest', async () => {
    const { contributes } = extension().packageJSON as Manifest;
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      contributes.commands.map(({ command }) => command).filter((command) => !registered.has(command)),
      [],
    );
  });
});
