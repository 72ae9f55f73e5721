/** Names the active filters of the list. Without side effects. */
import { noFilters, statements, type ListOptions } from './listOptions';
import type { NameGroups } from './nameGroups';
import { relationName, type Words } from './words';

export interface FilterChip {
  readonly label: string;
  /** The options without this filter. */
  readonly without: Partial<ListOptions>;
}

/** The names of filters whose values are keys. */
export interface ChipNames {
  readonly names: NameGroups;
  /** The names of papers by their keys. */
  readonly papers: ReadonlyMap<string, string>;
}

/** The active filters, in the order of their controls. */
export function filterChips(options: ListOptions, known: ChipNames, words: Words): readonly FilterChip[] {
  const { type, minProbability, entity, entityType, statement, paper, withoutDrafts } = options;
  const years = yearsLabel(options, words);
  const chip = (label: string | undefined, ...keys: readonly (keyof typeof noFilters)[]): FilterChip[] =>
    label === undefined
      ? []
      : [{ label, without: Object.fromEntries(keys.map((key) => [key, noFilters[key]])) }];
  return [
    ...chip(entity === undefined ? undefined : nameOfEntity(entity, known), 'entity'),
    ...chip(entityType === '' ? undefined : entityType, 'entityType'),
    ...chip(type === '' ? undefined : relationName(type), 'type'),
    ...chip(
      statements.includes(statement as never) ? words.text(statement || 'inFavour') : undefined,
      'statement',
    ),
    ...chip(
      minProbability > 0 ? words.text('minProbability', words.percent(minProbability)) : undefined,
      'minProbability',
    ),
    ...chip(paper === undefined ? undefined : nameOfPaper(paper, known), 'paper'),
    ...chip(years, 'yearFrom', 'yearTo'),
    ...chip(withoutDrafts ? words.text('withoutDrafts') : undefined, 'withoutDrafts'),
  ];
}

/** The list may lack the name, because the filter is saved. Then the identifier or the name within the key tells what it is. */
function nameOfEntity(key: string, { names }: ChipNames): string {
  return names.get(key)?.label ?? key.split('\n').at(-1) ?? key;
}

function nameOfPaper(key: string, { papers }: ChipNames): string {
  const [document = '', publication] = key.split('\n');
  return papers.get(key) ?? publication ?? document.split('/').at(-1) ?? key;
}

function yearsLabel({ yearFrom, yearTo }: ListOptions, words: Words): string | undefined {
  // Years have no thousands separators.
  if (yearFrom !== undefined && yearTo !== undefined) {
    const [first, last] = [Math.min(yearFrom, yearTo), Math.max(yearFrom, yearTo)];
    return first === last ? String(first) : `${first}–${last}`;
  }
  if (yearFrom !== undefined) return words.text('sinceYear', String(yearFrom));
  return yearTo === undefined ? undefined : words.text('untilYear', String(yearTo));
}
