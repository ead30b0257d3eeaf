import { isTemplate } from '../../azure/text-kinds.ts';
import { dataOf } from '../../model/views/secret-data.ts';
import { addEntry, replaceText } from '../../yaml/edits.ts';
import { asMap, asScalar, get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, related, report, unsafeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { specsOf } from './_fields.ts';
import { DEPLOYING_KINDS } from './_kubeconfigs.ts';
import { literalAt, nameOf, textOr } from './_sources.ts';

export default defineRule({
  id: 'flux/kubeconfig-secret-key-missing',
  on: kinds(...DEPLOYING_KINDS),
  severity: 'error',
  summary: 'The Secret of a kubeconfig does not have the key that Flux reads.',
  why: 'Flux takes the kubeconfig from the key that `secretRef.key` names, else from `value`, else from `value.yaml`. No other key is tried, whatever the Secret holds.',
  references: [
    'fluxcd/pkg@e2cfd1a2 runtime/client/impersonator.go',
    'fluxcd/helm-controller@v1.6.3 internal/kube/config.go',
  ],
  *check(object, { workspace }) {
    const specs = specsOf(object, workspace);
    const reference = asMap(get(specs[0], 'kubeConfig', 'secretRef'));
    const name = literalAt(reference, 'name');
    const key = textOr(reference, ['key'], '');
    if (!name || key === undefined || isTemplate(key)) return;
    const same = (spec: (typeof specs)[number]) =>
      textOr(spec, ['kubeConfig', 'secretRef', 'name'], '') === name.text &&
      textOr(spec, ['kubeConfig', 'secretRef', 'key'], '') === key;
    const found = workspace.find('', 'Secret', name.text, object);
    if (found.state !== 'found' || !specs.every(same)) return;
    const keys = found.values.map((secret) => [...dataOf(workspace.patched(secret)).keys()]);
    const lacks = (list: readonly string[]) =>
      list.length > 0 &&
      !list.some(isTemplate) &&
      !(key === '' ? list.includes('value') || list.includes('value.yaml') : list.includes(key));
    if (!keys.every(lacks) || !found.values.every((secret) => workspace.isComplete(secret))) return;
    const [secret] = found.values;
    const only = keys.length === 1 && keys[0]?.length === 1 ? keys[0][0] : undefined;
    const keyNode = key === '' ? undefined : asScalar(get(reference, 'key'));
    yield report(
      keyNode ?? name,
      `KubeConfig secret '${secret?.namespace ?? object.namespace ?? ''}/${name.text}' does not contain a '${key || 'value'}' key with a kubeconfig. ${
        only ? `Its only key is ${only}: name it in secretRef.key.` : `Its keys are ${keys[0]?.join(', ')}.`
      }`,
      {
        related: secret ? [related(nameOf(secret), 'The Secret')] : [],
        fix:
          only && reference && !reference.synthetic
            ? unsafeFix(`Read the key ${only}`, keyNode ? replaceText(keyNode, only) : addEntry(reference, 'key', only))
            : undefined,
      },
    );
  },
});

const kustomization = (reference: string): string => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: shop
  namespace: flux-system
spec:
  interval: 10m
  prune: true
  sourceRef: { kind: OCIRepository, name: fleet }
  kubeConfig:
    secretRef: ${reference}
`;
const secret = (data: string): string => `apiVersion: v1
kind: Secret
metadata:
  name: west
  namespace: flux-system
${data}`;

export const examples: Examples = {
  bad: [
    {
      title: 'Another key, and none is named',
      files: {
        'shop.yaml': kustomization('{ name: <|west|> } # Amsterdam'),
        'secret.yaml': secret('data:\n  kubeconfig: JHtLVUJFQ09ORklHfQ==\n'),
      },
      fixed: kustomization('{ name: west, key: kubeconfig } # Amsterdam'),
      message: "KubeConfig secret 'flux-system/west' does not contain a 'value' key with a kubeconfig",
    },
    {
      title: 'A key that the encrypted Secret does not have',
      files: {
        'shop.yaml': kustomization('\n      name: west\n      key: <|config|>'),
        'secret.yaml': secret(
          'stringData:\n  kubeconfig: ENC[AES256_GCM,data:bm8=,iv:bm8=,tag:bm8=,type:str]\nsops:\n  mac: ENC[AES256_GCM,data:bm8=,iv:bm8=,tag:bm8=,type:str]\n',
        ),
      },
      fixed: kustomization('\n      name: west\n      key: kubeconfig'),
    },
  ],
  good: [
    {
      title: 'The key that is named',
      files: {
        'shop.yaml': kustomization('{ name: west, key: kubeconfig }'),
        'secret.yaml': secret('stringData:\n  kubeconfig: ${KUBECONFIG}\n'),
      },
    },
    {
      title: 'One of the two that need no name',
      files: {
        'shop.yaml': kustomization('{ name: west }'),
        'secret.yaml': secret('stringData:\n  value.yaml: ${KUBECONFIG}\n  other: x\n'),
      },
    },
    {
      title: 'A Secret that something else fills; a Secret of another namespace; a template',
      files: {
        'shop.yaml': `${kustomization('{ name: west }')}---
${kustomization('{ name: north }')}---
${kustomization('{ name: west, key: "${KEY}" }')}`,
        'secret.yaml': `${secret('type: Opaque\n')}---
apiVersion: v1
kind: Secret
metadata: { name: north, namespace: apps }
stringData: { kubeconfig: x }
`,
      },
    },
  ],
};
