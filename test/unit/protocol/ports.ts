import { Rpc, type Port } from '../../../src/protocol/rpc';

/** One end of a connection inside a test: messages are cloned, as a border clones them, and arrive in a later turn. */
export class TestPort implements Port {
  peer: TestPort | undefined;
  readonly received: unknown[] = [];
  private readonly messageListeners: ((message: unknown) => void)[] = [];
  private readonly closeListeners: (() => void)[] = [];

  postMessage(message: unknown): void {
    const copy: unknown = structuredClone(message);
    queueMicrotask(() => this.peer?.deliver(copy));
  }

  onMessage(listener: (message: unknown) => void): void {
    this.messageListeners.push(listener);
  }

  onClose(listener: () => void): void {
    this.closeListeners.push(listener);
  }

  /** As if the other end had sent it. */
  deliver(message: unknown): void {
    this.received.push(message);
    for (const listener of this.messageListeners) listener(message);
  }

  close(): void {
    for (const listener of this.closeListeners) listener();
  }
}

/** Two ends that talk to each other, and what either had to complain of. */
export function connectedRpcs() {
  const [portA, portB] = [new TestPort(), new TestPort()];
  portA.peer = portB;
  portB.peer = portA;
  const problems: string[] = [];
  const note = (problem: string) => problems.push(problem);
  return { a: new Rpc(portA, note), b: new Rpc(portB, note), portA, portB, problems };
}
