import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { answer } from '../modelDialogs';
import { closeAll, hoverAt, open, openNew, sample, until } from '../support';
import { selectors, window } from '../window';

const text = [
  'Loss of BRCA1 predicts the response of breast cancer to olaparib.',
  '',
  'Mutations of TP53 and of BRCA1 are common in breast cancer.',
  '',
].join('\n');

/** Returns the labels of the visible rows, as screen readers read them. */
async function rows(): Promise<string[]> {
  return await window.attributes(selectors.tree, 'aria-label');
}

async function untilRow(pattern: RegExp): Promise<string[]> {
  return await untilRows(`a row ${String(pattern)}`, (found) => found.some((row) => pattern.test(row)));
}

async function untilNoRow(pattern: RegExp): Promise<string[]> {
  return await untilRows(`no row ${String(pattern)}`, (found) => !found.some((row) => pattern.test(row)));
}

async function untilRows(what: string, accept: (rows: readonly string[]) => boolean): Promise<string[]> {
  let last: string[] = [];
  try {
    return await until(
      what,
      async () => {
        last = await rows();
        return accept(last) && last;
      },
      15_000,
    );
  } catch (cause) {
    throw new Error(`Not ${what} in\n${last.join('\n')}`, { cause });
  }
}

async function openTagged(name: string, content = text): Promise<vscode.TextEditor> {
  const editor = await openNew(name, content);
  await vscode.commands.executeCommand('biobert.tagDocument');
  await vscode.commands.executeCommand('biobert.entities.focus');
  await untilRow(/^Genes, /);
  return editor;
}

const rowOf = (start: string): string => `${selectors.tree}[aria-label^="${start}"]`;

async function expand(start: string): Promise<void> {
  await untilRow(new RegExp(`^${start}`));
  const [state] = await window.attributes(rowOf(start), 'aria-expanded');
  if (state !== 'true') await window.click(`${rowOf(start)} .monaco-tl-twistie`);
}

function link(document: vscode.TextDocument, name: string, type: string): unknown {
  return { uri: document.uri.toString(), start: 0, end: 0, name, type };
}

async function untilHover(document: vscode.TextDocument, at: vscode.Position, type: RegExp): Promise<void> {
  await until(`a hover with ${String(type)}`, async () =>
    type.test(await hoverAt(document, document.offsetAt(at))),
  );
}

describe('The entities view', () => {
  afterEach(async () => {
    await vscode.commands.executeCommand('biobert.entities.clearFilter');
    await closeAll();
    await untilRows('an empty list', (found) => found.length === 0);
  });

  it('offers to tag an untagged document', async () => {
    await openNew('untagged.txt', text);
    await vscode.commands.executeCommand('biobert.entities.focus');
    await until('the invitation', async () =>
      (await window.texts('.sidebar .welcome-view-content')).some((words) =>
        words.includes('No entities yet'),
      ),
    );
  });

  it('lists types, names and mentions, with counts, places and quotes', async () => {
    await openTagged('list.txt');
    await untilRow(/^BRCA1, Gene, 2 mentions, .*NCBI Gene 672.*human/);
    await expand('BRCA1, Gene');
    const found = await untilRow(
      /^BRCA1, Gene, line 3, \d+ %, “… of TP53 and of BRCA1 are common in breast cancer.”$/,
    );
    assert.ok(found.some((row) => /^BRCA1, Gene, line 1, \d+ %, “Loss of BRCA1 predicts/.test(row)));
  });

  it('tells types apart by shape as well as by colour', async () => {
    await openTagged('icons.txt');
    const icons = await window.attributes(
      `${selectors.tree} .custom-view-tree-node-item-icon.codicon`,
      'class',
    );
    assert.ok(new Set(icons).size >= 3, icons.join('\n'));
    const colours = await window.styles(
      `${selectors.tree} .custom-view-tree-node-item-icon.codicon`,
      'color',
    );
    assert.ok(new Set(colours).size >= 3, colours.join('\n'));
  });

  it('goes to a mention on a click', async () => {
    const editor = await openTagged('jump.txt');
    await expand('TP53, Gene');
    await untilRow(/^TP53, Gene, line 3/);
    await window.click(rowOf('TP53, Gene, line 3'));
    await until('the selection', () => editor.document.getText(editor.selection) === 'TP53');
  });

  it('follows edits, and keeps expanded rows expanded', async () => {
    const editor = await openTagged('edits.txt');
    await expand('TP53, Gene');
    await untilRow(/^TP53, Gene, line 3/);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'A new first line.\n\n'));
    await untilRow(/^TP53, Gene, line 5/);
    const at = editor.document.getText().indexOf('TP53 and of ');
    const range = new vscode.Range(editor.document.positionAt(at), editor.document.positionAt(at + 12));
    await editor.edit((edit) => edit.delete(range));
    await untilNoRow(/^TP53, Gene/);
  });

  it('follows the active editor', async () => {
    await openTagged('here.txt');
    await openTagged('there.txt', 'Cisplatin caused neutropenia. EGFR was amplified in glioma.\n');
    await untilRow(/glioma/);
    await untilNoRow(/BRCA1/);
    await open(sample('here.txt'));
    await untilRow(/BRCA1/);
    await untilNoRow(/glioma/);
  });

  it('filters during typing, says when nothing matches, and shows all rows again on Escape', async () => {
    await openTagged('filter.txt');
    const command = vscode.commands.executeCommand('biobert.entities.filter');
    await until(
      'the input',
      async () => (await window.count('.quick-input-widget:not([style*="none"]) input')) > 0,
    );
    await window.type('tp5');
    const found = await untilNoRow(/BRCA1|breast/);
    assert.ok(
      found.some((row) => row.startsWith('TP53, Gene')),
      found.join('\n'),
    );
    await window.type('zzz');
    await until('a message', async () =>
      (await window.texts('.sidebar .tree-explorer-viewlet-tree-view .message')).some((words) =>
        words.includes('No entity matches “tp5zzz”.'),
      ),
    );
    await window.press('Escape');
    await untilRow(/^BRCA1, Gene/);
    await command;
  });

  it('sorts by name', async () => {
    await openTagged(
      'sort.txt',
      'TP53 and TP53 and BRCA1 are genes. Loss of TP53, BRCA1 and AKT1 was seen.\n',
    );
    const genes = (found: readonly string[]): string[] =>
      found.filter((row) => row.includes(', Gene, ')).map((row) => row.split(',')[0] ?? '');
    const sorted = genes(await rows()).sort((a, b) => a.localeCompare(b));
    assert.ok(sorted.length >= 2, sorted.join());
    const command = vscode.commands.executeCommand('biobert.entities.sort');
    const choices = '.quick-input-list .monaco-list-row';
    await until('the choice', async () =>
      (await window.texts(choices)).some((label) => label.trim() === 'Name'),
    );
    await window.click(`${choices}:has-text("Name")`);
    await command;
    await untilRows('in the order of names', (found) => genes(found).join() === sorted.join());
  });

  it('copies a name by key', async () => {
    await openTagged('copy.txt');
    // The extension gets the selection some time after the click.
    await until('the clipboard', async () => {
      await window.click(rowOf('TP53, Gene'));
      await window.press('Control+c');
      return (await vscode.env.clipboard.readText()) === 'TP53';
    });
  });

  it('says that a tagged document contains no entities', async () => {
    await openNew('nothing.txt', 'The meeting begins at nine. Please bring the forms.\n');
    await vscode.commands.executeCommand('biobert.tagDocument');
    await vscode.commands.executeCommand('biobert.entities.focus');
    await until('the message', async () =>
      (await window.texts('.sidebar .tree-explorer-viewlet-tree-view .message')).some((words) =>
        words.includes('No entities were found in this document.'),
      ),
    );
  });

  it('links a name to the concept that the user chose, until the choice is undone', async () => {
    const { document } = await openTagged('chosen.txt', `${text}Tamoxifen is safe.\n`);
    const at = document.positionAt(document.getText().indexOf('Tamoxifen') + 1);
    const name = link(document, 'Tamoxifen', 'Chemical');
    await untilHover(document, at, /MeSH D013629(?!.*your choice)/);
    const choose = vscode.commands.executeCommand('biobert.chooseConcept', name);
    await until('the list', async () =>
      (await window.texts('.quick-input-widget:visible')).some((words) =>
        words.includes('Concept of “Tamoxifen” (Chemical)'),
      ),
    );
    await window.type('raloxifene');
    const row = '.quick-input-list .monaco-list-row:has-text("MeSH D020849")';
    await until('the concept', async () => (await window.count(row)) > 0);
    await window.click(row);
    await choose;
    await untilHover(document, at, /MeSH D020849.* your choice/);
    await untilRow(/^Tamoxifen, Chemical, 1 mention, Raloxifene/);
    await vscode.commands.executeCommand('biobert.undoEntity', name);
    await untilHover(document, at, /MeSH D013629(?!.*your choice)/);
  });

  it('keeps a name that was added through a change of its type, until it is rejected', async () => {
    const editor = await openTagged('curated.txt', `${text}We met on Tuesday.\n`);
    const { document } = editor;
    const at = document.positionAt(document.getText().indexOf('Tuesday'));
    editor.selection = new vscode.Selection(at, at.translate(0, 'Tuesday'.length));
    const add = vscode.commands.executeCommand('biobert.addEntity');
    await answer('What is', 'Gene');
    await add;
    await untilHover(document, at, /Gene/);
    const retype = vscode.commands.executeCommand('biobert.retypeEntity', link(document, 'Tuesday', 'Gene'));
    await answer('What is', 'Chemical');
    await retype;
    await untilHover(document, at, /Chemical/);
    // The command ends when the offer to undo is answered.
    void vscode.commands.executeCommand('biobert.rejectEntity', link(document, 'Tuesday', 'Chemical'));
    await until('no mark', async () => (await hoverAt(document, document.offsetAt(at))) === '');
    await vscode.commands.executeCommand('notifications.clearAll');
  });
});
