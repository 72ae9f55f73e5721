import { textEvent } from '../../protocol/engineMessages';
import type { Rpc } from '../../protocol/rpc';
import { TextSender } from '../../protocol/textTransfer';
import { workQueue } from '../workQueue';

/** Sends the texts of documents to a process: whole, or the part that changed since the last time. */
export class TextChannel {
  private readonly sender = new TextSender();
  private readonly inOrder = workQueue();

  constructor(private readonly rpc: Rpc) {}

  /**
   * Sends one text at a time, so that a splice never overtakes the version that it is based on.
   * @returns the id by which requests name the text.
   */
  send(document: string, text: string): Promise<number> {
    return this.inOrder(async () => {
      const { id, parts } = this.sender.prepare(document, text);
      for (const part of parts) {
        this.rpc.notify(textEvent, part);
        if (!part.last) await new Promise((resolve) => setImmediate(resolve));
      }
      return id;
    });
  }

  /** The next text of the document is sent as a whole. */
  forget(document: string): void {
    this.sender.forget(document);
  }
}
