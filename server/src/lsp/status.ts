import type { Connection } from 'vscode-languageserver';
import { attempt, type Log } from './guard.ts';
import type { LiveWorkspace } from './live-workspace.ts';
import { STATUS, type Status } from './messages.ts';
import { Debounce, Slices } from './turns.ts';

const DELAY = 300;

/** Tells a client that knows us what there is to know, whenever that has changed. */
export class StatusReporter {
  #last = '';
  #run = 0;
  readonly #timer = new Debounce(DELAY, () => attempt(this.log, STATUS, () => this.#send()));

  constructor(
    readonly connection: Connection,
    readonly log: Log,
    readonly live: LiveWorkspace,
  ) {}

  start(): void {
    this.live.onChange(() => {
      this.#run++;
      this.#timer.trigger();
    });
  }

  async #send(): Promise<void> {
    const run = this.#run;
    const status = await this.#status(() => run === this.#run);
    if (!status) return;
    const text = JSON.stringify(status);
    if (text === this.#last) return;
    this.#last = text;
    await this.connection.sendNotification(STATUS, status);
  }

  /** Counts in slices: the first count looks into every document that may be ours. */
  async #status(isCurrent: () => boolean): Promise<Status | undefined> {
    const ready = this.live.current();
    if (!ready) return undefined;
    const { session, analysis } = ready;
    const { indexing, noticeText: message } = this.live;
    let objects = 0;
    let files = 0;
    const slices = new Slices();
    // While files are still coming in, a count of what is there would be done many times over.
    for (const uri of indexing ? [] : session.uris()) {
      if (slices.over) {
        await slices.pause();
        if (!isCurrent()) return undefined;
      }
      let own = 0;
      for (const document of session.file(uri)?.documents ?? [])
        for (const unit of session.unitsOf(document)) if (unit.object && !unit.owner) own++;
      objects += own;
      if (own > 0) files++;
    }
    const settings = session.parts.settings();
    const workspace = session.workspace();
    const fact = ({ full, minor, why }: { full?: string | undefined; minor: string; why: string }) => ({
      value: full ?? minor,
      why,
    });
    return {
      objects,
      files,
      indexing,
      ...(!indexing && {
        fluxVersion: fact(analysis.fluxVersion(settings, workspace.untracked)),
        argocdVersion: fact(analysis.argocdVersion(settings, workspace.untracked)),
      }),
      ...(message !== undefined && { message }),
    };
  }
}
