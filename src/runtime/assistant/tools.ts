import type { AssistantTool } from './tool';
import { askFolder } from './tools/askFolder';
import { findEntities } from './tools/findEntities';
import { findRelations } from './tools/findRelations';
import { listEvidence } from './tools/listEvidence';
import { nextRecord } from './tools/nextRecord';

/**
 * The tools that an assistant can call. Few tools with few parameters are called correctly more often than many.
 * `package.json` declares the same tools for VS Code; a test compares them.
 */
export const assistantTools: readonly AssistantTool[] = [
  findEntities,
  findRelations,
  askFolder,
  listEvidence,
  nextRecord,
];
