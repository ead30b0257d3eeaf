import * as vscode from 'vscode';
import type { AskedStep, Offer } from '../protocol.ts';

/** The server speaks English. Its texts are keys of our bundles, which a script keeps complete. */
const translate = (text: string): string => vscode.l10n.t(text);

/** An offer in the language of the editor. */
export const translatedOffer = (offer: Offer): Offer => ({
  ...offer,
  title: translate(offer.title),
  detail: translate(offer.detail),
});

/** A step in the language of the editor; values and examples stay. */
export const translatedStep = (step: AskedStep): AskedStep => ({
  ...step,
  title: translate(step.title),
  prompt: translate(step.prompt),
  ...(step.choices && {
    choices: step.choices.map((choice) => ({
      ...choice,
      title: translate(choice.title),
      ...(choice.detail !== undefined && { detail: translate(choice.detail) }),
    })),
  }),
});
