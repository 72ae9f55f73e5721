import { Linker } from '../../core/linking/linker';
import type { Terminology } from '../../core/linking/terminology';
import type { TerminologyInfo } from '../../protocol/engine';
import { type Logger, nullLogger } from '../log';
import { readTerminology } from '../modelFolders/terminologyFolder';

/** A terminology that is ready for use. */
export interface LoadedTerminology {
  readonly info: TerminologyInfo;
  readonly terminology: Terminology;
  readonly linker: Linker;
}

/** The terminology of an engine: loaded at the first use, shared by all requests. */
export class TerminologySlot {
  private loading: Promise<LoadedTerminology | undefined> | undefined;

  constructor(
    private readonly path: string | undefined,
    private readonly log: Logger = nullLogger,
  ) {}

  /** @returns undefined if there is no terminology, or if it cannot be read. The log then says why. */
  get(): Promise<LoadedTerminology | undefined> {
    this.loading ??= this.load();
    return this.loading;
  }

  /** Frees the memory; the next use loads it again. */
  clear(): void {
    this.loading = undefined;
  }

  private async load(): Promise<LoadedTerminology | undefined> {
    if (this.path === undefined || this.path === '') return undefined;
    const started = performance.now();
    try {
      const terminology = await readTerminology(this.path);
      if (terminology === undefined) {
        this.log.info('There is no terminology: mentions are not linked to identifiers.');
        return undefined;
      }
      const { name, version, concepts, names } = terminology.header;
      const took = Math.round(performance.now() - started);
      this.log.info(`Loaded ${name} ${version} with ${concepts} concepts and ${names} names in ${took} ms.`);
      return { info: { name, version }, terminology, linker: new Linker(terminology) };
    } catch (error) {
      // Documents can be tagged without it.
      this.log.warn(
        `The terminology cannot be used, so mentions are not linked: ${error instanceof Error ? error.message : 'unknown error'}`,
      );
      return undefined;
    }
  }
}
