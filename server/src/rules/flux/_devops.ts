import { hostOf } from '../../azure/clouds.ts';

/** The parts of an `http(s)` or `ssh` URL as Go's net/url has them, without decoding. */
export interface UrlParts {
  readonly scheme: string;
  /** What stands before the `@`; `undefined` where there is none. */
  readonly user: string | undefined;
  /** Lower case, without port. */
  readonly host: string;
  /** What follows the host's colon; `undefined` without one. */
  readonly port: string | undefined;
  readonly path: string;
  /** From the first `?` or `#` on. */
  readonly rest: string;
  /** Offset of the first character after `scheme://`. */
  readonly authority: number;
}

export function urlParts(text: string): UrlParts | undefined {
  const match = /^(https?|ssh):\/\/(?:([^/?#]*)@)?([^/?#@:]*)(?::([^/?#]*))?([^?#]*)(.*)$/s.exec(text);
  if (!match) return undefined;
  return {
    scheme: match[1] as string,
    user: match[2],
    host: hostOf(match[3] as string),
    port: match[4],
    path: match[5] as string,
    rest: match[6] as string,
    authority: (match[1] as string).length + 3,
  };
}

/** What net/url says to a host that is followed by a colon and no number. */
export const badPort = (url: UrlParts): boolean => url.port !== undefined && !/^\d*$/.test(url.port);
