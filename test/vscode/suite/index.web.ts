import 'mocha/mocha.js'; // the build for browsers: it defines the global `Mocha`
import { runSuites } from './run-suites.ts';

/** What VS Code's web worker extension host calls. */
export const run = (): Promise<void> => runSuites(Mocha);
