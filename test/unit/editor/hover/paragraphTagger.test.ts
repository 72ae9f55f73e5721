import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ParagraphTagger } from '../../../../src/editor/hover/paragraphTagger';
import { Settings } from '../../../../src/editor/settings';
import { createDocument, entity, FakeEngine, result, useManifestDefaults } from '../support';
import { CancellationTokenSource, reset } from '../vscode';

const text = 'Loss of BRCA1.\n\nTP53 is lost.';

useManifestDefaults();
beforeEach(() => {
  reset();
  vi.useFakeTimers();
});

function setUp() {
  const engine = new FakeEngine();
  engine.status = { state: 'working' };
  const tagger = new ParagraphTagger({ engine, settings: new Settings() });
  const document = createDocument(text);
  const tagAt = (word: string, source = new CancellationTokenSource()) =>
    tagger.tagAt(document.as, text.indexOf(word) + 1, source.token);
  return { engine, tagAt, document };
}

const whole = { start: 0, end: text.length };

describe('ParagraphTagger', () => {
  it('waits for a second and then says what it is doing', async () => {
    const { engine, tagAt } = setUp();
    const first = tagAt('BRCA1');
    await vi.advanceTimersByTimeAsync(1000);
    await expect(first).resolves.toBe('reading');
    engine.status = { state: 'loading' };
    const second = tagAt('TP53');
    await vi.advanceTimersByTimeAsync(1000);
    await expect(second).resolves.toBe('loading');
  });

  it('gives the result of a slow request to the next hover on the line, although the pointer had left', async () => {
    const { engine, tagAt } = setUp();
    const source = new CancellationTokenSource();
    const first = tagAt('BRCA1', source);
    await vi.advanceTimersByTimeAsync(1000);
    await first;
    source.cancel();
    expect(engine.last.options.signal?.aborted).toBe(false);
    const second = tagAt('Loss');
    engine.last.resolve(result(whole, [entity(text, 'BRCA1')]));
    await expect(second).resolves.toMatchObject({ entities: [{ name: 'BRCA1' }] });
    expect(engine.requests).toHaveLength(1);
    // The next one asks again: settings and decisions may have changed.
    void tagAt('BRCA1');
    expect(engine.requests).toHaveLength(2);
  });

  it.each(['another line', 'an edit'])('stops a slow request after %s', async (change) => {
    const { engine, tagAt, document } = setUp();
    const first = tagAt('BRCA1');
    await vi.advanceTimersByTimeAsync(1000);
    await first;
    const slow = engine.last;
    if (change === 'an edit') document.edit({ start: 0, removed: 1, text: 'l' });
    void tagAt(change === 'an edit' ? 'BRCA1' : 'TP53');
    expect(slow.options.signal?.aborted).toBe(true);
    expect(engine.requests).toHaveLength(2);
  });

  it('stops a request whose hover is gone within the second', async () => {
    const { engine, tagAt } = setUp();
    const source = new CancellationTokenSource();
    const first = tagAt('BRCA1', source);
    source.cancel();
    await expect(first).rejects.toThrow();
    expect(engine.last.options.signal?.aborted).toBe(true);
  });

  it('throws what the engine throws', async () => {
    const { engine, tagAt } = setUp();
    const first = tagAt('BRCA1');
    engine.last.reject(new Error('broken'));
    await expect(first).rejects.toThrow('broken');
  });
});
