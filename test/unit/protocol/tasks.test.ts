import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import { heads } from '../../../src/core/checkpointHead';
import {
  byTask,
  defaultTask,
  isModelTask,
  modelTasks,
  taskOfHead,
  taskTable,
} from '../../../src/protocol/tasks';

const root = path.resolve(import.meta.dirname, '../../..');

describe('the table of model tasks', () => {
  it('has an entry for each task and no others', () => {
    expect(Object.keys(taskTable)).toEqual([...modelTasks]);
    expect(modelTasks).toContain(defaultTask);
  });

  it.each(['folder', 'setting', 'option', 'noun', 'does'] as const)(
    'gives each task a different %s',
    (fact) => {
      expect(new Set(modelTasks.map((task) => taskTable[task][fact])).size).toBe(modelTasks.length);
    },
  );

  it.each(modelTasks)('names a folder that exists for the model of %s', (task) => {
    expect(fs.existsSync(path.join(root, 'models', taskTable[task].folder))).toBe(true);
  });

  it.each(modelTasks)('finds the task %s by the head of its checkpoints', (task) => {
    expect(taskOfHead(taskTable[task].head)).toBe(task);
  });

  it('has no task for a checkpoint without a last layer', () => {
    expect(heads.filter((head) => taskOfHead(head) === undefined)).toEqual(['encoder']);
  });
});

describe('a task name', () => {
  it('is recognised among others', () => {
    expect(modelTasks.every(isModelTask)).toBe(true);
    expect([undefined, 'feature-extraction', 'toString'].some(isModelTask)).toBe(false);
  });

  it('is mapped to a value by a function', () => {
    expect(byTask((task) => taskTable[task].folder)).toEqual({
      'token-classification': 'tagger',
      'relation-extraction': 'relations',
      'question-answering': 'questions',
    });
  });
});
