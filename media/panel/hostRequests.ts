import { isCancelled } from '../../src/core/errors';
import { pinMethod, revealMethod, type RowName } from '../../src/protocol/panelMessages';
import type { Method, Rpc } from '../../src/protocol/rpc';
import { el, setHidden } from './dom';
import { failureText } from './failureText';
import type { Words } from './words';

/**
 * Sends the requests whose results come as events, because they change what the views show. Only a failure is shown
 * here, until a request succeeds.
 */
export class HostRequests {
  readonly element = el('div', { class: 'failure', attributes: { role: 'alert' } });

  constructor(
    private readonly rpc: Rpc,
    private readonly words: Words,
  ) {
    setHidden(this.element, true);
  }

  send<Params>(method: Method<Params, undefined>, params: Params): void {
    this.rpc.request(method, params).then(
      () => setHidden(this.element, true),
      (error: unknown) => {
        // The user said no to a question of the editor.
        if (isCancelled(error)) return;
        this.element.textContent = this.words.text('failed', failureText(error));
        setHidden(this.element, false);
      },
    );
  }

  /** Shows the place of a row in the editor. */
  reveal(row: RowName, keepFocus: boolean): void {
    this.send(revealMethod, { ...row, keepFocus });
  }

  pin(row: RowName, pinned: boolean): void {
    this.send(pinMethod, { ...row, pinned });
  }
}
