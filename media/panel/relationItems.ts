import type { NamedEntity, RelationRow } from '../../src/protocol/panel';
import type { CurationVerdict } from '../../src/protocol/panelMessages';
import { codicon, el } from './dom';
import { excerpt, placeLabel } from './excerpt';
import { nameDetails, type NameGroups } from './nameGroups';
import type { PairGroup, SentenceCount } from './relationRows';
import { entityName, placeName, sentence } from './sentence';
import { iconButton } from './toolkit';
import type { DrawnRow } from './virtualList';
import { relationName, type Words } from './words';

/** Actions of the buttons in a row. */
export interface ItemActions {
  pin(row: RelationRow): void;
  curate(row: RelationRow, verdict: CurationVerdict): void;
}

/** How the names of the rows are displayed. */
export interface NameDisplay {
  readonly names: NameGroups;
  /** Whether a name is displayed as in most rows of its concept. Otherwise it is displayed as in its document. */
  readonly isGrouped: boolean;
}

/** Draws the rows of the list of relations. */
export class RelationItems {
  private display: NameDisplay = { names: new Map(), isGrouped: false };

  constructor(
    private readonly words: Words,
    private readonly actions: ItemActions,
  ) {}

  setNames(display: NameDisplay): void {
    this.display = display;
  }

  /** Draws a pair of names with all its relations. */
  pair(group: PairGroup, isOpen: boolean): DrawnRow {
    const [first] = group.rows;
    const { supporting, contradicting } = group;
    const counts = [
      ...(supporting.sentences > 0 ? [this.count('supporting', supporting)] : []),
      ...(contradicting.sentences > 0 ? [this.count('contradicting', contradicting)] : []),
    ].join(' · ');
    const head = this.head(first, group.probability, isOpen ? 'chevron-down' : 'chevron-right');
    const detail = el(
      'div',
      { class: 'detail' },
      el('span', { class: 'relation' }, relationName(first.type)),
      el('span', { class: 'counts', attributes: { title: counts } }, counts),
    );
    const spoken = [this.statement(first), counts, ...this.spokenDetails(first)];
    return { label: spoken.join(', '), content: [head, detail] };
  }

  private count(side: 'supporting' | 'contradicting', { sentences, documents }: SentenceCount): string {
    return `${this.words.text(side, sentences)} (${this.words.text('documents', documents)})`;
  }

  /** The text of the tooltips of both names, for screen readers. */
  private spokenDetails({ subject, object }: RelationRow): readonly string[] {
    return [subject, object].flatMap((entity) => {
      const details = this.details(entity);
      return details.length === 0 ? [] : [`${this.labelOf(entity)}: ${details.join(', ')}`];
    });
  }

  private details(entity: NamedEntity): readonly string[] {
    const group = this.display.names.get(entity.key);
    const alsoCalled = (names: string): string => this.words.text('alsoCalled', names);
    return group ? nameDetails(group, alsoCalled, this.labelOf(entity)) : [];
  }

  private labelOf({ key, name }: NamedEntity): string {
    const { names, isGrouped } = this.display;
    return (isGrouped ? names.get(key)?.label : undefined) ?? name;
  }

  /**
   * Draws a relation.
   * @param isInside Whether the row is below its pair, which already shows the names.
   */
  relation(row: RelationRow, isInside: boolean): DrawnRow {
    const quoted = el('div', { class: 'quote' }, sentence(excerpt(row.evidence)));
    const start = isInside
      ? el('span', { class: 'share' }, this.words.percent(row.probability))
      : el('span', { class: 'relation' }, relationName(row.type));
    const detail = el(
      'div',
      { class: 'detail' },
      start,
      ...this.badges(row),
      placeName(row),
      this.buttons(row),
    );
    const label = [
      this.statement(row),
      this.words.percent(row.probability),
      ...this.badgeWords(row),
      `“${row.evidence.text}”`,
      placeLabel(row),
    ].join(', ');
    const head = isInside ? [] : [this.head(row, row.probability)];
    return { label, content: [...head, detail, quoted] };
  }

  private head({ subject, object }: RelationRow, probability: number, chevron?: string): HTMLElement {
    const twistie = chevron === undefined ? [] : [codicon(chevron)];
    return el(
      'div',
      { class: 'head' },
      ...twistie,
      this.entity(subject),
      codicon('arrow-small-right'),
      this.entity(object),
      el('span', { class: 'probability' }, this.words.percent(probability)),
    );
  }

  private entity(entity: NamedEntity): HTMLElement {
    return entityName(this.labelOf(entity), entity.type, this.details(entity));
  }

  private statement({ subject, object, type }: RelationRow): string {
    return `${this.labelOf(subject)} ${relationName(type)} ${this.labelOf(object)}`;
  }

  private badgeWords({ negated, speculated, curated, isPinned }: RelationRow): string[] {
    const { words } = this;
    return [
      ...(negated === undefined ? [] : [`⊘ ${words.text('denied')}`]),
      ...(speculated === undefined ? [] : [`? ${words.text('supposed')}`]),
      ...(curated === undefined ? [] : [`✓ ${words.text(curated)}`]),
      ...(isPinned ? ['📌'] : []),
    ];
  }

  private badges(row: RelationRow): HTMLElement[] {
    const cues = [row.negated, row.speculated].filter((cue) => cue !== undefined).join(', ');
    const badges = this.badgeWords({ ...row, isPinned: false }).map((text) =>
      el('span', { class: 'badge', attributes: cues ? { title: `“${cues}”` } : {} }, text),
    );
    return row.isPinned ? [...badges, codicon('pinned')] : badges;
  }

  private buttons(row: RelationRow): HTMLElement {
    const { words, actions } = this;
    const pin = iconButton(row.isPinned ? 'pinned' : 'pin', words.text(row.isPinned ? 'unpin' : 'pin'), () =>
      actions.pin(row),
    );
    pin.classList.toggle('pressed', row.isPinned);
    const act = (icon: string, verdict: CurationVerdict): HTMLElement =>
      iconButton(icon, words.text(verdict), () => actions.curate(row, verdict));
    const open = [act('check', 'accept'), act('edit', 'retype'), act('close', 'reject')];
    const closed = [...(row.curated === 'added' ? [act('edit', 'retype')] : []), act('discard', 'undo')];
    const curation = row.curated ? closed : open;
    const all = [...curation, pin];
    // Keys have the same effect: the list is a single tab stop.
    for (const each of all) each.setAttribute('tabindex', '-1');
    return el('span', { class: 'row-buttons' }, ...all);
  }
}
