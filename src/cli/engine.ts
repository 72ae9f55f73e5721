import type { BioBertEngine, Engine, ModelInfo } from '../protocol/engine';
import { type ModelTask, taskTable } from '../protocol/tasks';
import { createEngine } from '../runtime/engine/engine';
import type { EngineOptions } from '../runtime/engine/engineOptions';
import { modelHint } from '../runtime/engine/modelHint';
import { type Interrupt, withInterrupt } from './interrupt';

/** Runs a command that needs an engine, and shuts the engine down however the command ends. @returns the exit code. */
export function withEngine(
  options: EngineOptions,
  run: (engine: BioBertEngine, interrupt: Interrupt) => Promise<number>,
): Promise<number> {
  return withInterrupt(async (interrupt) => {
    const engine = createEngine(options);
    try {
      return await run(engine, interrupt);
    } finally {
      await engine.dispose();
    }
  });
}

/**
 * Loads the model of a task.
 * @param option The command's option that names another folder. Default: the option of the table of tasks.
 * @throws as {@link Engine.load}; a missing folder with the advice of {@link modelHint}.
 */
export function loadModel(
  engine: Engine,
  task: ModelTask,
  signal: AbortSignal,
  option: string = taskTable[task].option,
): Promise<ModelInfo> {
  return engine.load(signal, task).catch(modelHint(taskTable[task].noun, option));
}
