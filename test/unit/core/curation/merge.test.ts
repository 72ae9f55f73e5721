import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noDecisions, type Decisions, type EntityDecision } from '../../../../src/core/curation/decisions';
import { evidenceKey, type Evidence } from '../../../../src/core/curation/evidenceFile';
import { mergeDecisions, mergeEvidence } from '../../../../src/core/curation/merge';

function pin(id: number, note = ''): Evidence {
  return {
    topic: { kind: 'question', question: 'Which drugs?' },
    document: 'a.md',
    start: id,
    end: id + 1,
    line: 1,
    sentence: `Sentence ${id}.`,
    probability: 0.5,
    isDenied: false,
    isSpeculative: false,
    citation: '',
    note,
  };
}

const idOf = ({ start }: Evidence): number => start;
const noteOf = (all: readonly Evidence[], id: number) => all.find((each) => idOf(each) === id)?.note;

type Table = readonly Evidence[];
const add = (id: number) => (table: Table) =>
  table.some((each) => idOf(each) === id) ? table : [...table, pin(id)];
const edit = (id: number, note: string) => (table: Table) =>
  table.map((each) => (idOf(each) === id ? { ...each, note } : each));
const remove = (id: number) => (table: Table) => table.filter((each) => idOf(each) !== id);

describe('mergeEvidence', () => {
  const base = [pin(1), pin(2), pin(3)];

  it('keeps additions of both sides and removes what one side removed', () => {
    const ours = add(4)(remove(1)(base));
    const theirs = add(5)(remove(2)(base));
    expect(mergeEvidence({ base, ours, theirs }).map(idOf)).toEqual([3, 4, 5]);
  });

  it.each([
    ['theirs', 'one', '', 'one'],
    ['ours', '', 'two', 'two'],
    ['both, with the words of both', 'one', 'two', 'one; two'],
    ['both, without repeating the same words', 'one', 'one', 'one'],
    ['both, without repeating a part', 'one and more', 'one', 'one and more'],
  ])('takes a note that was changed by %s', (_, their, our, expected) => {
    const ours = edit(2, our)(base);
    const theirs = edit(2, their)(base);
    expect(noteOf(mergeEvidence({ base, ours, theirs }), 2)).toBe(expected);
  });

  it('keeps an entry that one side removed and the other side changed', () => {
    const [removed, edited] = [remove(2)(base), edit(2, 'important')(base)];
    expect(noteOf(mergeEvidence({ base, ours: removed, theirs: edited }), 2)).toBe('important');
    expect(noteOf(mergeEvidence({ base, ours: edited, theirs: removed }), 2)).toBe('important');
  });

  it('joins the notes of an entry that occurs twice, as after a merge by lines', () => {
    const theirs = [pin(1, 'one'), pin(1, 'two'), pin(2), pin(3)];
    const merged = mergeEvidence({ base, ours: base, theirs });
    expect([merged.map(idOf), noteOf(merged, 1)]).toEqual([[1, 2, 3], 'one; two']);
  });

  it('takes a probability that only differs by rounding for unchanged', () => {
    const theirs = [{ ...pin(1), probability: 0.500_001 }];
    expect(mergeEvidence({ base: [pin(1)], ours: [], theirs })).toEqual([]);
  });
});

describe('mergeDecisions', () => {
  const rejected: EntityDecision = { name: 'CAT', type: 'Gene', verdict: 'rejected' };
  const entities = (...all: readonly EntityDecision[]): Decisions => ({ ...noDecisions, entities: all });

  it('keeps decisions of both sides; about the same name, ours is the later one', () => {
    const accepted: EntityDecision = { ...rejected, verdict: 'accepted' };
    const other: EntityDecision = { ...rejected, name: 'CDK2' };
    const merged = mergeDecisions({
      base: noDecisions,
      ours: entities(accepted),
      theirs: entities(other, rejected),
    });
    expect(merged.entities).toEqual([other, accepted]);
  });

  it('takes a decision that only the other side changed', () => {
    const base = entities(rejected);
    const theirs = entities({ ...rejected, verdict: 'accepted' });
    expect(mergeDecisions({ base, ours: base, theirs })).toEqual(theirs);
    expect(mergeDecisions({ base, ours: theirs, theirs: base })).toEqual(theirs);
  });

  it('respects a decision that was undone by one side', () => {
    const base = entities(rejected);
    expect(mergeDecisions({ base, ours: noDecisions, theirs: base })).toEqual(noDecisions);
    expect(mergeDecisions({ base, ours: base, theirs: noDecisions })).toEqual(noDecisions);
  });
});

/**
 * Two windows and git on one file, as a model of what the editor does. Each window remembers the table that it read or
 * wrote last. A window writes by merging its change into the file; its memory may be older than the file.
 */
type Action =
  | { readonly kind: 'add' | 'remove' | 'edit'; readonly window: 0 | 1; readonly id: number }
  | { readonly kind: 'read'; readonly window: 0 | 1 }
  /** Git replaces the file by an earlier version with further pins, as a checkout and a pull do. */
  | { readonly kind: 'checkout'; readonly id: number };

const anyId = fc.integer({ min: 0, max: 7 });
const anyWindow = fc.constantFrom(0 as const, 1 as const);
const anyAction: fc.Arbitrary<Action> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('add' as const, 'add' as const, 'remove' as const, 'edit' as const),
    window: anyWindow,
    id: anyId,
  }),
  fc.record({ kind: fc.constant('read' as const), window: anyWindow }),
  fc.record({ kind: fc.constant('checkout' as const), id: fc.integer({ min: 100, max: 107 }) }),
);

class Model {
  file: Table = [];
  readonly memory: [Table, Table] = [[], []];
  /** Pins that must be in the file: added, and since then neither removed nor absent from a checkout. */
  readonly wanted = new Set<number>();
  /** The words of notes that must be in the file, by pin. */
  readonly notes = new Map<number, string[]>();
  private serial = 0;

  run(action: Action): void {
    if (action.kind === 'read') this.memory[action.window] = this.file;
    else if (action.kind === 'checkout') this.checkOut(action.id);
    else this.change(action);
  }

  private checkOut(id: number): void {
    // The checkout has every second pin of the file, and one of its own.
    this.file = add(id)(this.file.filter((_, i) => i % 2 === 0));
    const present = new Set(this.file.map(idOf));
    for (const each of [...this.wanted]) if (!present.has(each)) this.forget(each);
    this.wanted.add(id);
  }

  private change({ kind, window, id }: Exclude<Action, { kind: 'read' | 'checkout' }>): void {
    const base = this.memory[window];
    const isKnown = base.some((each) => idOf(each) === id);
    const word = `note${this.serial++}`;
    const update = kind === 'add' ? add(id) : kind === 'remove' ? remove(id) : edit(id, word);
    const ours = update(base);
    this.file = this.memory[window] = mergeEvidence({ base, ours, theirs: this.file });
    if (kind === 'remove') this.forgetIfUnchanged(id);
    if (kind === 'add' && !isKnown) this.wanted.add(id);
    if (kind === 'edit' && isKnown) {
      this.wanted.add(id);
      // The window has seen the earlier words of its own memory, and replaced them.
      const seen = noteOf(base, id) ?? '';
      const unseen = (this.notes.get(id) ?? []).filter((each) => !seen.includes(each));
      this.notes.set(id, [...unseen, word]);
    }
  }

  /** A removal counts unless the other side changed the entry meanwhile, in which case it stays. */
  private forgetIfUnchanged(id: number): void {
    if (!this.file.some((each) => idOf(each) === id)) this.forget(id);
  }

  private forget(id: number): void {
    this.wanted.delete(id);
    this.notes.delete(id);
  }
}

describe('two windows and git', () => {
  it('lose no pin and no note that nobody removed, in any order of additions, edits, removals and checkouts', () => {
    let kept = 0;
    fc.assert(
      fc.property(fc.array(anyAction, { maxLength: 60, size: 'max' }), (actions) => {
        const model = new Model();
        for (const action of actions) {
          model.run(action);
          const present = new Set(model.file.map(idOf));
          expect([...model.wanted].filter((id) => !present.has(id))).toEqual([]);
          for (const [id, words] of model.notes)
            expect(words.filter((word) => noteOf(model.file, id)?.includes(word) !== true)).toEqual([]);
          expect(new Set(model.file.map(evidenceKey)).size).toBe(model.file.length);
          kept += model.wanted.size;
        }
      }),
      { numRuns: 500 },
    );
    expect(kept).toBeGreaterThan(10_000);
  });

  it('removes a pin that a window removes after it has read the file', () => {
    fc.assert(
      fc.property(
        fc.array(anyAction, { maxLength: 40, size: 'max' }),
        anyWindow,
        anyId,
        (actions, window, id) => {
          const model = new Model();
          for (const action of actions) model.run(action);
          model.run({ kind: 'read', window });
          model.run({ kind: 'remove', window, id });
          expect(model.file.map(idOf)).not.toContain(id);
        },
      ),
    );
  });
});
