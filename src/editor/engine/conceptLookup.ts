import { throwIfCancelled } from '../../core/errors';
import type { ConceptEngine, ConceptEntry, ConceptsRequest } from '../../protocol/engine';
import { describeError, type Logger } from '../log';

/** Maximum number of concepts whose names begin with what was typed. */
const maxNamed = 50;

/** Maximum number of concepts that one question names. */
const maxMentioned = 20;

/**
 * Looks up concepts for the panel. Without a terminology nothing is found. A failure is logged and finds nothing, because
 * the filter and the questions also work without concepts.
 */
export class ConceptLookup {
  constructor(
    private readonly engine: ConceptEngine,
    private readonly log: Logger,
  ) {}

  /** The identifiers of the concepts that a typed name may mean. */
  async named(text: string): Promise<readonly string[]> {
    const found = await this.find({ text, match: 'name', limit: maxNamed });
    return [...new Set(found.map(({ id }) => id))];
  }

  /** The concepts that a question names, in its order. */
  mentionedIn(question: string, signal: AbortSignal): Promise<readonly ConceptEntry[]> {
    return this.find({ text: question, match: 'mentions', limit: maxMentioned }, signal);
  }

  private async find(request: ConceptsRequest, signal?: AbortSignal): Promise<readonly ConceptEntry[]> {
    try {
      const { concepts } = await this.engine.concepts({ priority: 'interactive', ...request }, { signal });
      return concepts;
    } catch (error) {
      throwIfCancelled(signal);
      this.log.info(`Concepts: ${describeError(error)}`);
      return [];
    }
  }
}
