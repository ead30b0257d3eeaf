import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  type AskedStep,
  GENERATE,
  GENERATE_PROBLEM,
  GENERATE_STEP,
  GENERATORS,
  type Generated,
  type GenerateProblemResult,
  type Offer,
} from '../protocol.ts';
import { ask } from './ask.ts';
import { place } from './place.ts';
import { translatedOffer, translatedStep } from './translated.ts';

/** Asks what a generator needs, step by step, and shows, inserts or writes what it makes. `name` skips the choice. */
export async function generate(client: BaseLanguageClient, name?: string): Promise<void> {
  const target = vscode.window.activeTextEditor?.document.uri ?? vscode.workspace.workspaceFolders?.[0]?.uri;
  const base = target ? { uri: client.code2ProtocolConverter.asUri(target) } : {};
  const offers = (await client.sendRequest<Offer[]>(GENERATORS, base)).map(translatedOffer);
  const offer = name === undefined ? await choose(offers) : offers.find((o) => o.name === name);
  if (!offer) return;
  if (offer.refused) {
    await vscode.window.showWarningMessage(offer.refused);
    return;
  }
  const values: Record<string, string> = {};
  const answered: string[] = [];
  let before: string | undefined;
  for (;;) {
    const params = { ...base, name: offer.name, values };
    const step = await client.sendRequest<AskedStep | null>(GENERATE_STEP, params);
    if (!step) break;
    const problem = async (value: string): Promise<string | undefined> => {
      const about = { ...params, key: step.key, value };
      return (await client.sendRequest<GenerateProblemResult>(GENERATE_PROBLEM, about)).reason ?? undefined;
    };
    const answer = await ask({
      title: offer.title,
      step: translatedStep(step),
      canGoBack: answered.length > 0,
      before,
      problem,
    });
    if (answer === undefined) return;
    if (answer === 'back') {
      const last = answered.pop() ?? '';
      before = values[last];
      delete values[last];
    } else {
      before = undefined;
      values[step.key] = answer.value;
      answered.push(step.key);
    }
  }
  const progress = { location: vscode.ProgressLocation.Window, title: offer.title };
  const result = await vscode.window.withProgress(progress, () =>
    client.sendRequest<Generated>(GENERATE, { ...base, name: offer.name, values }),
  );
  if (result.ok) await place(offer.title, result.files);
  else await vscode.window.showErrorMessage(result.errors.map((e) => e.reason).join(' '));
}

async function choose(offers: readonly Offer[]): Promise<Offer | undefined> {
  const items = offers.map((offer) => ({
    label: offer.refused ? `$(circle-slash) ${offer.title}` : offer.title,
    detail: offer.refused ?? offer.detail,
    offer,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Azure GitOps: Generate'),
    placeHolder: vscode.l10n.t('What do you want to write?'),
    matchOnDetail: true,
  });
  return chosen?.offer;
}
