/**
 * Knows whether the button of the mouse is down on an element. A row that moves or is drawn anew between press and release
 * would lose the click.
 */
export class Press {
  private isPressed = false;
  private waiting: (() => void) | undefined;

  constructor(element: HTMLElement) {
    element.addEventListener('pointerdown', () => (this.isPressed = true));
    for (const end of ['pointerup', 'pointercancel']) window.addEventListener(end, () => this.release());
  }

  get isDown(): boolean {
    return this.isPressed;
  }

  /** Calls back after the release and the click that follows it, or at once. Of several calls the last one counts. */
  afterwards(action: () => void): void {
    if (this.isPressed) {
      this.waiting = action;
      return;
    }
    this.waiting = undefined;
    action();
  }

  private release(): void {
    this.isPressed = false;
    setTimeout(() => {
      const { waiting } = this;
      this.waiting = undefined;
      if (!this.isPressed) waiting?.();
      else this.waiting = waiting;
    });
  }
}
