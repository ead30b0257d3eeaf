import type Mocha from 'mocha';

/** Marks the lines that are for the one who runs the tests among all that an extension host says. */
const print = (line: string): void => console.log(`[suite] ${line}`);

/** A mocha reporter that speaks by console.log alone: that is what comes out of an extension host, of either kind. */
export class Lines {
  constructor(runner: Mocha.Runner) {
    let failures = 0;
    runner.on('pass', (test) => print(`✔ ${test.fullTitle()} (${test.duration ?? 0} ms)`));
    runner.on('pending', (test) => print(`- ${test.fullTitle()} (skipped)`));
    runner.on('fail', (test, error) => {
      failures++;
      print(`✖ ${test.fullTitle()}\n${error?.stack ?? error}`);
    });
    runner.once('end', () => {
      const { passes = 0, pending = 0, duration = 0 } = runner.stats ?? {};
      print(`${passes} passing, ${failures} failing, ${pending} skipped (${duration} ms)`);
    });
  }
}
