import { pinMethod, revealMethod, type RowName } from '../../src/protocol/panelMessages';
import type { Method, Rpc } from '../../src/protocol/rpc';
import { FailureBox } from './failureBox';
import type { Words } from './words';

/** Sends the requests whose results come as events, because they change what the views show. */
export class HostRequests {
  private readonly failure: FailureBox;

  constructor(
    private readonly rpc: Rpc,
    words: Words,
  ) {
    this.failure = new FailureBox((text) => words.text('failed', text));
  }

  get element(): HTMLElement {
    return this.failure.element;
  }

  send<Params>(method: Method<Params, undefined>, params: Params): void {
    this.failure.watch(this.rpc.request(method, params));
  }

  /** Shows the place of a row in the editor. */
  reveal(row: RowName, keepFocus: boolean): void {
    this.send(revealMethod, { ...row, keepFocus });
  }

  pin(row: RowName, pinned: boolean): void {
    this.send(pinMethod, { ...row, pinned });
  }
}
