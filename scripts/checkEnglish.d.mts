/** @returns one message for each comment that breaks a rule: file, line, rule and the beginning of the comment. */
export function violationsIn(file: string, text: string): string[];
