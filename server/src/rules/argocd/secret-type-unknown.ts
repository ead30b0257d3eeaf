import { isTemplate, nearest } from '../../azure/text-kinds.ts';
import { isKind } from '../../model/object.ts';
import { SECRET_TYPE } from '../../model/views/argocd-cluster.ts';
import { replaceText } from '../../yaml/edits.ts';
import { asScalar, get } from '../../yaml/navigate.ts';
import type { ScalarNode } from '../../yaml/tree.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { onlyTypes, view } from '../views.ts';

const TYPES = ['cluster', 'repository', 'repo-creds', 'repository-write', 'repo-write-creds', 'scm-creds'];

const secretTypes = view<ScalarNode>(
  `the label ${SECRET_TYPE}`,
  function* ({ object }) {
    if (!object) return;
    const holder = isKind(object, '', 'Secret')
      ? object.root
      : isKind(object, 'external-secrets.io', 'ExternalSecret')
        ? get(object.root, 'spec', 'target', 'template')
        : undefined;
    const label = asScalar(get(holder, 'metadata', 'labels', SECRET_TYPE));
    if (label) yield label;
  },
  onlyTypes(['/Secret', 'external-secrets.io/ExternalSecret']),
);

export default defineRule({
  id: 'argocd/secret-type-unknown',
  on: secretTypes,
  severity: 'error',
  partial: true,
  summary: 'The label `argocd.argoproj.io/secret-type` has a value that Argo CD does not know.',
  why: 'Argo CD finds its Secrets by the exact value of this label. A Secret with any other value is not read, and nothing says so.',
  references: ['argoproj/argo-cd@v3.5.1 common/common.go:198'],
  *check(label) {
    const type = label.value;
    if (typeof type !== 'string' || isTemplate(type) || type.startsWith('ENC[') || TYPES.includes(type)) return;
    const meant = type === 'repo' ? 'repository' : nearest(type.replaceAll('_', '-'), TYPES, 3);
    yield report(
      label,
      `Argo CD knows no secret type "${type}" and will not read this Secret${meant ? `; did you mean "${meant}"?` : `. It knows ${TYPES.join(', ')}.`}`,
      { fix: meant ? unsafeFix(`Write ${meant}`, replaceText(label, meant)) : undefined },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A plural',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  labels:
    argocd.argoproj.io/secret-type: <|clusters|>
stringData:
  name: aks-prod
  server: https://aks-prod-1234.hcp.westeurope.azmk8s.io
`,
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  name: aks-prod
  server: https://aks-prod-1234.hcp.westeurope.azmk8s.io
`,
    },
    {
      title: 'In the template of an ExternalSecret, in capitals',
      yaml: `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: charts
spec:
  target:
    template:
      metadata:
        labels:
          argocd.argoproj.io/secret-type: <|Repository|>
`,
    },
  ],
  good: [
    {
      title: 'All that Argo CD knows, and a variable',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: a
  labels:
    argocd.argoproj.io/secret-type: repo-creds
---
apiVersion: v1
kind: Secret
metadata:
  name: b
  labels:
    argocd.argoproj.io/secret-type: scm-creds
---
apiVersion: v1
kind: Secret
metadata:
  name: c
  labels:
    argocd.argoproj.io/secret-type: \${TYPE}
`,
    },
  ],
};
