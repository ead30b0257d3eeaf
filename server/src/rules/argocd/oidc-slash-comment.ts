import { replacePart } from '../../yaml/edits.ts';
import type { MapNode } from '../../yaml/tree.ts';
import { defineRule, type Examples, report, safeFix } from '../define.ts';
import { onlyLanguages, view } from '../views.ts';
import { dexConfigs, oidcConfigs, scalarsIn, slashComment } from './_sso.ts';

const configs = view<MapNode>(
  'oidc.config and dex.config of argocd-cm',
  function* (unit, context) {
    yield* oidcConfigs.select(unit, context);
    yield* dexConfigs.select(unit, context);
  },
  onlyLanguages('argocd-oidc-config', 'argocd-dex-config'),
);

export default defineRule({
  id: 'argocd/oidc-slash-comment',
  on: configs,
  severity: 'error',
  partial: true,
  summary: '`//` begins no comment in YAML.',
  why: 'Comments begin with `#`. What follows `//` is part of the value: `true // with workload identity` is a text and no boolean, so that Argo CD says `invalid oidc config` and the login disappears; a reference to a secret with such a tail names another key. The sample in the documentation has this mistake.',
  references: ['argoproj/argo-cd@v3.5.1 docs/operator-manual/user-management/microsoft.md'],
  *check(root) {
    for (const node of scalarsIn(root)) {
      const at = slashComment(node);
      if (at < 0) continue;
      const written = node.tree.text.slice(node.span.start, node.span.end);
      const flow = node.parent?.kind !== undefined && node.parent.flow;
      yield report(
        node,
        'In YAML "//" begins no comment: what follows is part of this value. Begin the comment with "#".',
        {
          fix: flow || /[\r\n]/.test(written) ? undefined : safeFix('Write #', replacePart(node, at, at + 2, '#')),
        },
      );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'The sample of the documentation',
      yaml: `apiVersion: v1
kind: ConfigMap
metadata:
  name: argocd-cm
data:
  oidc.config: |
    name: Entra
    issuer: https://login.microsoftonline.com/0f8fad5b-d9cb-469f-a165-70867728950e/v2.0
    clientID: 7c9e6679-7425-40de-944b-e07fc1f90ae7
    clientSecret: <|$oidc.azure.clientSecret // with a client secret|>
    azure:
      useWorkloadIdentity: <|true // with workload identity|>
    requestedScopes: [openid, profile, email]
`,
      fixed: `apiVersion: v1
kind: ConfigMap
metadata:
  name: argocd-cm
data:
  oidc.config: |
    name: Entra
    issuer: https://login.microsoftonline.com/0f8fad5b-d9cb-469f-a165-70867728950e/v2.0
    clientID: 7c9e6679-7425-40de-944b-e07fc1f90ae7
    clientSecret: $oidc.azure.clientSecret # with a client secret
    azure:
      useWorkloadIdentity: true # with workload identity
    requestedScopes: [openid, profile, email]
`,
    },
    {
      title: 'In a patch',
      files: {
        'kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [base]
patches:
  - patch: |
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: argocd-cm
      data:
        dex.config: |
          connectors:
            - type: microsoft
              id: <|entra // our tenant|>
`,
      },
    },
  ],
  good: [
    {
      title: 'A comment, a URL, a text in quotes, and another ConfigMap',
      yaml: `apiVersion: v1
kind: ConfigMap
metadata:
  name: argocd-cm
data:
  oidc.config: |
    name: "Entra // Contoso"
    issuer: https://login.microsoftonline.com/0f8fad5b-d9cb-469f-a165-70867728950e/v2.0 # our tenant
    requestedScopes: [openid, profile, email]
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: notes
data:
  oidc.config: |
    argocd: yes // or no
`,
    },
  ],
};
