/** A stream for text, such as `process.stdout`. */
interface ProgressStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Shows a label and the seconds that have passed while work is done. @returns the result of the work. */
export function withProgress<Result>(
  label: string,
  work: () => Promise<Result>,
  options?: { readonly stream?: ProgressStream },
): Promise<Result>;
