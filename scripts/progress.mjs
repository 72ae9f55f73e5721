// Shows that a command of the terminal is at work: on a terminal in one line that counts the seconds, elsewhere (a log, a
// pipe) in a line now and then.

/** Seconds between two lines where a line cannot be written over. */
const lineSeconds = 10;

/**
 * Shows a label and the seconds that have passed while work is done.
 *
 * @param label The name of the work, such as `Building the extension`.
 * @param work Must leave the event loop free, so that the seconds are counted.
 * @param options.stream Default: the standard output.
 * @returns the result of the work.
 */
export async function withProgress(label, work, { stream = process.stdout } = {}) {
  const began = Date.now();
  const seconds = () => Math.round((Date.now() - began) / 1000);
  // The end of a line that is written over stays if the new one is shorter.
  const line = (text) => stream.write(stream.isTTY ? `\r${text}\u001b[K` : `${text}\n`);
  line(`${label} …`);
  const timer = setInterval(() => line(`${label} … ${seconds()} s`), (stream.isTTY ? 1 : lineSeconds) * 1000);
  let ending = 'failed';
  try {
    const result = await work();
    ending = 'done';
    return result;
  } finally {
    clearInterval(timer);
    line(`${label}: ${ending}, ${seconds()} s`);
    if (stream.isTTY) stream.write('\n');
  }
}
