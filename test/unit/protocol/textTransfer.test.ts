import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  commonEnd,
  commonStart,
  isTextPart,
  TextReceiver,
  TextSender,
} from '../../../src/protocol/textTransfer';

/** Sends a text and returns what the receiver then has under its id. */
function transfer(sender: TextSender, receiver: TextReceiver, document: string, text: string) {
  const { id, parts } = sender.prepare(document, text);
  const sent = [...parts].map((part) => structuredClone(part));
  expect(sent.every(isTextPart)).toBe(true);
  for (const part of sent) receiver.receive(part);
  return {
    text: receiver.textOf(document, id),
    characters: sent.reduce((sum, part) => sum + part.text.length, 0),
    parts: sent.length,
  };
}

describe('transferring text', () => {
  it('sends a large text in parts, and nothing when it is unchanged', () => {
    const [sender, receiver] = [new TextSender(), new TextReceiver()];
    const text = 'gene '.repeat(200_000);
    const first = transfer(sender, receiver, 'a', text);
    expect(first.text).toBe(text);
    expect(first.parts).toBeGreaterThan(2);
    expect(transfer(sender, receiver, 'a', `${text.slice(0, 7)}${text.slice(7)}`)).toEqual({
      text,
      characters: 0,
      parts: 0,
    });
  });

  it('sends only what an edit changed', () => {
    const [sender, receiver] = [new TextSender(), new TextReceiver()];
    const text = Array.from({ length: 100_000 }, (_, i) => `${i} `).join('');
    transfer(sender, receiver, 'a', text);
    const edited = text.replace('50000 ', 'tamoxifen ');
    const { text: received, characters } = transfer(sender, receiver, 'a', edited);
    expect(received).toBe(edited);
    expect(characters).toBeLessThan(20);
  });

  it('transfers every text and every edit, for any characters', () => {
    const characters = fc.string({
      unit: fc.constantFrom('a', 'b', '\ud83e', '\udd2c', 'é', '\r\n'),
      maxLength: 20,
    });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('x', 'y'), characters), { maxLength: 10 }),
        (versions) => {
          const [sender, receiver] = [new TextSender(), new TextReceiver()];
          for (const [document, text] of versions)
            expect(transfer(sender, receiver, document, text).text).toBe(text);
        },
      ),
    );
  });

  it('returns undefined for a text that the receiver never had or has dropped', () => {
    const [sender, receiver] = [new TextSender(), new TextReceiver()];
    for (let i = 0; i < 20; i++) transfer(sender, receiver, `document ${i}`, `text ${i}`);
    const { id } = sender.prepare('document 19', 'text 19');
    expect(receiver.textOf('document 19', id)).toBe('text 19');
    expect(new TextReceiver().textOf('document 19', id)).toBeUndefined();
    expect(receiver.textOf('document 0', 1)).toBeUndefined();
    expect(transfer(sender, receiver, 'document 0', 'text 0').text).toBe('text 0');
  });

  it('sends the whole text again after both ends forgot it', () => {
    const [sender, receiver] = [new TextSender(), new TextReceiver()];
    transfer(sender, receiver, 'a', 'BRCA1 is a gene');
    receiver.forget('a');
    expect(transfer(sender, receiver, 'a', 'BRCA2 is a gene').text).toBeUndefined();
    sender.forget('a');
    expect(transfer(sender, receiver, 'a', 'BRCA2 is a gene').text).toBe('BRCA2 is a gene');
  });

  it('ignores a splice outside the text, and an incomplete series of parts', () => {
    const receiver = new TextReceiver();
    const part = { document: 'a', id: 1, base: 0, start: 0, removed: 0, text: 'abc', last: true };
    receiver.receive(part);
    receiver.receive({ ...part, id: 2, base: 1, start: 2, removed: 9 });
    expect(receiver.textOf('a', 2)).toBeUndefined();
    receiver.receive({ ...part, id: 3, last: false });
    receiver.receive({ ...part, id: 4, text: 'xyz' });
    expect(receiver.textOf('a', 4)).toBe('xyz');
  });
});

describe('commonStart and commonEnd', () => {
  it('return the lengths of the longest common parts', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 30 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        const start = commonStart(a, b);
        expect(a.slice(0, start)).toBe(b.slice(0, start));
        if (start < Math.min(a.length, b.length)) expect(a[start]).not.toBe(b[start]);
        const limit = Math.min(a.length, b.length) - start;
        const end = commonEnd(a, b, limit);
        expect(a.slice(a.length - end)).toBe(b.slice(b.length - end));
        if (end < limit) expect(a.at(-end - 1)).not.toBe(b.at(-end - 1));
      }),
    );
  });
});
