import { wholePercent } from '../../src/core/wholePercent';
import type { PanelWordKey } from '../../src/protocol/panelWords';

/** Localised strings of a page with their values filled in, and numbers formatted for the user's language. */
export class Words<Key extends string = PanelWordKey> {
  constructor(
    private readonly words: Readonly<Record<Key | 'percent', string>>,
    private readonly locale: string,
  ) {}

  text(key: Key | 'percent', ...values: readonly (string | number)[]): string {
    const formatted = values.map((value) => (typeof value === 'number' ? this.count(value) : value));
    return this.words[key].replace(/\{(\d+)\}/g, (_, index: string) => formatted[Number(index)] ?? '');
  }

  /** The text for one or for several. English and German have no other forms. */
  plural(value: number, one: Key, several: Key): string {
    return value === 1 ? this.text(one) : this.text(several, value);
  }

  count(value: number): string {
    return value.toLocaleString(this.locale);
  }

  percent(probability: number): string {
    return this.text('percent', wholePercent(probability));
  }
}

/** A relation type of a model in readable form: `inhibitor`, `gene-disease association`. */
export function relationName(type: string): string {
  return type.replace(/[_-]+/g, ' ').toLowerCase();
}
