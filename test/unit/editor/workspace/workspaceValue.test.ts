/** Tests that a value in a file of the workspace survives changes to the file by other programs. */
import { describe, expect, it } from 'vitest';
import { BioBertError, errorCodes } from '../../../../src/core/errors';
import { WorkspaceValue, type FileFormat } from '../../../../src/editor/workspace/workspaceValue';
import { nullLogger } from '../../../../src/runtime/log';
import { EventEmitter } from '../vscode';

/** A file with a header line and then one word on each line. Words with a digit are invalid. */
const format: FileFormat<readonly string[], readonly string[]> = {
  empty: [],
  name: 'words',
  read: (text) => {
    const [head, ...words] = text.split('\n');
    if (head !== 'words') return undefined;
    const unread = words.filter((word) => /\d/.test(word));
    return {
      value: words.filter((word) => !unread.includes(word)),
      unread,
      unreadCount: unread.length,
    };
  },
  write: (words, unread = []) => ['words', ...words, ...unread].join('\n'),
};

/** A slow file. It is empty while it is being written, like a real one. */
class FakeFile {
  text: string | undefined;
  failure: Error | undefined;
  private readonly changed = new EventEmitter<void>();
  readonly onDidChange = this.changed.event;

  async read(): Promise<string | undefined> {
    await Promise.resolve();
    if (this.failure) throw this.failure;
    return this.text;
  }

  async write(text: string): Promise<void> {
    if (this.failure) throw this.failure;
    this.become('');
    for (let wait = 0; wait < 5; wait++) await Promise.resolve();
    this.become(text);
  }

  refuse(): never {
    throw new BioBertError(errorCodes.OUTPUT_UNWRITABLE, 'Not ours.', 'Move it away.');
  }

  /** Changes the content, as this program or another one would. */
  become(text: string | undefined): void {
    this.text = text;
    this.changed.fire();
  }
}

function create(text?: string) {
  const file = new FakeFile();
  file.text = text;
  const kept = new WorkspaceValue(file, format, nullLogger);
  const seen: (readonly string[])[] = [];
  kept.onDidChange(() => seen.push(kept.value));
  return { file, kept, seen };
}

const add = (word: string) => (words: readonly string[]) => [...words, word];

describe('WorkspaceValue', () => {
  it('reads the file once and is empty without one', async () => {
    const { kept, seen } = create();
    await kept.load();
    expect(kept.value).toEqual([]);
    expect(seen).toEqual([]);
    const { kept: full } = create('words\na\nb');
    await full.load();
    expect(full.value).toEqual(['a', 'b']);
  });

  it('does not read the file while it is being written', async () => {
    const { file, kept, seen } = create('words\na');
    await kept.change(add('b'));
    await kept.load(true);
    expect(kept.value).toEqual(['a', 'b']);
    expect(seen.every((words) => words.length > 0)).toBe(true);
    expect(file.text).toBe('words\na\nb');
  });

  it('keeps all of several concurrent changes', async () => {
    const { file, kept } = create();
    await Promise.all(['a', 'b', 'c'].map((word) => kept.change(add(word))));
    expect(file.text).toBe('words\na\nb\nc');
  });

  it('recovers after a read during a write of another program', async () => {
    const { file, kept } = create('words\na');
    await kept.load();
    file.become('');
    await kept.load(true);
    expect(kept.value).toEqual([]);
    file.become('words\na');
    await kept.load();
    expect(kept.value).toEqual(['a']);
    await kept.change(add('b'));
    expect(file.text).toBe('words\na\nb');
  });

  it('keeps entries that were added to the file before the change event', async () => {
    const { file, kept } = create('words\na');
    await kept.load();
    file.text = 'words\na\nfrom another window';
    await kept.change(add('b'));
    expect(file.text).toBe('words\na\nfrom another window\nb');
  });

  it('is empty after the file was deleted and creates a new one', async () => {
    const { file, kept } = create('words\na');
    await kept.load();
    file.become(undefined);
    await kept.load();
    expect(kept.value).toEqual([]);
    await kept.change(add('b'));
    expect(file.text).toBe('words\nb');
  });

  it('writes back entries that it could not read', async () => {
    const { file, kept } = create('words\na\nversion 2');
    await kept.change(add('b'));
    expect(kept.value).toEqual(['a', 'b']);
    expect(file.text).toBe('words\na\nb\nversion 2');
  });

  it('refuses to overwrite a file of another format', async () => {
    const { file, kept } = create('a poem');
    await expect(kept.change(add('b'))).rejects.toMatchObject({ code: errorCodes.OUTPUT_UNWRITABLE });
    expect(file.text).toBe('a poem');
  });

  it('keeps its value and refuses changes while the file cannot be read', async () => {
    const { file, kept } = create('words\na');
    await kept.load();
    file.failure = new BioBertError(errorCodes.DOCUMENT_UNREADABLE, 'No.', 'Wait.');
    await kept.load(true);
    expect(kept.value).toEqual(['a']);
    await expect(kept.change(add('b'))).rejects.toMatchObject({ code: errorCodes.DOCUMENT_UNREADABLE });
    file.failure = undefined;
    await kept.change(add('c'));
    expect(file.text).toBe('words\na\nc');
  });
});
