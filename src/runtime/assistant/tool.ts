import * as z from 'zod';
import { BioBertError, errorCodes } from '../../core/errors';
import type { AssistantToolName } from '../../protocol/assistantTools';
import type { FolderSource, FolderState } from './folderSource';

/** A tool as a host registers it: in the editor as a language-model tool, in the terminal as a tool of MCP. */
export interface AssistantTool {
  /** `biobert_ask`. The name in all hosts. */
  readonly name: AssistantToolName;
  /** The name in the user interface. */
  readonly title: string;
  /** Tells a language model when to call the tool and what it gives. */
  readonly description: string;
  readonly input: z.ZodType;
  /**
   * Runs the tool.
   *
   * @param input As a language model wrote it; it is checked here.
   * @returns plain data for a language model.
   * @throws {BioBertError} ARGUMENT_INVALID if the input does not have the form of {@link input}, or names a document outside of
   *   the folder; as the engine throws. {@link CancelledError} after the signal aborts.
   */
  readonly run: (input: unknown, source: FolderSource, signal: AbortSignal) => Promise<object>;
}

interface ToolDefinition<Input> extends Omit<AssistantTool, 'input' | 'run'> {
  readonly input: z.ZodType<Input>;
  readonly run: (input: Input, source: FolderSource, signal: AbortSignal) => Promise<object>;
}

/** Defines a tool whose input is checked before it runs. */
export function defineTool<Input>({ run, ...definition }: ToolDefinition<Input>): AssistantTool {
  return {
    ...definition,
    run: (input, source, signal) => run(checked(definition, input), source, signal),
  };
}

function checked<Input>(
  { name, input: form }: Pick<ToolDefinition<Input>, 'name' | 'input'>,
  input: unknown,
): Input {
  const { success, data, error } = form.safeParse(input ?? {});
  if (success) return data;
  const problems = error.issues.map(({ path, message }) => `${path.join('.') || 'input'}: ${message}`);
  throw new BioBertError(
    errorCodes.ARGUMENT_INVALID,
    `The input of ${name} is not valid. ${problems.slice(0, 5).join('; ')}.`,
    'Correct it and call the tool again.',
  );
}

/** The longest name or question that a tool takes, in characters. */
export const maxInput = 500;

/** The parts of inputs that several tools have. */
export const inputs = {
  name: (description: string) => z.string().trim().min(1).max(maxInput).optional().describe(description),
  type: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .optional()
    .describe('Only this type of entity: Gene, Disease, Chemical, Species, Variant or CellLine.'),
  document: z
    .string()
    .min(1)
    .max(4096)
    .optional()
    .describe('Only this document: its path in the folder, as another result gives it.'),
  limit: (most: number, usual: number) =>
    z
      .number()
      .int()
      .min(1)
      .max(most)
      .default(usual)
      .describe(`The largest number of results. Default: ${usual}.`),
} as const;

/** The facts about the folder in each result. */
export interface FolderFacts {
  readonly documents: number;
  /** Tells that results are not complete. Absent if they are. */
  readonly note?: string;
}

/** @param outdated Documents that have changed since they were read, by their paths. Default: none. */
export function folderFacts(
  { documents, read, unreadable }: FolderState,
  outdated: readonly string[] = [],
): FolderFacts {
  const left = documents - unreadable.length - read;
  const notes = [
    ...(left > 0
      ? [
          `${left} of ${documents} documents are still being read; results do not have them yet. Call again later.`,
        ]
      : []),
    ...(outdated.length > 0
      ? [
          `${outdated.slice(0, 5).join(', ')}${outdated.length > 5 ? ' and others' : ''} changed since being read; results leave out what may have moved. Call again later.`,
        ]
      : []),
    ...unreadable.slice(0, 5).map(({ document, reason }) => `${document} could not be read: ${reason}`),
    ...(unreadable.length > 5 ? [`${unreadable.length - 5} other documents could not be read.`] : []),
  ];
  return { documents, ...(notes.length > 0 && { note: notes.join(' ') }) };
}
