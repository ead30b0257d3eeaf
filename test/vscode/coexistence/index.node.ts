import Mocha from 'mocha';
import { runSuites } from '../suite/run-suites.ts';

export const run = (): Promise<void> => runSuites(Mocha, [() => import('./coexistence.test.ts')]);
