/** @returns what went wrong and, if the error says so, what the user can do next. */
export function failureText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const next = 'nextStep' in error ? String(error.nextStep) : '';
  return `${error.message} ${next}`.trim();
}
