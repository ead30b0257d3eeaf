import { Lines } from './reporter.ts';

/** The suites, loaded after mocha's globals are there. Add a suite here. */
const suites: readonly (() => Promise<unknown>)[] = [
  () => import('./activation.test.ts'),
  () => import('./fleet.test.ts'),
  () => import('./from-nothing.test.ts'),
  () => import('./argocd-cluster.test.ts'),
];

/** A part of a title, put in when the suite is bundled: only tests with it run. */
declare const GREP: string;

/**
 * Runs every suite in this extension host. Rejects when a test fails or none ran. Mocha is handed in because Node and
 * the worker have different builds of it; its own `mocha.run` for browsers wants a `location`, which a worker host hides.
 */
export async function runSuites(MochaClass: typeof Mocha, which = suites): Promise<void> {
  const mocha = new MochaClass({
    ui: 'bdd',
    reporter: Lines as unknown as Mocha.ReporterConstructor,
    timeout: 30_000,
    grep: GREP || undefined,
  });
  mocha.suite.emit('pre-require', globalThis, 'suite', mocha);
  for (const load of which) await load();
  await new Promise<void>((resolve, reject) => {
    const runner = mocha.run((failures) => {
      if (failures > 0 || runner.total === 0) reject(new Error(`${failures} of ${runner.total} tests failed`));
      else resolve();
    });
  });
}
