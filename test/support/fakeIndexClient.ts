import type {
  IndexStats,
  KnownDocument,
  PutDocument,
  PutFindings,
  Restamp,
} from '../../src/protocol/indexMessages';
import type { Method } from '../../src/protocol/rpc';

/** The answers of the worker of an index, from a map. It has no marks and no relations. */
export class FakeIndexClient {
  readonly exists = true;
  readonly documents = new Map<string, KnownDocument>();
  readonly put: string[] = [];
  readonly found: string[] = [];
  readonly findings: PutFindings[] = [];
  readonly restamped: string[] = [];
  isRebuilt = false;
  readonly counts = { relations: 0, embedded: 0, skippedPairs: 0 };

  request<P, R>(method: Method<P, R>, params: P): Promise<R> {
    return Promise.resolve(this.answer(method.name, params) as R);
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  private papers(): Pick<IndexStats, 'papers' | 'otherDocuments'> {
    const counts = [...this.documents.values()].map(({ papers }) => papers);
    return { papers: 0, otherDocuments: counts.reduce((sum, papers) => sum + papers, 0) };
  }

  private answer(name: string, params: unknown): unknown {
    switch (name) {
      case 'known':
        return [...this.documents.values()];
      case 'stats':
        return { ...this.counts, ...this.papers(), passages: this.documents.size, isRebuilt: this.isRebuilt };
      case 'put': {
        const { document, stamp, content, passages } = params as PutDocument;
        const papers = passages.length === 0 ? 0 : 1;
        this.documents.set(document, {
          document,
          stamp,
          content,
          models: '',
          partModels: '',
          parts: 0,
          papers,
        });
        return void this.put.push(document);
      }
      case 'restamp': {
        const { document, stamp } = params as Restamp;
        const known = this.documents.get(document);
        if (known) this.documents.set(document, { ...known, stamp });
        return void this.restamped.push(document);
      }
      case 'findings': {
        const { document, models, part, skippedPairs } = params as PutFindings;
        const { number, isLast } = part ?? { number: 0, isLast: true };
        this.counts.skippedPairs += skippedPairs;
        const known = this.documents.get(document);
        const state = { models: isLast ? models : '', partModels: models, parts: number + 1 };
        if (known) this.documents.set(document, { ...known, ...state });
        this.findings.push(params as PutFindings);
        return isLast ? void this.found.push(document) : undefined;
      }
      case 'marks':
      case 'relations':
        return [];
      case 'complete':
        this.isRebuilt = false;
        return undefined;
      default:
        for (const document of params as readonly string[]) this.documents.delete(document);
        return undefined;
    }
  }
}
