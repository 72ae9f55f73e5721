import { SingleBar } from 'cli-progress';

/** Shows a progress bar, or nothing if the output is not a terminal. */
export interface Progress {
  /** @param done Number of documents that are done. The fractional part is the completed part of the current one. */
  update(done: number): void;
  /** Writes a line to stderr without breaking the bar. */
  line(text: string): void;
  stop(): void;
}

export interface ProgressOptions {
  readonly documents: number;
  readonly isShown: boolean;
  readonly stream: NodeJS.WritableStream;
  /** Word before the bar. Default: `Tagging`. */
  readonly verb?: string;
}

export function createProgress({ documents, isShown, stream, verb = 'Tagging' }: ProgressOptions): Progress {
  if (!isShown) {
    return { update: () => undefined, line: (text) => void stream.write(text), stop: () => undefined };
  }
  const format =
    documents > 1
      ? `${verb} {bar} {percentage} % | {documents} documents | {eta_formatted} left`
      : `${verb} {bar} {percentage} % | {eta_formatted} left`;
  const bar = new SingleBar({
    format,
    stream,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 24,
    hideCursor: true,
    clearOnComplete: true,
    emptyOnZero: true,
    fps: 8,
  });
  const shown = (done: number) => ({
    documents: `${Math.floor(done).toLocaleString('en')} of ${documents.toLocaleString('en')}`,
  });
  bar.start(documents, 0, shown(0));
  return {
    update: (done) => bar.update(done, shown(done)),
    line: (text) => {
      stream.write(`\r\u001b[K${text}`);
      bar.render();
    },
    stop: () => bar.stop(),
  };
}
