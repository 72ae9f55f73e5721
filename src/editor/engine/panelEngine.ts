import type { Engine, QuestionEngine, RelationEngine } from '../../protocol/engine';

/** What the panel asks. */
export type PanelEngine = Pick<Engine, 'load'> & RelationEngine & QuestionEngine;
