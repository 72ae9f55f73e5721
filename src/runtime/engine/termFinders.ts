import { UserTermFinder } from '../../core/linking/userTermMarks';
import type { UserTerm } from '../../core/types';

/**
 * Keeps the finder of the latest terms. Every request brings the terms of the user, which hardly change, and 20,000 terms
 * take seconds to prepare.
 */
export class TermFinders {
  private latest: { readonly key: string; readonly finder: UserTermFinder } | undefined;

  of(terms: readonly UserTerm[]): UserTermFinder {
    const key = JSON.stringify(terms);
    if (this.latest?.key !== key) this.latest = { key, finder: new UserTermFinder(terms) };
    return this.latest.finder;
  }

  clear(): void {
    this.latest = undefined;
  }
}
