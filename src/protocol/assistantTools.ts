/**
 * The names of the tools for assistants. `runtime/assistant/tools.ts` has the tools, and `package.json` declares them for
 * VS Code; a test compares all three.
 */
export const assistantToolNames = [
  'biobert_find_entities',
  'biobert_find_relations',
  'biobert_ask',
  'biobert_list_evidence',
  'biobert_next_record',
] as const;

export type AssistantToolName = (typeof assistantToolNames)[number];
