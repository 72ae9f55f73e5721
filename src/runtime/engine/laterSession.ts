/** Sessions that are opened at their first use: most sessions of an editor need only some of the graphs of a model. */
import { BioBertError, errorCodes } from '../../core/errors';
import { type GraphShape, openSession, type Session, type SessionOptions } from '../onnx/session';

/** A session that is opened at its first use. After a failure the next use opens it again. */
export class LaterSession {
  private opening: Promise<Session> | undefined;

  constructor(private readonly open: () => Promise<Session>) {}

  get(): Promise<Session> {
    const current = (this.opening ??= this.open());
    current.catch(() => {
      if (this.opening === current) this.opening = undefined;
    });
    return current;
  }

  /** Releases the session if it was opened. */
  async release(): Promise<void> {
    // A session that failed to open has nothing to release, and its failure was reported.
    const opened = await this.opening?.catch(() => undefined);
    await opened?.release();
  }
}

/** Opens a further graph of a model at the server, if there is one; on this machine if the server lacks it. */
export async function openBeside(path: string, shape: GraphShape, options: SessionOptions): Promise<Session> {
  try {
    return await openSession(path, shape, options);
  } catch (error) {
    if (!(error instanceof BioBertError) || error.code !== errorCodes.SERVER_MODEL_MISSING) throw error;
    options.log.warn(`${error.message} This machine runs that model.`);
    return openSession(path, shape, { ...options, server: undefined });
  }
}
