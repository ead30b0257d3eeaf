import { type CancellationToken, type Connection, LSPErrorCodes, ResponseError } from 'vscode-languageserver';

/** The log of the connection; each line is told once, so that an error that repeats with every key does not fill it. */
export class Log {
  readonly #told = new Set<string>();

  constructor(readonly connection: Connection) {}

  error(what: string, error: unknown): void {
    const text = `${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
    if (this.#first(text)) this.connection.console.error(text);
  }

  warn(text: string): void {
    if (this.#first(text)) this.connection.console.warn(text);
  }

  info(text: string): void {
    this.connection.console.info(text);
  }

  #first(text: string): boolean {
    if (this.#told.has(text) || this.#told.size > 1000) return false;
    this.#told.add(text);
    return true;
  }
}

export const cancelled = (): ResponseError<void> => new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled');

/**
 * Makes a request handler that answers `fallback` where it fails: an error in one request is logged, and neither ends the
 * server nor shows as a pop-up in the editor. A request that was cancelled while it waited is not begun.
 */
export function guarded<P, R>(
  log: Log,
  name: string,
  fallback: R,
  handle: (params: P, token: CancellationToken) => R | Promise<R>,
): (params: P, token: CancellationToken) => Promise<R | ResponseError<void>> {
  return async (params, token) => {
    if (token.isCancellationRequested) return cancelled();
    try {
      const result = await handle(params, token);
      return token.isCancellationRequested ? cancelled() : result;
    } catch (error) {
      if (error instanceof ResponseError) return error as ResponseError<void>;
      log.error(name, error);
      return fallback;
    }
  };
}

/** The same for what nobody waits for: notifications, timers, events. */
export function attempt(log: Log, name: string, run: () => void | Promise<void>): void {
  try {
    Promise.resolve(run()).catch((error) => log.error(name, error));
  } catch (error) {
    log.error(name, error);
  }
}
