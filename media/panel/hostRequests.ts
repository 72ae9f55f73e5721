import { filterMethod, pinMethod, revealMethod, type RowName } from '../../src/protocol/panelMessages';
import type { Method, Rpc } from '../../src/protocol/rpc';
import { FailureBox } from './failureBox';
import type { ListOptions } from './listOptions';
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

  /** @param onFailure Called if the request fails, whose reason is shown in any case. */
  send<Params>(method: Method<Params, undefined>, params: Params, onFailure?: () => void): void {
    const request = this.rpc.request(method, params);
    this.failure.watch(request);
    if (onFailure) request.catch(onFailure);
  }

  /** Tells the host the filter of the list, which the graph in an editor has, too. */
  shareFilter(options: ListOptions): void {
    this.send(filterMethod, JSON.stringify(options));
  }

  /** Shows the place of a row in the editor. */
  reveal(row: RowName, keepFocus: boolean): void {
    this.send(revealMethod, { ...row, keepFocus });
  }

  pin(row: RowName, pinned: boolean): void {
    this.send(pinMethod, { ...row, pinned });
  }
}
