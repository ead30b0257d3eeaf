import * as vscode from 'vscode';
import { equal, eventually, ok } from './assert.ts';
import { extension, inWorkspace } from './extension.ts';

/** Whether this run is given a trusted workspace; put in when the suite is bundled. */
declare const TRUSTED: boolean;

describe('activation', () => {
  it('runs with the trust that this run is about', () => equal(vscode.workspace.isTrusted, TRUSTED, 'trust'));

  it('does not load the client for YAML that is none of our business', async () => {
    await vscode.window.showTextDocument(inWorkspace('plain.yaml'));
    await eventually('the entry to activate', () => extension().isActive);
    await new Promise((resolve) => setTimeout(resolve, 300));
    equal(extension().exports.loaded, false, 'loaded');
  });

  it('costs next to nothing', () => {
    // The budget is 5 ms at the median over many starts; this is one start on a machine that does other things.
    ok(extension().exports.activation < 50, `activate took ${extension().exports.activation} ms`);
  });

  it('loads the client for one of ours, and the server answers', async () => {
    await vscode.window.showTextDocument(inWorkspace('source.yaml'));
    await eventually('the client to load', () => extension().exports.loaded);
    await extension().exports.ready;
  });

  it('offers its commands', async () => {
    const commands = await vscode.commands.getCommands(true);
    const offered: { command: string }[] = extension().packageJSON.contributes.commands;
    ok(offered.length > 5, 'the palette has commands');
    for (const { command } of offered) ok(commands.includes(command), `${command} is there`);
  });
});
