/** @throws {Error} with what a client or the registry refuses. */
export function checkPublishing(file: string, target?: string): Promise<void>;
