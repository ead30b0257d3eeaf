import { atLeast } from '../../model/context.ts';
import { getEntry } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { oidcConfigs } from './_sso.ts';

const SINCE: readonly (readonly [path: readonly string[], since: string])[] = [
  [['domainHint'], '2.12'],
  [['azure', 'useWorkloadIdentity'], '3.0'],
  [['azure', 'enableUserGroupOverageClaim'], '3.5'],
  [['azure', 'graphApiEndpoint'], '3.5'],
  [['azure', 'userGroupOverageClaimCacheExpiration'], '3.5'],
];

export default defineRule({
  id: 'argocd/oidc-field-needs-newer-argocd',
  on: oidcConfigs,
  severity: 'warning',
  partial: true,
  summary: 'The Argo CD of this workspace does not read this field of `oidc.config` yet.',
  why: 'Fields that a version does not know are passed over without a word. Login with workload identity instead of a client secret came with Argo CD 3.0, groups beyond the limit of a token with 3.5.',
  references: ['argoproj/argo-cd@v3.5.1 util/settings/settings.go OIDCConfig'],
  *check(root, { argocd }) {
    if (!argocd.known) return;
    for (const [path, since] of SINCE) {
      const entry = getEntry(root, ...path);
      if (entry && !atLeast(argocd, since))
        yield report(
          entry,
          `"${path.join('.')}" exists since Argo CD ${since} and is ignored by ${argocd.minor} (${argocd.why}).`,
        );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Workload identity with Argo CD 2.14',
      yaml: `apiVersion: v1
kind: ConfigMap
metadata:
  name: argocd-cm
data:
  oidc.config: |
    issuer: https://login.microsoftonline.com/0f8fad5b-d9cb-469f-a165-70867728950e/v2.0
    clientID: 7c9e6679-7425-40de-944b-e07fc1f90ae7
    azure:
      <|useWorkloadIdentity|>: true
    domainHint: contoso.com
    requestedScopes: [openid, profile, email]
`,
      settings: { argocdVersion: '2.14' },
      message: 'since Argo CD 3.0',
    },
  ],
  good: [
    {
      title: 'Where the version is not known',
      yaml: `apiVersion: v1
kind: ConfigMap
metadata:
  name: argocd-cm
data:
  oidc.config: |
    issuer: https://login.microsoftonline.com/0f8fad5b-d9cb-469f-a165-70867728950e/v2.0
    azure:
      enableUserGroupOverageClaim: true
    requestedScopes: [openid, profile, email]
`,
    },
  ],
};
