import type { PanelScope, RelationRow } from '../../src/protocol/panel';
import { el, setHidden } from './dom';
import type { FilterChip } from './filterChips';
import { sortOrders, statements, type ListOptions, type SortOrder } from './listOptions';
import type { NameGroups } from './nameGroups';
import { Picker } from './picker';
import { entityTypesOf, hasDrafts, nameChoices, paperChoices, typesOf, yearsOf } from './relationFacets';
import { checkBox, select } from './toolkit';
import { relationName, type Words } from './words';
import { yearBox } from './yearBox';

/** The choices that the filters offer for the relations in the list. */
export interface FilterOffer {
  /** The scope that the relations cover. Undefined before the first list. */
  readonly scope: PanelScope | undefined;
  readonly names: NameGroups;
  /** The names of the papers by their keys. */
  readonly papers: ReadonlyMap<string, string>;
  readonly relationTypes: readonly string[];
  readonly entityTypes: readonly string[];
  readonly hasYears: boolean;
  readonly hasDrafts: boolean;
}

export function offerOf(rows: readonly RelationRow[], names: NameGroups, scope?: PanelScope): FilterOffer {
  return {
    scope,
    names,
    papers: new Map(rows.map(({ document, name }) => [document, name])),
    relationTypes: typesOf(rows),
    entityTypes: entityTypesOf(rows),
    hasYears: yearsOf(rows) !== undefined,
    hasDrafts: scope !== 'document' && hasDrafts(rows),
  };
}

/** A control behind the button of the filters. */
export interface FilterControl {
  readonly element: HTMLElement;
  /** @param chips The active filters, which name what was picked. */
  show(options: ListOptions, offer: FilterOffer, chips: readonly FilterChip[]): void;
}

export interface FilterControlActions {
  readonly change: (change: Partial<ListOptions>) => void;
  /** The relations that the list would show with some other options. */
  readonly rowsWith: (change: Partial<ListOptions>) => readonly RelationRow[];
  readonly names: () => NameGroups;
}

/** The controls in the order of their use: whom a relation is about, what is said, where, and how it is listed. */
export function filterControls(words: Words, actions: FilterControlActions): readonly FilterControl[] {
  return [
    namePicker(words, actions),
    entityTypeSelect(words, actions),
    relationTypeSelect(words, actions),
    statementSelect(words, actions),
    probabilitySelect(words, actions),
    paperPicker(words, actions),
    years(words, actions),
    draftsBox(words, actions),
    sortSelect(words, actions),
    groupBox(words, actions),
  ];
}

function namePicker(words: Words, { change, rowsWith, names }: FilterControlActions): FilterControl {
  const picker = new Picker({
    id: 'name-choices',
    label: words.text('onlyName'),
    hint: words.text('onlyName'),
    noChoice: words.text('noChoice'),
    choices: () => nameChoices(rowsWith({ entity: undefined }), names()),
    onChoose: (entity) => change({ entity }),
  });
  return {
    element: picker.element,
    show: (_, __, chips) => picker.show(chips.find(({ without }) => 'entity' in without)?.label),
  };
}

function paperPicker(words: Words, { change, rowsWith }: FilterControlActions): FilterControl {
  const picker = new Picker({
    id: 'paper-choices',
    label: words.text('onlyPaper'),
    hint: words.text('onlyPaper'),
    noChoice: words.text('noChoice'),
    choices: () => paperChoices(rowsWith({ paper: undefined })),
    onChoose: (paper) => change({ paper }),
  });
  return {
    element: picker.element,
    show: (_, __, chips) => picker.show(chips.find(({ without }) => 'paper' in without)?.label),
  };
}

function entityTypeSelect(words: Words, { change }: FilterControlActions): FilterControl {
  const types = select(words.text('entityType'), (entityType) => change({ entityType }));
  return {
    element: types.element,
    show({ entityType }, offer) {
      const offered = withChosen(offer.entityTypes, entityType);
      types.setChoices([
        { value: '', label: words.text('anyEntityType') },
        ...offered.map((value) => ({ value, label: value })),
      ]);
      types.value = entityType;
    },
  };
}

function relationTypeSelect(words: Words, { change }: FilterControlActions): FilterControl {
  const types = select(words.text('relationType'), (type) => change({ type }));
  return {
    element: types.element,
    show({ type }, offer) {
      const offered = withChosen(offer.relationTypes, type);
      types.setChoices([
        { value: '', label: words.text('allTypes') },
        ...offered.map((value) => ({ value, label: relationName(value) })),
      ]);
      types.value = type;
    },
  };
}

/** A saved choice stays on offer while the list does not have it. */
function withChosen(offered: readonly string[], chosen: string): readonly string[] {
  return chosen === '' || offered.includes(chosen) ? offered : [...offered, chosen];
}

function statementSelect(words: Words, { change }: FilterControlActions): FilterControl {
  const choice = select(words.text('statement'), (value) =>
    change({ statement: value as ListOptions['statement'] }),
  );
  choice.setChoices([
    { value: '', label: words.text('anyStatement') },
    ...statements.map((value) => ({ value, label: words.text(value) })),
  ]);
  return {
    element: choice.element,
    show({ statement }) {
      choice.value = statement;
    },
  };
}

function probabilitySelect(words: Words, { change }: FilterControlActions): FilterControl {
  const choice = select(words.text('probability'), (value) => change({ minProbability: Number(value) }));
  choice.setChoices(
    [0, 0.5, 0.7, 0.9].map((value) => ({
      value: String(value),
      label: value === 0 ? words.text('anyProbability') : words.text('minProbability', words.percent(value)),
    })),
  );
  return {
    element: choice.element,
    show({ minProbability }) {
      choice.value = String(minProbability);
    },
  };
}

function years(words: Words, { change }: FilterControlActions): FilterControl {
  const from = yearBox(words.text('yearFrom'), (yearFrom) => change({ yearFrom }));
  const to = yearBox(words.text('yearTo'), (yearTo) => change({ yearTo }));
  const attributes = { title: words.text('yearsHint') };
  const element = el('div', { class: 'years', attributes }, from.element, to.element);
  return {
    element,
    show({ yearFrom, yearTo }, offer) {
      from.value = yearFrom;
      to.value = yearTo;
      setHidden(element, !offer.hasYears && yearFrom === undefined && yearTo === undefined);
    },
  };
}

function draftsBox(words: Words, { change }: FilterControlActions): FilterControl {
  const box = checkBox(
    words.text('withoutDrafts'),
    (withoutDrafts) => change({ withoutDrafts }),
    words.text('withoutDraftsHint'),
  );
  return {
    element: box.element,
    show({ withoutDrafts }, offer) {
      box.isOn = withoutDrafts;
      setHidden(box.element, !offer.hasDrafts && !withoutDrafts);
    },
  };
}

const sortLabels = {
  probability: 'sortProbability',
  sentences: 'sortSentences',
  subject: 'sortSubject',
  object: 'sortObject',
  type: 'sortType',
  place: 'sortPlace',
} as const;

function sortSelect(words: Words, { change }: FilterControlActions): FilterControl {
  const choice = select(words.text('sort'), (sort) => change({ sort: sort as SortOrder }));
  choice.setChoices(sortOrders.map((value) => ({ value, label: words.text(sortLabels[value]) })));
  return {
    element: choice.element,
    show({ sort }) {
      choice.value = sort;
    },
  };
}

function groupBox(words: Words, { change }: FilterControlActions): FilterControl {
  const box = checkBox(words.text('group'), (isGrouped) => change({ isGrouped }));
  return {
    element: box.element,
    show({ isGrouped }) {
      box.isOn = isGrouped;
    },
  };
}
