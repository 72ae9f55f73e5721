/** The choice whether drafts and notes are left out: a setting of the host, which answers, list and graph share. */
export interface DraftsChoiceParts {
  /** Changes the setting. */
  send(isWithout: boolean, onFailure: () => void): void;
  /** Shows the choice in all views. */
  show(isWithout: boolean): void;
}

/** Shows a choice at once, and returns to the setting of the host if that can't be changed. */
export class DraftsChoice {
  private setting = false;
  private chosen = false;

  constructor(private readonly parts: DraftsChoiceParts) {}

  /** Whether drafts and notes are left out. */
  get isWithout(): boolean {
    return this.chosen;
  }

  /** Called when the user has changed the choice in one of the views. */
  choose(isWithout: boolean): void {
    if (isWithout === this.chosen) return;
    this.show(isWithout);
    this.parts.send(isWithout, () => this.show(this.setting));
  }

  /** @param setting The setting. A message that was sent before the last choice has the old one, which changes nothing. */
  confirm(setting: boolean): void {
    if (setting === this.setting) return;
    this.setting = setting;
    this.show(setting);
  }

  private show(isWithout: boolean): void {
    this.chosen = isWithout;
    this.parts.show(isWithout);
  }
}
