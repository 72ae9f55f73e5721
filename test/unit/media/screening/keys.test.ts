import { describe, expect, it } from 'vitest';
import { commandOf, commands, keysOf } from '../../../../media/screening/keys';

const plain = { code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

describe('the keys of the screening view', () => {
  it('belong to one command each', () => {
    const all = commands.flatMap((command) => keysOf[command]);
    expect(new Set(all).size).toBe(all.length);
    for (const command of commands)
      for (const key of keysOf[command]) expect(commandOf({ ...plain, key })).toBe(command);
  });

  it('work with Caps Lock, and Undo also with Ctrl or Command and Z', () => {
    expect(commandOf({ ...plain, key: 'I' })).toBe('include');
    expect(commandOf({ ...plain, ctrlKey: true, key: 'z' })).toBe('undo');
    expect(commandOf({ ...plain, metaKey: true, key: 'z' })).toBe('undo');
  });

  it.each([
    ['ш', 'KeyI', 'include'],
    ['Ш', 'KeyI', 'include'],
    ['ε', 'KeyE', 'exclude'],
    ['ี', 'KeyU', 'undo'],
    ['ن', 'KeyK', 'previous'],
  ])('are found by their place on a keyboard of another script: %s', (key, code, command) => {
    expect(commandOf({ ...plain, key, code })).toBe(command);
  });

  it('take back with Ctrl and Z on a keyboard of another script', () => {
    expect(commandOf({ ...plain, ctrlKey: true, key: 'я', code: 'KeyZ' })).toBe('undo');
  });

  it('are found by their letter on a Latin keyboard of another layout', () => {
    expect(commandOf({ ...plain, key: 'i', code: 'KeyG' })).toBe('include');
    expect(commandOf({ ...plain, key: 'ö', code: 'KeyS' })).toBeUndefined();
    expect(commandOf({ ...plain, key: '1', code: 'KeyI' })).toBeUndefined();
  });

  it.each([
    { ...plain, ctrlKey: true, key: 'e' },
    { ...plain, altKey: true, key: 'i' },
    { ...plain, ctrlKey: true, shiftKey: true, key: 'z' },
    { ...plain, key: 'x' },
    { ...plain, key: 'Enter' },
  ])('leave other keys alone: %o', (pressed) => {
    expect(commandOf(pressed)).toBeUndefined();
  });
});
