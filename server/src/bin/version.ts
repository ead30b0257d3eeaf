// By name: the bundle holds nothing else of the manifest.
import { version } from '../../../package.json';

/** The version of the extension, the server and the command line, which are released together. */
export const VERSION: string = version;
