import type { Settings } from '../model/context.ts';
import { toData } from '../yaml/data.ts';
import type { WorkspaceIndex } from './index.ts';

export const SEVERITIES = ['off', 'hint', 'info', 'warning', 'error'] as const;
type RuleSeverity = (typeof SEVERITIES)[number];

/** Reads settings out of data that somebody wrote: what is not of the right type is left out, and the default holds. */
export function readSettings(data: unknown): Settings {
  if (typeof data !== 'object' || data === null) return {};
  const source = data as Record<string, unknown>;
  const settings: Record<string, unknown> = {};
  for (const key of ['fluxVersion', 'argocdVersion', 'sopsVersion', 'kubernetesVersion']) {
    const value = source[key];
    // `fluxVersion: 2.6` without quotes is a number; what it means is plain.
    if (typeof value === 'string' && value !== '') settings[key] = value;
    else if (typeof value === 'number') settings[key] = String(value);
  }
  if (source['azureMode'] === 'auto' || source['azureMode'] === 'on' || source['azureMode'] === 'off')
    settings['azureMode'] = source['azureMode'];
  for (const key of ['keyVaultSuffixes', 'argocdExtraCommands', 'exclude']) {
    const value = source[key];
    if (Array.isArray(value)) settings[key] = value.filter((v) => typeof v === 'string');
  }
  const rules = source['rules'];
  if (typeof rules === 'object' && rules !== null) {
    const known: Record<string, RuleSeverity> = {};
    for (const [id, value] of Object.entries(rules)) {
      // YAML 1.1 tools write `off` as a boolean.
      const severity = value === false ? 'off' : value;
      if (SEVERITIES.includes(severity as RuleSeverity)) known[id] = severity as RuleSeverity;
    }
    settings['rules'] = known;
  }
  return settings as Settings;
}

/** The nearest `.azure-gitops.yaml` in the folder of a file or above it. */
export function configurationFileOf(index: WorkspaceIndex, uri: string): string | undefined {
  let folder = uri;
  for (let slash = folder.lastIndexOf('/'); slash > 0; slash = folder.lastIndexOf('/')) {
    folder = folder.slice(0, slash);
    for (const name of ['.azure-gitops.yaml', '.azure-gitops.yml'])
      if (index.exists(`${folder}/${name}`)) return `${folder}/${name}`;
  }
  return undefined;
}

const cache = new WeakMap<object, Settings>();

/** The settings for a file: those of the client, overridden by the nearest `.azure-gitops.yaml`. */
export function settingsFor(index: WorkspaceIndex, client: Settings, uri: string): Settings {
  const found = configurationFileOf(index, uri);
  const root = found ? index.documents(found)[0]?.tree.root : undefined;
  if (!root) return client;
  let own = cache.get(root);
  if (!own) {
    own = readSettings(toData(root));
    cache.set(root, own);
  }
  return { ...client, ...own, rules: { ...client.rules, ...own.rules } };
}
