import { isCancelled } from '../../src/core/errors';
import { el, setHidden } from './dom';
import { failureText } from './failureText';

/** Shows why a request failed, until a request succeeds. */
export class FailureBox {
  readonly element = el('div', { class: 'failure', attributes: { role: 'alert' } });

  /** @param messageOf Puts what went wrong into a sentence of the user's language. */
  constructor(private readonly messageOf: (failure: string) => string) {
    setHidden(this.element, true);
  }

  /** Shows the failure of a request. */
  watch(request: Promise<unknown>): void {
    request.then(
      () => setHidden(this.element, true),
      (error: unknown) => {
        // The user said no to a question of the editor.
        if (isCancelled(error)) return;
        this.element.textContent = this.messageOf(failureText(error));
        setHidden(this.element, false);
      },
    );
  }
}
