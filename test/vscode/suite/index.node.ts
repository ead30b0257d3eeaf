import Mocha from 'mocha';
import { runSuites } from './run-suites.ts';

/** What VS Code's Node extension host calls. */
export const run = (): Promise<void> => runSuites(Mocha);
