import type { Engine, QuestionEngine, RelationEngine } from '../../protocol/engine';

/** The methods of the engine that the panel uses. */
export type PanelEngine = Pick<Engine, 'load'> & RelationEngine & QuestionEngine;
