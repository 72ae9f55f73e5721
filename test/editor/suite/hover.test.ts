import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { BioBertApi } from '../../../src/editor/api';
import { closeAll, extension, hoverAt, open, openNew, sample } from '../support';

async function api(): Promise<BioBertApi> {
  return (await extension().activate()) as BioBertApi;
}

/** Returns the hover at the first `name` at or after `from`. */
async function hoverOn(document: vscode.TextDocument, name: string, from = 0): Promise<string> {
  const at = document.getText().indexOf(name, from);
  assert.ok(at >= 0, `No ${name} in the document`);
  return await hoverAt(document, at + 1);
}

async function set(name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration('biobert').update(name, value, vscode.ConfigurationTarget.Global);
}

describe('A hover', () => {
  // VS Code does not wait for an extension that is activated by opening a document.
  before(api);

  afterEach(async () => {
    await set('hover.enabled', undefined);
    await closeAll();
  });

  it('describes a mention without tagging the document', async () => {
    // A new file, since the samples may have been tagged with their folder.
    const { document } = await openNew('hovered.txt', 'Tamoxifen lowers the risk of breast cancer.\n');
    const text = await hoverOn(document, 'Tamoxifen');
    assert.match(text, /\*\*Tamoxifen\*\* — Chemical · \d+ %/);
    assert.match(text, /\[MeSH D013629\]\(https:\/\/meshb\.nlm\.nih\.gov\/record\/ui\?ui=D013629\)/);
    assert.match(text, /mentions? here/);
    assert.doesNotMatch(text, /BioBERT|F1 on/);
    assert.equal((await api()).entitiesOf(document), undefined);
  });

  it('says what an abbreviation stands for, and where it was introduced', async () => {
    const { document } = await open(sample('abstract.txt'));
    const third = document.getText().indexOf('Loss of BRCA1');
    const text = await hoverOn(document, 'BRCA1', third);
    assert.match(text, /breast cancer 1/);
    assert.match(text, /line 3/);
  });

  it('counts a concept under all of its names, and links to the others', async () => {
    const { document } = await openNew(
      'synonyms.txt',
      'Acetaminophen was given to patients with breast cancer. Tylenol was well tolerated.\n\nAcetaminophen was stopped.\n',
    );
    await (await api()).tagEntities(document);
    const text = await hoverOn(document, 'Tylenol');
    assert.match(text, /MeSH D000082/);
    assert.match(text, /3 mentions here/);
    assert.match(text, /also as \[Acetaminophen\]\(command:biobert\.entities\.reveal[^)]*\) \(2\)/);
  });

  it('does not appear where there is no mention', async () => {
    const { document } = await open(sample('abstract.txt'));
    assert.equal(await hoverOn(document, 'lifetime'), '');
    assert.equal(await hoverAt(document, document.getText().indexOf('\n\n')), '');
  });

  it('does not appear in code and links of Markdown', async () => {
    const { document } = await openNew('code.md', 'See <https://example.org/tamoxifen> and `tamoxifen`.\n');
    assert.equal(await hoverOn(document, 'tamoxifen`'), '');
    assert.doesNotMatch(await hoverOn(document, 'tamoxifen>'), /Chemical/);
  });

  it('counts the mentions of a tagged document', async () => {
    const { document } = await open(sample('abstract.txt'));
    const entities = await (await api()).tagEntities(document);
    const named = entities.filter(({ name, type }) => name === 'olaparib' && type === 'Chemical');
    const [first] = named;
    assert.ok(first && named.length > 1, 'olaparib is mentioned several times');
    const text = await hoverAt(document, first.start);
    assert.match(text, /\d+ mentions here · .*\[Find all\]/);
  });

  it('can run only a few commands of the extension', async () => {
    const { document } = await open(sample('abstract.txt'));
    const position = document.positionAt(document.getText().indexOf('Tamoxifen') + 1);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      position,
    );
    const trusted = hovers.flatMap(({ contents }) => contents).map((each) => each as vscode.MarkdownString);
    assert.ok(trusted.length > 0);
    for (const { isTrusted } of trusted) {
      assert.deepEqual(isTrusted, {
        enabledCommands: [
          'biobert.findAllMentions',
          'biobert.entities.reveal',
          'biobert.acceptEntity',
          'biobert.rejectEntity',
          'biobert.retypeEntity',
          'biobert.undoEntity',
          'biobert.chooseConcept',
          'biobert.mentionDetails',
        ],
      });
    }
  });

  it('follows an edit that was not saved', async () => {
    const editor = await openNew('new.txt', 'Nothing here.\n');
    await editor.edit((edit) =>
      edit.insert(new vscode.Position(0, 0), 'Patients took tamoxifen for breast cancer.\n'),
    );
    assert.match(await hoverOn(editor.document, 'tamoxifen'), /Chemical/);
  });

  it('works in untitled documents', async () => {
    const document = await vscode.workspace.openTextDocument({
      language: 'markdown',
      content: 'Patients took *tamoxifen* for breast cancer.',
    });
    await vscode.window.showTextDocument(document);
    assert.match(await hoverOn(document, 'tamoxifen'), /Chemical/);
  });

  it('does not appear when it is turned off', async () => {
    const { document } = await open(sample('abstract.txt'));
    await set('hover.enabled', false);
    assert.equal(await hoverOn(document, 'Tamoxifen'), '');
  });
});
