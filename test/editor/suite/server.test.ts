import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Entity } from '../../../src/core/types';
import type { BioBertApi } from '../../../src/editor/api';
import { type FakeServer, type SentTensor, startFakeServer } from '../../support/fakeInferenceServer';
import { closeAll, extension, hoverAt, openNew, until } from '../support';
import { notifications, selectors, window } from '../window';

const text = 'Patients took tamoxifen for breast cancer.\n';

async function api(): Promise<BioBertApi> {
  return (await extension().activate()) as BioBertApi;
}

async function entitiesOf(document: vscode.TextDocument): Promise<readonly Entity[]> {
  return (await api()).entitiesOf(document) ?? [];
}

async function setUrl(url: string | undefined): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('biobert');
  await configuration.update('engine.url', url, vscode.ConfigurationTarget.Global);
}

/** A server whose results are easy to recognise: "patients" is a gene, and nothing else is an entity. */
async function startServer(): Promise<FakeServer> {
  const read = (name: string) =>
    fs.readFileSync(path.join(extension().extensionPath, 'models/tagger', name), 'utf8');
  const patients = read('vocab.txt').split('\n').indexOf('patients');
  const { id2label } = JSON.parse(read('config.json')) as { readonly id2label: Record<string, string> };
  const labels = Object.values(id2label);
  const logitsOf = (label: string) => labels.map((each) => (each === label ? 9 : 0));
  const infer = (inputs: readonly SentTensor[]): Promise<unknown> => {
    const { data, shape } = inputs.find(({ name }) => name === 'input_ids') ?? { data: [], shape: [] };
    const logits = data.flatMap((id) => logitsOf(id === patients ? 'B-Gene' : 'O'));
    return Promise.resolve([
      { name: 'logits', datatype: 'FP32', shape: [...shape, labels.length], data: logits },
    ]);
  };
  const inputs = ['input_ids', 'attention_mask', 'token_type_ids'];
  return startFakeServer({
    tagger: {
      inputs: inputs.map((name) => ({ name, datatype: 'INT64' })),
      outputs: [{ name: 'logits', datatype: 'FP32' }],
      infer,
    },
  });
}

const row = (label: string): string => `.quick-input-list .monaco-list-row:has-text("${label}")`;
const box = '.quick-input-widget:not([style*="display: none"])';

async function untilAsked(): Promise<void> {
  await until('the question', async () => (await window.count(row('Send Text'))) > 0);
}

async function answer(label: string): Promise<void> {
  await untilAsked();
  await window.click(row(label));
}

async function statusLabel(): Promise<string> {
  return (await window.attributes(selectors.statusItem, 'aria-label')).join();
}

/** Types into the open input box of the command and accepts it. */
async function typeInto(prompt: string, value: string): Promise<void> {
  await until(prompt, async () => (await window.texts(box)).some((words) => words.includes(prompt)));
  await window.click(`${box} input`);
  await window.press('Control+a');
  if (value === '') await window.press('Delete');
  else await window.type(value);
  await window.press('Enter');
}

describe('An inference server', () => {
  let server: FakeServer;
  before(api);
  beforeEach(async () => {
    server = await startServer();
  });
  afterEach(async () => {
    await setUrl(undefined);
    await server.close();
    await vscode.commands.executeCommand('notifications.clearAll');
    await closeAll();
  });

  it('gets no text before the user agrees; then it runs the model, and the status item says so', async () => {
    const { document } = await openNew('agreed.txt', text);
    await setUrl(server.url);
    assert.equal(await hoverAt(document, text.indexOf('tamoxifen') + 1), '');
    const tagging = vscode.commands.executeCommand('biobert.tagDocument');
    await untilAsked();
    const { host } = new URL(server.url);
    assert.ok((await window.texts(box)).join().includes(host));
    assert.deepEqual(server.requests, []);
    await window.screenshot('server-question');
    await answer('Send Text');
    await tagging;
    // The server calls it a gene; the terminology on this machine has a say in the type.
    assert.deepEqual(
      (await entitiesOf(document)).map(({ name }) => name),
      ['Patients'],
    );
    await until('the sign', async () =>
      (await statusLabel()).includes(`Text leaves this computer: ${host} runs the model.`),
    );
    assert.equal(await window.count(`${selectors.statusItem} .codicon-cloud-upload`), 1);
    await until('the tooltip', async () => {
      // The status bar item moves when its text changes.
      await window.hover(selectors.statusItem);
      return (await window.texts(selectors.hover)).some((words) =>
        words.includes('Text leaves this computer'),
      );
    });
    await window.screenshot('server-status');
    await setUrl(undefined);
    await until('no sign', async () => !(await statusLabel()).includes('Text leaves this computer'));
    await vscode.commands.executeCommand('biobert.tagDocument');
    assert.ok((await entitiesOf(document)).some(({ name }) => name === 'tamoxifen'));
  });

  it('gets no text if the user chooses this computer, and is removed from the settings', async () => {
    const { document } = await openNew('stayed.txt', text);
    await setUrl(server.url);
    const tagging = vscode.commands.executeCommand('biobert.tagDocument');
    await answer('Use This Computer');
    await tagging;
    assert.ok((await entitiesOf(document)).some(({ name }) => name === 'tamoxifen'));
    assert.equal(vscode.workspace.getConfiguration('biobert').get('engine.url'), '');
    assert.deepEqual(server.requests, []);
  });

  it('gets no text if the question is closed, and a message says what to do', async () => {
    const { document } = await openNew('closed.txt', text);
    await setUrl(server.url);
    const tagging = vscode.commands.executeCommand('biobert.tagDocument');
    await untilAsked();
    // The dialog may not have the keyboard focus yet.
    await until('the question closed', async () => {
      await window.press('Escape');
      return (await window.count(box)) === 0;
    });
    await until('the message', async () =>
      (await notifications()).some((toast) => toast.includes('BB854') && toast.includes('Set Up Inference')),
    );
    await vscode.commands.executeCommand('notifications.clearAll');
    await tagging;
    assert.equal((await entitiesOf(document)).length, 0);
    assert.deepEqual(server.requests, []);
  });

  it('is set up by a command, with a token that is not stored in a setting', async () => {
    const { document } = await openNew('token.txt', text);
    let seen: string | undefined;
    server.whim = ({ headers }) => {
      seen = headers.authorization;
      return false;
    };
    const command = vscode.commands.executeCommand('biobert.setUpServer');
    await typeInto('Address of a server', server.url);
    await typeInto('A token for', 'a-secret');
    await answer('Send Text');
    await command;
    assert.equal(seen, 'Bearer a-secret');
    const settings = JSON.stringify(vscode.workspace.getConfiguration('biobert'));
    assert.ok(settings.includes(server.url) && !settings.includes('a-secret'), settings);
    await vscode.commands.executeCommand('biobert.tagDocument');
    assert.deepEqual(
      (await entitiesOf(document)).map(({ name }) => name),
      ['Patients'],
    );
    const back = vscode.commands.executeCommand('biobert.setUpServer');
    await typeInto('Address of a server', '');
    await back;
    assert.equal(vscode.workspace.getConfiguration('biobert').get('engine.url'), '');
  });

  it('does not remove marks if it refuses a request; a message says what to do', async () => {
    const editor = await openNew('failing.txt', text);
    await setUrl(server.url);
    const tagging = vscode.commands.executeCommand('biobert.tagDocument');
    await answer('Send Text');
    await tagging;
    server.whim = (_request, response) => {
      response.writeHead(401).end();
      return true;
    };
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'New patients came.\n\n'));
    const again = vscode.commands.executeCommand('biobert.tagDocument');
    await until('the message', async () =>
      (await notifications()).some((toast) => toast.includes('BB852') && toast.includes('token')),
    );
    await vscode.commands.executeCommand('notifications.clearAll');
    await again;
    assert.ok((await entitiesOf(editor.document)).some(({ name }) => name === 'Patients'));
    server.whim = () => false;
    await vscode.commands.executeCommand('biobert.tagDocument');
    assert.deepEqual(
      (await entitiesOf(editor.document)).map(({ name }) => name),
      ['patients', 'Patients'],
    );
  });
});
