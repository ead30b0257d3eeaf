import * as vscode from 'vscode';
import type { AskedStep } from '../protocol.ts';

const BACK = Symbol('back');
type Result = string | typeof BACK | undefined;
/** A pause in typing long enough to ask the server about what was typed. */
const PAUSE = 150;

interface Asking {
  readonly title: string;
  readonly step: AskedStep;
  readonly canGoBack: boolean;
  /** What was answered before, on the way back. */
  readonly before: string | undefined;
  /** The reason why a value cannot be; `undefined` where it can. */
  problem(value: string): Promise<string | undefined>;
}

/** Asks one step of a generator: the answer, which may be empty; `back`; or `undefined` where the user gave up. */
export async function ask(asking: Asking): Promise<{ value: string } | 'back' | undefined> {
  const { step } = asking;
  const plain = step.kind === 'text' && !step.suggestions?.length;
  const result = await (plain ? askText(asking) : step.kind === 'choices' ? askMany(asking) : askOne(asking));
  return result === BACK ? 'back' : result === undefined ? undefined : { value: result };
}

/** Shows an input and waits for its end; whatever ends it disposes of it. */
function shown(
  input: vscode.InputBox | vscode.QuickPick<Item>,
  asking: Asking,
  listen: (done: (result: Result) => void) => vscode.Disposable[],
): Promise<Result> {
  const { step } = asking;
  input.title = `${asking.title}: ${step.title}`;
  input.step = step.number;
  input.totalSteps = step.total;
  input.ignoreFocusOut = true;
  if (asking.canGoBack) input.buttons = [vscode.QuickInputButtons.Back];
  return new Promise((resolve) => {
    const done = (result: Result): void => {
      resolve(result);
      vscode.Disposable.from(...listeners, input).dispose();
    };
    const listeners = [
      ...listen(done),
      input.onDidTriggerButton(() => done(BACK)),
      input.onDidHide(() => done(undefined)),
    ];
    input.show();
  });
}

/** Runs what was asked last, after a pause. */
function debounce(run: (value: string) => void): { (value: string): void; cancel(): void } {
  let pause: ReturnType<typeof setTimeout> | undefined;
  const later = (value: string): void => {
    clearTimeout(pause);
    pause = setTimeout(() => run(value), PAUSE);
  };
  return Object.assign(later, { cancel: () => clearTimeout(pause) });
}

const needed = (): string => vscode.l10n.t('This needs an answer.');

function askText(asking: Asking): Promise<Result> {
  const { step } = asking;
  const input = vscode.window.createInputBox();
  input.prompt = step.optional ? vscode.l10n.t('{0} (may be left empty)', step.prompt) : step.prompt;
  input.value = asking.before ?? step.default ?? '';
  if (step.example) input.placeholder = vscode.l10n.t('For example {0}', step.example);
  let asked = 0;
  const check = async (value: string): Promise<string | undefined> => {
    const own = ++asked;
    const reason = value !== '' ? await asking.problem(value) : step.optional ? undefined : needed();
    if (own === asked) input.validationMessage = reason;
    return reason;
  };
  const later = debounce((value) => void check(value));
  return shown(input, asking, (done) => [
    input.onDidChangeValue((value) => {
      input.validationMessage = undefined;
      if (value === '') later.cancel();
      else later(value);
    }),
    input.onDidAccept(async () => {
      later.cancel();
      const { value } = input;
      if ((await check(value)) === undefined) done(value);
    }),
  ]);
}

interface Item extends vscode.QuickPickItem {
  readonly value: string;
  readonly refused?: string | undefined;
}

/** The items of a step: its choices, yes and no, or the values known in the workspace. */
function itemsOf({ step, before }: Asking): Item[] {
  const { l10n } = vscode;
  if (step.kind === 'flag')
    return [
      { label: l10n.t('Yes'), value: 'true' },
      { label: l10n.t('No'), value: 'false' },
    ];
  if (!step.choices)
    return (step.suggestions ?? []).map((value) => ({
      label: value,
      description: l10n.t('known in the workspace'),
      value,
    }));
  const chosen = (before ?? step.default ?? '').split(',');
  return step.choices.map(({ value, title, detail, refused }) => ({
    label: refused ? `$(circle-slash) ${title}` : title,
    ...((refused ?? detail) !== undefined && { detail: refused ?? detail }),
    value,
    refused,
    picked: chosen.includes(value),
  }));
}

/** One of several values; a text with suggestions takes what is typed as well. */
function askOne(asking: Asking): Promise<Result> {
  const { step } = asking;
  const free = step.kind === 'text';
  const input = vscode.window.createQuickPick<Item>();
  const items = itemsOf(asking);
  const first = asking.before ?? step.default;
  input.placeholder = step.prompt;
  input.matchOnDetail = true;
  input.items = items;
  const active = items.find((i) => i.value === first);
  if (free && first) input.value = first;
  else if (active) input.activeItems = [active]; // else the editor's own choice stays: the first
  let asked = 0;
  // What is typed is an item of its own, at the top, with the reason where it cannot be.
  const offer = async (value: string): Promise<void> => {
    const own = ++asked;
    const others = items.filter((i) => i.value !== value);
    const typed = (reason?: string): Item => ({
      label: value === '' ? vscode.l10n.t('(nothing)') : value,
      ...(reason && { detail: reason }),
      alwaysShow: true,
      value,
      refused: reason,
    });
    if (value === '') input.items = step.optional ? [typed(), ...others] : others;
    else {
      input.items = [typed(), ...others];
      const reason = await asking.problem(value);
      if (own === asked && reason !== undefined) input.items = [typed(reason), ...others];
    }
  };
  if (free) void offer(input.value);
  const later = debounce((value) => void offer(value));
  return shown(input, asking, (done) => [
    input.onDidChangeValue((value) => {
      if (free) later(value);
    }),
    input.onDidAccept(async () => {
      later.cancel();
      const item = input.activeItems[0];
      // Enter right after the last letter: the item still is the one of the letters before.
      const value = free && (!item || !items.includes(item)) ? input.value : item?.value;
      if (value === undefined) return;
      const reason = free
        ? value !== ''
          ? await asking.problem(value)
          : step.optional
            ? undefined
            : needed()
        : item?.refused;
      if (reason === undefined) done(value);
      else input.placeholder = reason;
    }),
  ]);
}

function askMany(asking: Asking): Promise<Result> {
  const { step } = asking;
  const input = vscode.window.createQuickPick<Item>();
  input.canSelectMany = true;
  input.placeholder = step.prompt;
  input.items = itemsOf(asking);
  input.selectedItems = input.items.filter((i) => i.picked && !i.refused);
  return shown(input, asking, (done) => [
    input.onDidAccept(async () => {
      const value = input.selectedItems.map((i) => i.value).join(',');
      const reason =
        input.selectedItems.find((i) => i.refused)?.refused ??
        (value !== '' ? await asking.problem(value) : step.optional ? undefined : needed());
      if (reason === undefined) done(value);
      else input.placeholder = reason;
    }),
  ]);
}
