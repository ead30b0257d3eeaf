import { podTemplateOf } from '../../model/views/pod-template.ts';
import { dataOf } from '../../model/views/secret-data.ts';
import { removeItem } from '../../yaml/edits.ts';
import { asScalar, get, items, text } from '../../yaml/navigate.ts';
import type { MapNode, Node, ScalarNode } from '../../yaml/tree.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { view } from '../views.ts';
import { identityValues } from './_values.ts';

const PATH = /\/var\/run\/secrets\/azure\/(tokens\/azure-identity-token|wi\/)/;

interface PathValue {
  readonly node: ScalarNode;
  /** The list item of the environment variable that the webhook sets itself. */
  readonly variable: MapNode | undefined;
}

const pathValues = view<PathValue>(
  'strings in pods, ConfigMaps and the environment of argocd-k8s-auth',
  function* (unit, context) {
    for (const value of identityValues.select(unit, context))
      if (value.what === 'tokenFile' && value.place === 'argocd-exec') yield { node: value.node, variable: undefined };
    const { object } = unit;
    if (!object) return;
    if (object.group === '' && object.kind === 'ConfigMap')
      for (const item of dataOf(object).values()) if (item.node) yield { node: item.node, variable: undefined };
    const template = podTemplateOf(object);
    // Who mounts a token there himself may name the path.
    if (
      !template ||
      template.containers.some((c) =>
        items(get(c.node, 'volumeMounts')).some((m) => text(get(m, 'mountPath'))?.startsWith('/var/run/secrets/azure')),
      )
    )
      return;
    for (const container of template.containers) {
      const lists: readonly (Node | undefined)[] = [get(container.node, 'command'), get(container.node, 'args')];
      for (const list of lists)
        for (const item of items(list))
          if (asScalar(item)) yield { node: asScalar(item) as ScalarNode, variable: undefined };
      for (const variable of container.env) {
        const node = asScalar(variable.value);
        if (node)
          yield { node, variable: variable.nameText === 'AZURE_FEDERATED_TOKEN_FILE' ? variable.node : undefined };
      }
    }
  },
);

export default defineRule({
  id: 'workload-identity/hardcoded-token-path',
  on: pathValues,
  severity: 'warning',
  partial: true,
  summary: 'The path of the injected token is hard-coded.',
  why: 'Where the webhook mounts the token is its own business and changed with v1.6.0. It puts the path into `AZURE_FEDERATED_TOKEN_FILE`; a copy of the path breaks with the next webhook.',
  references: [
    'Azure/azure-workload-identity@v1.6.0 pkg/webhook/consts.go',
    'https://github.com/Azure/azure-workload-identity/pull/1720',
    'https://github.com/Azure/AKS/issues/5541',
  ],
  versions: 'tokens/ up to webhook v1.5.1, wi/ from v1.6.0',
  *check({ node, variable }) {
    if (!PATH.test(node.text)) return;
    yield report(
      node,
      'The token path is an internal of the webhook and changed in v1.6.0: read AZURE_FEDERATED_TOKEN_FILE instead of writing the path.',
      {
        fix:
          variable && !variable.synthetic
            ? unsafeFix('Remove the variable: the webhook sets it', removeItem(variable))
            : undefined,
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'The variable set by hand',
      yaml: `apiVersion: v1
kind: Pod
metadata:
  name: worker
spec:
  containers:
    - name: worker
      env:
        - name: LOG_LEVEL
          value: debug
        - name: AZURE_FEDERATED_TOKEN_FILE
          value: <|/var/run/secrets/azure/tokens/azure-identity-token|>
`,
      fixed: `apiVersion: v1
kind: Pod
metadata:
  name: worker
spec:
  containers:
    - name: worker
      env:
        - name: LOG_LEVEL
          value: debug
`,
    },
    {
      title: 'In a ConfigMap',
      yaml: `apiVersion: v1
kind: ConfigMap
metadata:
  name: worker
data:
  tokenFile: <|/var/run/secrets/azure/wi/token/azure-identity-token|>
`,
    },
  ],
  good: [
    {
      title: 'A token that the pod mounts there itself',
      yaml: `apiVersion: v1
kind: Pod
metadata:
  name: worker
spec:
  containers:
    - name: worker
      env:
        - name: AZURE_FEDERATED_TOKEN_FILE
          value: /var/run/secrets/azure/tokens/azure-identity-token
      volumeMounts:
        - name: token
          mountPath: /var/run/secrets/azure/tokens
`,
    },
  ],
};
