import type { QuestionEngine, RelationEngine } from '../../protocol/engine';

/** What the panel asks. */
export type PanelEngine = RelationEngine & QuestionEngine;
