import { isTemplate } from '../../azure/text-kinds.ts';
import { isKind, type KubernetesObject } from '../../model/object.ts';
import { referrersOf } from '../../model/views/flux-references.ts';
import { dataOf } from '../../model/views/secret-data.ts';
import { asMap, get, getEntry, items, text, textAt } from '../../yaml/navigate.ts';
import type { MapNode, Node } from '../../yaml/tree.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { argumentsOf, flagValue } from '../flux-install.ts';
import { maps } from '../views.ts';
import { DEPLOYING_KINDS } from './_kubeconfigs.ts';
import { isSet } from './_sources.ts';

/** Other ways for a user to prove who he is; they are kept. */
const CREDENTIALS = [
  'token',
  'tokenFile',
  'client-certificate',
  'client-certificate-data',
  'username',
  'password',
] as const;

export default defineRule({
  id: 'flux/kubeconfig-exec-dropped',
  on: maps('kubeconfig'),
  severity: 'error',
  summary: 'A kubeconfig for Flux signs in with a plugin, which Flux does not run.',
  why: 'What `az aks get-credentials` writes calls kubelogin by `exec`. Flux takes such sections out before it uses the kubeconfig, for it would run a program of whoever may write the Secret, and there is no kubelogin in its images. Without the section the API server sees nobody. For AKS there is `configMapRef` with `provider: azure`, which needs no kubeconfig at all.',
  references: [
    'fluxcd/pkg@e2cfd1a2 runtime/client/kubeconfig.go',
    'fluxcd/kustomize-controller@v1.9.4 docs/spec/v1/kustomizations.md',
  ],
  *check({ unit, root }, { workspace }) {
    const secret = unit.owner?.object;
    const host = unit.tree.host?.node;
    if (!secret || secret.partial || !host || !isKind(secret, '', 'Secret')) return;
    const users = usersOf(root);
    const entries = users.flatMap((user) => getEntry(user, 'exec') ?? []);
    if (entries.length === 0) return;
    const key = [...dataOf(secret).values()].find((item) => item.node === host)?.key;
    const reader = referrersOf(secret, DEPLOYING_KINDS, ['spec', 'kubeConfig', 'secretRef', 'name'], workspace).find(
      (object) => key !== undefined && reads(object, key, secret) && !runsPlugins(object),
    );
    if (!reader) return;
    for (const entry of entries)
      yield report(
        entry,
        `Flux drops exec plugins from kubeconfigs unless the controller runs with --insecure-kubeconfig-exec, and ${reader.kind} "${reader.name}" cannot sign in without. For AKS use configMapRef with provider: azure.`,
      );

    function runsPlugins(object: KubernetesObject): boolean {
      const controller = object.kind === 'HelmRelease' ? 'helm-controller' : 'kustomize-controller';
      return argumentsOf(controller, workspace).some((argument) => {
        const value = flagValue(argument.text, 'insecure-kubeconfig-exec');
        return value !== undefined && value !== 'false';
      });
    }
  },
});

/** The user of the current context, or all where none is chosen: those that have nothing but a plugin. */
function usersOf(root: MapNode): MapNode[] {
  const current = textAt(root, 'current-context') ?? '';
  const context = items(get(root, 'contexts')).find((c) => textAt(c, 'name') === current);
  const name = textAt(context, 'context', 'user');
  if (isTemplate(current) || isTemplate(name ?? '')) return [];
  const chosen = (user: Node) => (current === '' ? true : textAt(user, 'name') === name);
  return items(get(root, 'users'))
    .filter(chosen)
    .flatMap((user) => asMap(get(user, 'user')) ?? [])
    .filter((user) => !CREDENTIALS.some((field) => isSet(user, field)));
}

function reads(object: KubernetesObject, key: string, secret: KubernetesObject): boolean {
  const named = text(get(object.root, 'spec', 'kubeConfig', 'secretRef', 'key'));
  if (named) return named === key;
  return key === 'value' || (key === 'value.yaml' && !dataOf(secret).has('value'));
}

const USER = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: shop
  namespace: flux-system
spec:
  interval: 10m
  prune: true
  sourceRef: { kind: OCIRepository, name: fleet }
  kubeConfig:
    secretRef:
      name: west
`;
const secret = (user: string): string => `apiVersion: v1
kind: Secret
metadata:
  name: west
  namespace: flux-system
stringData:
  value: |
    apiVersion: v1
    kind: Config
    current-context: west
    clusters:
      - name: west
        cluster: { server: https://west-x7k2.hcp.westeurope.azmk8s.io }
    contexts:
      - name: west
        context: { cluster: west, user: west }
    users:
      - name: west
        user: ${user}
      - name: other
        user:
          exec: { apiVersion: client.authentication.k8s.io/v1, command: kubelogin }
`;

export const examples: Examples = {
  bad: [
    {
      title: 'What az aks get-credentials writes',
      files: {
        'secret.yaml': secret(`
          <|exec|>:
            apiVersion: client.authentication.k8s.io/v1beta1
            command: kubelogin
            args: [get-token, --login, workloadidentity]`),
        'shop.yaml': USER,
      },
    },
    {
      title: 'In JSON, without a context',
      files: {
        'secret.yaml': `apiVersion: v1
kind: Secret
metadata: { name: west, namespace: flux-system }
stringData:
  value.yaml: '{"apiVersion":"v1","kind":"Config","users":[{"name":"west","user":{<|"exec"|>:{"command":"kubelogin"}}}]}'
`,
        'shop.yaml': USER,
      },
    },
  ],
  good: [
    {
      title: 'A token, beside which the plugin does not matter',
      files: {
        'secret.yaml': secret('{ token: "${TOKEN}", exec: { command: kubelogin } }'),
        'shop.yaml': USER,
      },
    },
    {
      title: 'The controller runs plugins',
      files: {
        'secret.yaml': secret('{ exec: { command: kubelogin } }'),
        'shop.yaml': USER,
        'flux-system/kustomization.yaml': `resources: [gotk-components.yaml]
patches:
  - target: { kind: Deployment, name: (kustomize|helm)-controller }
    patch: |
      - op: add
        path: /spec/template/spec/containers/0/args/-
        value: --insecure-kubeconfig-exec=true
`,
      },
    },
    {
      title: 'A kubeconfig of something else',
      files: { 'secret.yaml': secret('{ exec: { command: kubelogin } }') },
    },
  ],
};
