import { userInfo } from 'node:os';

/** The name of the user's account. An account of a container may have no name. */
export function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'reviewer';
  }
}
