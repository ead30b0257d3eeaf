import { isTemplate } from '../../azure/text-kinds.ts';
import { quote, replaceSource, type TreeEdit } from '../../yaml/edits.ts';
import { get, getEntry } from '../../yaml/navigate.ts';
import type { Node } from '../../yaml/tree.ts';
import { defineRule, type Examples, report, safeFix } from '../define.ts';
import { oidcConfigs, slashComment } from './_sso.ts';

const BOOLEANS: readonly (readonly string[])[] = [
  ['enablePKCEAuthentication'],
  ['enableUserInfoGroups'],
  ['skipAudienceCheckWhenTokenHasNoAudience'],
  ['azure', 'useWorkloadIdentity'],
  ['azure', 'enableUserGroupOverageClaim'],
];
const LISTS: readonly (readonly string[])[] = [['requestedScopes'], ['allowedAudiences']];
const STRINGS: readonly (readonly string[])[] = [
  ['name'],
  ['issuer'],
  ['clientID'],
  ['clientSecret'],
  ['cliClientID'],
  ['logoutURL'],
  ['domainHint'],
  ['userInfoPath'],
  ['userInfoCacheExpiration'],
  ['refreshTokenThreshold'],
  ['azure', 'graphApiEndpoint'],
];

export default defineRule({
  id: 'argocd/oidc-field-type',
  on: oidcConfigs,
  severity: 'error',
  partial: true,
  summary: 'A field of `oidc.config` has the wrong type, and the login disappears.',
  why: 'Argo CD decodes `oidc.config` as a whole. One value of another type makes it write `invalid oidc config` into its log and go on without single sign-on: the button is missing from the login page.',
  references: ['argoproj/argo-cd@v3.5.1 util/settings/settings.go OIDCConfig'],
  *check(root) {
    const wrong = (path: readonly string[], type: string, edit: TreeEdit | undefined, title: string) => {
      const entry = getEntry(root, ...path);
      return (
        entry &&
        report(
          entry.value,
          `${path.join('.')} must be a ${type}: Argo CD says "invalid oidc config" in its log and the login disappears.`,
          { fix: safeFix(title, edit) },
        )
      );
    };
    for (const path of BOOLEANS) {
      const node = get(root, ...path);
      if (!node || isFine(node) || (node.kind === 'scalar' && typeof node.value === 'boolean')) continue;
      // YAML 1.1, which Argo CD reads, takes these for booleans.
      if (node.kind === 'scalar' && node.style === 'plain' && /^(y|yes|n|no|on|off)$/i.test(node.text)) continue;
      const plain = node.kind === 'scalar' && /^(true|false)$/i.test(node.text) ? node.text.toLowerCase() : undefined;
      yield wrong(path, 'boolean', plain === undefined ? undefined : replaceSource(node, plain), 'Remove the quotes');
    }
    for (const path of LISTS) {
      const node = get(root, ...path);
      if (!node || node.kind === 'seq' || isFine(node)) continue;
      const words = node.kind === 'scalar' ? node.text.split(/[\s,]+/).filter((w) => w !== '') : [];
      const plain = words.length > 0 && words.every((w) => /^[A-Za-z0-9_.:/-]+$/.test(w));
      yield wrong(path, 'list', plain ? replaceSource(node, `[${words.join(', ')}]`) : undefined, 'Write a list');
    }
    for (const path of STRINGS) {
      const node = get(root, ...path);
      // A map in braces without quotes is a placeholder more often than a map.
      if (!node || node.kind === 'map' || isFine(node) || (node.kind === 'scalar' && typeof node.value === 'string'))
        continue;
      yield wrong(path, 'string', node.kind === 'scalar' ? quote(node) : undefined, 'Quote the value');
    }
  },
});

/** What another rule reports, what nobody knows yet, and null, which is as good as nothing. */
const isFine = (node: Node): boolean =>
  slashComment(node) >= 0 ||
  node.damaged ||
  (node.kind === 'scalar' && (node.value === null || isTemplate(node.text))) ||
  (node.kind === 'map' && node.tree.text.startsWith('{{', node.span.start));

export const examples: Examples = {
  bad: [
    {
      title: 'A boolean in quotes, a list as a text, a number as a secret',
      yaml: `apiVersion: v1
kind: ConfigMap
metadata:
  name: argocd-cm
data:
  oidc.config: |
    name: Entra
    issuer: https://login.microsoftonline.com/0f8fad5b-d9cb-469f-a165-70867728950e/v2.0
    clientID: 7c9e6679-7425-40de-944b-e07fc1f90ae7
    domainHint: <|2024|>
    enablePKCEAuthentication: <|"true"|>
    requestedScopes: <|openid profile email|>
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
    domainHint: "2024"
    enablePKCEAuthentication: true
    requestedScopes: [openid, profile, email]
`,
      message: 'invalid oidc config',
    },
    {
      title: 'In the values of the chart',
      yaml: `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: argocd
spec:
  values:
    configs:
      cm:
        oidc.config: |
          name: Entra
          azure:
            useWorkloadIdentity: <|'true'|>
          requestedScopes: [openid, profile, email]
`,
    },
  ],
  good: [
    {
      title: 'Booleans, also those of YAML 1.1, lists, and what is still to be filled in',
      yaml: `apiVersion: v1
kind: ConfigMap
metadata:
  name: argocd-cm
data:
  oidc.config: |
    name: Entra
    issuer: https://login.microsoftonline.com/{tenant}/v2.0
    clientID: {client_id}
    clientSecret: $oidc.azure.clientSecret
    enablePKCEAuthentication: yes
    skipAudienceCheckWhenTokenHasNoAudience: \${SKIP}
    enableUserInfoGroups:
    requestedScopes:
      - openid
      - profile
      - email
    azure:
      useWorkloadIdentity: true
`,
    },
  ],
};
