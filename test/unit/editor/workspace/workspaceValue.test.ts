/** Tests that a value in a file of the workspace survives changes to the file by other programs. */
import { describe, expect, it } from 'vitest';
import { mergeEntries } from '../../../../src/core/curation/merge';
import { BioBertError, errorCodes } from '../../../../src/core/errors';
import {
  WorkspaceValue,
  type FileFormat,
  type FileLoss,
} from '../../../../src/editor/workspace/workspaceValue';
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
  count: (words) => words.length,
  merge: (sides) => mergeEntries(sides, { keyOf: String, formOf: String }),
};

/** A file that other programs change: before an event, between a read and a write, or so that it cannot be read. */
class FakeFile {
  text: string | undefined;
  copy: string | undefined;
  failure: Error | undefined;
  /** Contents that were moved away because they could not be read. */
  readonly setAsideTexts: (string | undefined)[] = [];
  /** Runs once, after a write has begun. */
  interruption: (() => void) | undefined;
  /** Free space, in characters. */
  space = Infinity;
  writes = 0;
  private readonly changed = new EventEmitter<void>();
  readonly onDidChange = this.changed.event;

  async read(): Promise<string | undefined> {
    await Promise.resolve();
    if (this.failure) throw this.failure;
    return this.text;
  }

  readCopy(): Promise<string | undefined> {
    return Promise.resolve(this.copy);
  }

  exclusively<T>(work: () => Promise<T>): Promise<T> {
    return work();
  }

  async replace(text: string, previous: string | undefined): Promise<boolean> {
    if (text.length > this.space)
      throw new BioBertError(errorCodes.OUTPUT_UNWRITABLE, 'The disk is full.', 'Free some space.');
    for (let wait = 0; wait < 5; wait++) await Promise.resolve();
    this.interruption?.();
    this.interruption = undefined;
    if (this.text !== previous) return false;
    this.copy = previous ?? this.copy;
    this.writes++;
    this.become(text);
    return true;
  }

  setAside(): Promise<void> {
    this.setAsideTexts.push(this.text);
    this.text = undefined;
    return Promise.resolve();
  }

  refuse(kept: number): never {
    throw new BioBertError(errorCodes.OUTPUT_UNWRITABLE, `Not ours; ${kept} kept.`, 'Move it away.');
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
  const pauses: number[] = [];
  const pause = (ms: number): Promise<unknown> => Promise.resolve(pauses.push(ms));
  const kept = new WorkspaceValue({ file, format, log: nullLogger, pause });
  const seen: (readonly string[])[] = [];
  const losses: FileLoss[] = [];
  kept.onDidChange(() => seen.push(kept.value));
  kept.onDidLoseFile((loss) => losses.push(loss));
  return { file, kept, seen, losses, pauses };
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

  it('waits for a program that is writing the file before it calls the file unreadable', async () => {
    const { file, kept, losses, pauses } = create('words\na');
    await kept.load();
    file.text = '';
    const loading = kept.load(true);
    while (pauses.length === 0) await Promise.resolve();
    file.text = 'words\na\nb';
    await loading;
    expect(kept.value).toEqual(['a', 'b']);
    expect(losses).toEqual([]);
  });

  it.each(['', ' \n', 'wor', '<<<<<<< HEAD\nwords\na', 'a poem'])(
    'keeps its value while the file is %j, says so once, and refuses changes',
    async (damaged) => {
      const { file, kept, losses } = create('words\na\nb');
      await kept.load();
      for (let i = 0; i < 3; i++) file.become(damaged);
      await kept.load();
      expect(kept.value).toEqual(['a', 'b']);
      expect(losses).toEqual([{ kind: 'unreadable', entries: 2 }]);
      await expect(kept.change(add('c'))).rejects.toMatchObject({ message: 'Not ours; 2 kept.' });
      expect(losses).toHaveLength(2);
      expect([file.text, kept.value]).toEqual([damaged, ['a', 'b']]);
    },
  );

  it('restores the value in memory and keeps the damaged file under another name', async () => {
    const { file, kept } = create('words\na\nb');
    await kept.load();
    file.become('wor');
    await kept.load();
    await kept.restore();
    expect([file.text, file.setAsideTexts]).toEqual(['words\na\nb', ['wor']]);
    await kept.change(add('c'));
    expect(file.text).toBe('words\na\nb\nc');
  });

  it('restores the last good copy if the file was damaged before it was read', async () => {
    const { file, kept, losses } = create('wor');
    file.copy = 'words\na\nb';
    await kept.load();
    expect([kept.value, losses]).toEqual([[], [{ kind: 'unreadable', entries: 2 }]]);
    await expect(kept.change(add('c'))).rejects.toThrow('2 kept');
    await kept.restore();
    expect([file.text, file.setAsideTexts]).toEqual(['words\na\nb', ['wor']]);
  });

  it('does not restore over a file that a person has repaired', async () => {
    const { file, kept } = create('words\na\nb');
    await kept.load();
    file.become('wor');
    await kept.load();
    file.become('words\nb');
    await kept.load();
    await kept.restore();
    expect([file.text, file.setAsideTexts]).toEqual(['words\nb', []]);
  });

  it('restores a deleted file together with what was added since', async () => {
    const { file, kept, losses } = create('words\na\nb');
    await kept.load();
    file.become(undefined);
    await kept.change(add('c'));
    expect([file.text, losses]).toEqual(['words\nc', [{ kind: 'deleted', entries: 2 }]]);
    await kept.restore();
    expect(file.text?.split('\n').sort()).toEqual(['a', 'b', 'c', 'words']);
  });

  it('takes an empty file for a new one if there is nothing to lose', async () => {
    const { file, kept } = create('');
    await kept.change(add('a'));
    expect(file.text).toBe('words\na');
  });

  it('merges what another window writes while this one writes', async () => {
    const { file, kept } = create('words\na\nb');
    await kept.load();
    file.interruption = () => (file.text = 'words\nb\nfrom another window');
    await kept.change(add('c'));
    expect(file.text).toBe('words\nb\nfrom another window\nc');
  });

  it('refuses a change in the end if another program never stops to write', async () => {
    const { file, kept } = create('words\na');
    await kept.load();
    const interrupt = () => {
      file.text = `${String(file.text)}\nb`;
      // Set again after it has run.
      queueMicrotask(() => (file.interruption = interrupt));
    };
    file.interruption = interrupt;
    await expect(kept.change(add('c'))).rejects.toMatchObject({ code: errorCodes.FILE_BUSY });
    expect(kept.value).toEqual(['a']);
  });

  it('does not write a file that would not change', async () => {
    const { file, kept } = create('words\na');
    await kept.change((words) => words);
    expect(file.writes).toBe(0);
  });

  it('loses nothing when the disk is full, and writes everything after space is freed', async () => {
    const { file, kept } = create();
    const words = Array.from({ length: 113 }, (_, i) => `pin${'x'.repeat(i)}`);
    for (const word of words) await kept.change(add(word));
    file.space = file.text?.length ?? 0;
    for (const word of ['late', 'later'])
      await expect(kept.change(add(word))).rejects.toThrow('The disk is full.');
    await kept.load(true);
    expect(kept.value).toEqual(words);
    expect(file.text).toBe(['words', ...words].join('\n'));
    file.space = Infinity;
    for (const word of ['late', 'later']) await kept.change(add(word));
    expect(kept.value).toEqual([...words, 'late', 'later']);
    expect(file.text).toBe(['words', ...words, 'late', 'later'].join('\n'));
  });

  it('keeps entries that were added to the file before the change event', async () => {
    const { file, kept } = create('words\na');
    await kept.load();
    file.text = 'words\na\nfrom another window';
    await kept.change(add('b'));
    expect(file.text.split('\n').sort()).toEqual(['a', 'b', 'from another window', 'words']);
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
