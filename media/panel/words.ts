import type { PanelWordKey, PanelWords } from '../../src/protocol/panelWords';

/** What the panel says, filled in, and its numbers as the user's language writes them. */
export class Words {
  constructor(
    private readonly words: PanelWords,
    private readonly locale: string,
  ) {}

  say(key: PanelWordKey, ...values: readonly (string | number)[]): string {
    const written = values.map((value) => (typeof value === 'number' ? this.count(value) : value));
    return this.words[key].replace(/\{(\d+)\}/g, (_, index: string) => written[Number(index)] ?? '');
  }

  count(value: number): string {
    return value.toLocaleString(this.locale);
  }

  percent(probability: number): string {
    return this.say('percent', Math.round(probability * 100));
  }
}

/** `inhibitor`, `gene-disease association`: names of relations as models have them, for reading. */
export function relationName(type: string): string {
  return type.replace(/[_-]+/g, ' ').toLowerCase();
}
