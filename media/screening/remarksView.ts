import type { RecordView } from '../../src/protocol/screening';
import { el } from '../panel/dom';
import type { ScreenWords } from './screenWords';

export interface RemarkActions {
  setNote(record: string, note: string): void;
  setTags(record: string, tags: readonly string[]): void;
  /** Called while a note is typed; undefined when it has been sent. */
  onDraft(draft: { readonly record: string; readonly note: string } | undefined): void;
  /** Called on Escape: moves the focus back to the record. */
  leave(): void;
}

/** The note and the tags of a record. A note is sent when the focus leaves it and when another record is shown. */
export class RemarksView {
  readonly element: HTMLElement;
  private readonly note: HTMLTextAreaElement;
  private readonly tagList = el('ul', { class: 'tags' });
  private readonly tag: HTMLInputElement;
  private readonly known = el('datalist', { id: 'known-tags' });
  private record: RecordView | undefined;

  constructor(
    private readonly words: ScreenWords,
    private readonly actions: RemarkActions,
  ) {
    this.note = el('textarea', {
      class: 'note',
      id: 'note',
      attributes: { rows: '3', placeholder: words.text('noteHint') },
    });
    this.tag = el('input', {
      class: 'note',
      id: 'tag',
      attributes: { type: 'text', placeholder: words.text('tagHint'), list: 'known-tags' },
    });
    this.element = el(
      'section',
      { class: 'remarks' },
      el('h2', {}, el('label', { attributes: { for: 'note' } }, words.text('note'))),
      this.note,
      el('h2', {}, el('label', { attributes: { for: 'tag' } }, words.text('tags'))),
      this.tagList,
      this.tag,
      this.known,
    );
    this.listen();
  }

  show(record: RecordView | undefined): void {
    const isSame = record?.id === this.record?.id;
    if (!isSame) this.flush();
    const isWriting = isSame && document.activeElement === this.note;
    this.record = record;
    if (!isWriting) this.note.value = record?.note ?? '';
    if (!isSame) this.tag.value = '';
    this.tagList.replaceChildren(...(record?.tags ?? []).map((tag) => this.tagItem(tag)));
  }

  showKnownTags(tags: readonly string[]): void {
    this.known.replaceChildren(...tags.map((value) => el('option', { attributes: { value } })));
  }

  focusNote(): void {
    this.note.focus();
  }

  focusTag(): void {
    this.tag.focus();
  }

  /** Sends the note if it has changed. There is no draft afterwards. */
  flush(): void {
    const { record, note } = this;
    if (!record) return;
    if (note.value !== record.note) {
      this.record = { ...record, note: note.value };
      this.actions.setNote(record.id, note.value);
    }
    this.actions.onDraft(undefined);
  }

  private listen(): void {
    const { note, tag, actions } = this;
    note.addEventListener('blur', () => this.flush());
    note.addEventListener('input', () => {
      if (this.record) actions.onDraft({ record: this.record.id, note: note.value });
    });
    tag.addEventListener('blur', () => this.addTag());
    this.element.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && event.target === tag) this.addTag();
      else if (event.key === 'Escape') actions.leave();
      else return;
      event.preventDefault();
    });
  }

  private addTag(): void {
    const { record } = this;
    const tag = this.tag.value.trim();
    this.tag.value = '';
    if (record && tag !== '' && !record.tags.includes(tag)) this.setTags([...record.tags, tag]);
  }

  private setTags(tags: readonly string[]): void {
    const { record } = this;
    if (!record) return;
    this.show({ ...record, tags });
    this.actions.setTags(record.id, tags);
  }

  private tagItem(tag: string): HTMLElement {
    const remove = el(
      'button',
      { class: 'remove', attributes: { 'aria-label': this.words.text('removeTag', tag) } },
      '×',
    );
    remove.addEventListener('click', () => {
      this.setTags((this.record?.tags ?? []).filter((each) => each !== tag));
      this.tag.focus();
    });
    return el('li', {}, tag, remove);
  }
}
