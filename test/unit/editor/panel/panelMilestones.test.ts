import { expect, it } from 'vitest';
import { watchMilestones } from '../../../../src/editor/panel/panelMilestones';
import { EventEmitter } from '../vscode';

/** A part of the panel whose content is counted. */
class FakePart {
  size = 0;
  readonly changed = new EventEmitter<undefined>();
  readonly onDidChange = this.changed.event;
  get questions(): readonly string[] {
    return Array.from({ length: this.size }, String);
  }
  get hasEntries(): boolean {
    return this.size > 0;
  }
  set(size: number): void {
    this.size = size;
    this.changed.fire(undefined);
  }
}

it('ticks the steps when relations, questions or evidence are there, and not when they are removed', () => {
  const [relations, folder, history, evidence] = Array.from({ length: 4 }, () => new FakePart());
  if (!relations || !folder || !history || !evidence) throw new Error('Four parts are needed.');
  const model = { relations: { list: relations }, folder: { list: folder }, history, evidence };
  const reached: string[] = [];
  const watch = watchMilestones(model as never, { reach: (milestone) => reached.push(milestone) });
  for (const part of [relations, folder, history, evidence]) part.set(0);
  expect(reached).toEqual([]);
  for (const part of [relations, folder, history, evidence]) part.set(1);
  expect(reached).toEqual(['relate', 'relate', 'ask', 'pin']);
  watch.dispose();
  relations.set(2);
  expect(reached).toHaveLength(4);
});
