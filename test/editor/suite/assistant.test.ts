import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { assistantToolNames } from '../../../src/protocol/assistantTools';
import { closeAll, extension, open, sample, until } from '../support';
import { selectors, window } from '../window';

const confirm = `${selectors.dialogs} .dialog-buttons .monaco-button >> nth=0`;

interface Quoted {
  readonly document: string;
  readonly start: number;
  readonly end: number;
  readonly quote: string;
}

/** Calls a tool as a chat does, and allows it as a user does. VS Code asks outside of a chat for each call. */
async function call(name: string, input: object): Promise<string> {
  const { token } = new vscode.CancellationTokenSource();
  const state: { isDone: boolean } = { isDone: false };
  const result = vscode.lm
    .invokeTool(name, { input, toolInvocationToken: undefined }, token)
    .then(({ content }) =>
      content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join(''),
    )
    .then(
      (text) => ({ text }),
      (error: unknown) => ({ error: error instanceof Error ? error : new Error(String(error)) }),
    );
  void result.then(() => (state.isDone = true));
  await until('the question', async () => state.isDone || (await window.count(selectors.dialogs)) > 0);
  if (!state.isDone) await window.click(confirm);
  const outcome = await result;
  if ('error' in outcome) throw outcome.error;
  return outcome.text;
}

async function found<Result>(name: string, input: object): Promise<Result> {
  return JSON.parse(await call(name, input)) as Result;
}

async function checkQuotes(quotes: readonly Quoted[]): Promise<void> {
  assert.ok(quotes.length > 0);
  for (const { document, start, end, quote } of quotes) {
    const opened = await vscode.workspace.openTextDocument(sample(document));
    assert.equal(opened.getText().slice(start, end), quote);
  }
}

describe('The tools for assistants', function () {
  this.timeout(180_000);

  before(async () => {
    await extension().activate();
    await open(sample('abstract.txt'));
  });
  after(closeAll);

  it('are known to VS Code, with texts and the form of their input', () => {
    const tools = vscode.lm.tools.filter(({ name }) => name.startsWith('biobert_'));
    assert.deepEqual(tools.map(({ name }) => name).sort(), [...assistantToolNames].sort());
    for (const { description, inputSchema } of tools) {
      assert.ok(description.length > 80);
      assert.equal((inputSchema as { additionalProperties?: boolean }).additionalProperties, false);
    }
  });

  it('find entities, whose sentences stand in the documents', async () => {
    interface Result {
      readonly names: readonly {
        readonly concepts: readonly { readonly id: string }[];
        readonly places: readonly Quoted[];
      }[];
    }
    const { names } = await found<Result>('biobert_find_entities', { name: 'metformin' });
    assert.equal(names[0]?.concepts[0]?.id, 'MESH:D008687');
    await checkQuotes(names.flatMap(({ places }) => places));
  });

  it('find relations', async () => {
    interface Result {
      readonly relations: readonly (Quoted & { readonly type: string })[];
    }
    const pair = { name: 'lithium', other: 'GSK3B' };
    const { relations } = await found<Result>('biobert_find_relations', pair);
    assert.equal(relations[0]?.type, 'inhibitor');
    await checkQuotes(relations);
  });

  it('answer a question', async () => {
    interface Result {
      readonly model: { readonly hash: string };
      readonly answers: readonly (Quoted & { readonly answer: string })[];
    }
    const { answers, model } = await found<Result>('biobert_ask', {
      question: 'Which drug inhibits GSK3B?',
    });
    assert.match(answers[0]?.answer ?? '', /lithium/i);
    assert.match(model.hash, /^[0-9a-f]{64}$/);
    await checkQuotes(answers);
  });

  it('list the evidence of the folder', async () => {
    assert.ok(
      Array.isArray((await found<{ readonly evidence: unknown }>('biobert_list_evidence', {})).evidence),
    );
  });

  it('say what is wrong: there is no review, the document is outside, the input has another form', async () => {
    await assert.rejects(call('biobert_next_record', {}), /The folder has no review\./);
    const document = '../../../etc/passwd';
    await assert.rejects(
      call('biobert_find_entities', { document }),
      /Files outside of the folder are not read\./,
    );
    await assert.rejects(call('biobert_ask', { question: '' }), /is not valid/);
  });

  it('are offered as a server only if the setting says so', async () => {
    const configuration = vscode.workspace.getConfiguration('biobert');
    assert.equal(configuration.get('assistants.server'), false);
    await configuration.update('assistants.server', true, vscode.ConfigurationTarget.Global);
    try {
      // The command ends when a server is chosen, which nobody does here.
      void vscode.commands.executeCommand('workbench.mcp.listServer');
      await until('the server', async () =>
        (await window.texts('.quick-input-list .monaco-list-row')).join().includes('BioBERT:'),
      );
    } finally {
      await window.press('Escape');
      await configuration.update('assistants.server', undefined, vscode.ConfigurationTarget.Global);
    }
  });
});
