import { APPLICATIONS } from '../../azure/applications.ts';
import { isBefore, type Version } from '../../model/context.ts';
import { addEntry, replaceText, setValue, type TreeEdit } from '../../yaml/edits.ts';
import { asMap, asScalar, items, text } from '../../yaml/navigate.ts';
import type { Node } from '../../yaml/tree.ts';
import { type FixPlan, unsafeFix } from '../define.ts';
import { type ClusterConfig, field, goKind } from './_cluster-config.ts';

/** The variables of `argocd-k8s-auth azure` that say what flags of kubelogin say. */
const VARIABLES: Readonly<Record<string, string>> = {
  '--login': 'AAD_LOGIN_METHOD',
  '-l': 'AAD_LOGIN_METHOD',
  '--client-id': 'AZURE_CLIENT_ID',
  '--tenant-id': 'AZURE_TENANT_ID',
  '-t': 'AZURE_TENANT_ID',
  '--environment': 'AAD_ENVIRONMENT_NAME',
  '-e': 'AAD_ENVIRONMENT_NAME',
  '--server-id': 'AAD_SERVER_APPLICATION_ID',
  '--client-secret': 'AZURE_CLIENT_SECRET',
  '--client-certificate': 'AZURE_CLIENT_CERTIFICATE_PATH',
  '--client-certificate-password': 'AZURE_CLIENT_CERTIFICATE_PASSWORD',
  '--federated-token-file': 'AZURE_FEDERATED_TOKEN_FILE',
  '--authority-host': 'AZURE_AUTHORITY_HOST',
};
/** Flags that mean nothing to argocd-k8s-auth. */
const DROPPED = new Set(['--token-cache-dir', '--cache-dir', '--timeout']);

/** The names that Argo CD 2.8 to 2.13 reads for a service principal. */
export const OLD_NAMES: Readonly<Record<string, string>> = {
  AZURE_CLIENT_ID: 'AAD_SERVICE_PRINCIPAL_CLIENT_ID',
  AZURE_CLIENT_SECRET: 'AAD_SERVICE_PRINCIPAL_CLIENT_SECRET',
  AZURE_CLIENT_CERTIFICATE_PATH: 'AAD_SERVICE_PRINCIPAL_CLIENT_CERTIFICATE',
  AZURE_CLIENT_CERTIFICATE_PASSWORD: 'AAD_SERVICE_PRINCIPAL_CLIENT_CERTIFICATE_PASSWORD',
};

/** The variables that arguments of kubelogin stand for; `undefined` where one of them has no counterpart. */
function variablesOf(args: readonly Node[], argocd: Version): Map<string, string> | undefined {
  const variables = new Map<string, string>();
  const words = args.map((arg) => text(arg));
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    if (word === undefined) return undefined;
    if (/^(azure|get-token|kubelogin)$/.test(word)) continue;
    const [flag = '', ...inline] = word.split('=');
    const value = inline.length > 0 ? inline.join('=') : words[++i];
    if (DROPPED.has(flag)) continue;
    const name = VARIABLES[flag];
    if (!name || value === undefined) return undefined;
    if (name === 'AAD_SERVER_APPLICATION_ID' && value === APPLICATIONS.aksServer.id) continue;
    variables.set(name, value);
  }
  if (variables.get('AAD_LOGIN_METHOD') !== 'spn' || !isBefore(argocd, '2.14')) return variables;
  return new Map([...variables].map(([name, value]) => [OLD_NAMES[name] ?? name, value]));
}

/** Makes `argocd-k8s-auth azure` of a command with kubelogin's flags: what they say goes into the environment. */
export function toArgocdAuth({ exec }: ClusterConfig, argocd: Version): FixPlan | undefined {
  const args = field(exec, 'args');
  const command = asScalar(field(exec, 'command')?.value);
  const variables = variablesOf(items(args?.value), argocd);
  if (!exec || !command || !variables) return undefined;
  const edits: TreeEdit[] = [];
  if (command.text.split('/').pop() !== 'argocd-k8s-auth') edits.push(replaceText(command, 'argocd-k8s-auth'));
  edits.push(args ? setValue(args, ['azure']) : addEntry(exec, 'args', ['azure']));
  const env = field(exec, 'env');
  const map = asMap(env?.value);
  const wanted = [...variables].filter(([name]) => !map?.entries.some((e) => e.key.text === name));
  if (wanted.length > 0) {
    const data = Object.fromEntries(wanted);
    if (!env) edits.push(addEntry(exec, 'env', data));
    else if (map && map.entries.length > 0) edits.push(...wanted.map(([name, value]) => addEntry(map, name, value)));
    else if (map || goKind(env.value) === 'null') edits.push(setValue(env, data));
    else return undefined;
  }
  const version = asScalar(field(exec, 'apiVersion')?.value);
  if (version?.value === 'client.authentication.k8s.io/v1')
    edits.push(replaceText(version, 'client.authentication.k8s.io/v1beta1'));
  return unsafeFix(
    variables.size > 0 ? 'Use argocd-k8s-auth azure, with the flags as variables' : 'Use argocd-k8s-auth azure',
    ...edits,
  );
}
