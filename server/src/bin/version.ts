// @ts-expect-error: the declaration of JSON modules knows only the default export; by name, the bundle holds nothing else.
import { version } from '../../../package.json';

/** The version of the extension, the server and the command line, which are released together. */
export const VERSION: string = version;
