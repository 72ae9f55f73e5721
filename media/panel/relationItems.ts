import type { NamedEntity, RelationRow } from '../../src/protocol/panel';
import type { CurationVerdict } from '../../src/protocol/panelMessages';
import { codicon, el } from './dom';
import { excerpt, placeLabel } from './excerpt';
import { nameDetails } from './nameGroups';
import type { ListItem, PairGroup } from './relationRows';
import type { RowTexts } from './rowTexts';
import { entityName, placeName, sentence } from './sentence';
import { iconButton } from './toolkit';
import type { DrawnRow } from './virtualList';
import { relationName, type Words } from './words';

/** Actions of the buttons in a row. */
export interface ItemActions {
  pin(row: RelationRow): void;
  curate(row: RelationRow, verdict: CurationVerdict): void;
  /** Shows the sentence in a copy of its paper. @param id As in `RelationRow.copies`. */
  revealCopy(id: number): void;
}

/** Draws the rows of the list of relations. */
export class RelationItems {
  /** The copy of each sentence that its button shows next. */
  private readonly nextCopy = new WeakMap<RelationRow, number>();

  constructor(
    private readonly words: Words,
    private readonly texts: RowTexts,
    private readonly actions: ItemActions,
  ) {}

  /** Shows the next copy of a sentence. */
  showCopy(row: RelationRow): void {
    const { copies = [] } = row;
    const next = this.nextCopy.get(row) ?? 0;
    const place = copies[next % copies.length];
    this.nextCopy.set(row, next + 1);
    if (place) this.actions.revealCopy(place.id);
  }

  draw(item: ListItem): DrawnRow {
    switch (item.kind) {
      case 'heading':
        return this.heading(this.texts.heading(item));
      case 'pair':
        return this.pair(item.group, item.isOpen);
      case 'relation':
        return this.relation(item.row, item.isInside);
    }
  }

  private heading(text: string): DrawnRow {
    return { label: text, content: [el('div', { class: 'found-in' }, text)] };
  }

  /** Draws a pair of names with all its relations. */
  private pair(group: PairGroup, isOpen: boolean): DrawnRow {
    const [first] = group.rows;
    const counts = this.texts.counts(group);
    const detail = el(
      'div',
      { class: 'detail' },
      el('span', { class: 'relation' }, relationName(first.type)),
      ...counts.map((text) => el('span', { class: 'count-part' }, text)),
    );
    const spoken = [`${this.statement(first)}, ${counts.join(' ')}`, ...this.spokenDetails(first)];
    const head = this.head(first, group.probability, isOpen ? 'chevron-down' : 'chevron-right');
    return { label: spoken.join(', '), content: [head, detail] };
  }

  /** The text of the tooltips of both names, for screen readers. */
  private spokenDetails({ subject, object }: RelationRow): readonly string[] {
    return [subject, object].flatMap((entity) => {
      const details = this.details(entity);
      return details.length === 0 ? [] : [`${this.texts.labelOf(entity)}: ${details.join(', ')}`];
    });
  }

  private details(entity: NamedEntity): readonly string[] {
    const group = this.texts.names.get(entity.key);
    const alsoCalled = (names: string): string => this.words.text('alsoCalled', names);
    return group ? nameDetails(group, alsoCalled, this.texts.labelOf(entity)) : [];
  }

  /**
   * Draws a relation.
   * @param isInside Whether the row is below its pair, which already shows the names.
   */
  private relation(row: RelationRow, isInside: boolean): DrawnRow {
    const quoted = el('div', { class: 'quote' }, sentence(excerpt(row.evidence)));
    const start = isInside
      ? el('span', { class: 'share' }, this.words.percent(row.probability))
      : el('span', { class: 'relation' }, relationName(row.type));
    const ownNames = isInside ? this.texts.ownNames(row) : [];
    const copies = this.texts.copies(row);
    const detail = el(
      'div',
      { class: 'detail' },
      start,
      ...ownNames.map((text) => el('span', { class: 'own-names' }, text)),
      ...this.badges(row),
      el('div', { class: 'place-tools' }, placeName(row, copies), this.buttons(row)),
    );
    const label = [
      isInside ? ownStatement(row) : this.statement(row),
      this.words.percent(row.probability),
      ...this.texts.badges(row),
      `“${row.evidence.text}”`,
      placeLabel(row),
      ...copies,
    ].join(', ');
    const head = isInside ? [] : [this.head(row, row.probability)];
    return { label, content: [...head, detail, quoted] };
  }

  private head({ subject, object }: RelationRow, probability: number, chevron?: string): HTMLElement {
    const twistie = chevron === undefined ? [] : [codicon(chevron)];
    const names = [
      el('span', { class: 'partner' }, ...twistie, this.entity(subject)),
      el('span', { class: 'partner' }, codicon('arrow-small-right'), this.entity(object)),
    ];
    return el(
      'div',
      { class: 'head' },
      el('span', { class: 'names' }, ...names),
      el('span', { class: 'probability' }, this.words.percent(probability)),
    );
  }

  private entity(entity: NamedEntity): HTMLElement {
    return entityName(this.texts.labelOf(entity), entity.type, this.details(entity));
  }

  private statement({ subject, object, type }: RelationRow): string {
    return `${this.texts.labelOf(subject)} ${relationName(type)} ${this.texts.labelOf(object)}`;
  }

  private badges(row: RelationRow): HTMLElement[] {
    const cues = [row.negated, row.speculated].filter((cue) => cue !== undefined).join(', ');
    return this.texts
      .badges(row)
      .map((text) => el('span', { class: 'badge', attributes: cues ? { title: `“${cues}”` } : {} }, text));
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
    const copies = row.copies?.length
      ? [iconButton('files', this.texts.copies(row).join(', '), () => this.showCopy(row))]
      : [];
    const all = [...copies, ...curation, pin];
    // Keys have the same effect: the list is a single tab stop.
    for (const each of all) each.setAttribute('tabindex', '-1');
    return el('span', { class: 'row-buttons' }, ...all);
  }
}

/** A relation with the names of its sentence. */
function ownStatement({ subject, object, type }: RelationRow): string {
  return `${subject.name} ${relationName(type)} ${object.name}`;
}
