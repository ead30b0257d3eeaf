import { addEntry, removeItem, setValue, type TreeEdit } from '../../yaml/edits.ts';
import { asScalar, getEntry } from '../../yaml/navigate.ts';
import type { Entry, MapNode, Node } from '../../yaml/tree.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { entraIssuer, oidcConfigs } from './_sso.ts';

const SCOPES = ['openid', 'profile', 'email'];

export default defineRule({
  id: 'argocd/entra-groups-scope',
  on: oidcConfigs,
  severity: 'warning',
  summary: 'Entra ID knows no scope `groups`.',
  why: 'Argo CD asks for `openid`, `profile`, `email` and `groups` where `requestedScopes` says nothing else. Entra ID refuses a scope that it does not know: `AADSTS650053`. Groups come as a claim of the token, which the app registration turns on (`groupMembershipClaims`), not as a scope.',
  references: [
    'argoproj/argo-cd@v3.5.1 util/settings/settings.go',
    'argoproj/argo-cd@v3.5.1 docs/operator-manual/user-management/microsoft.md',
    'https://github.com/argoproj/argo-cd/issues/6595',
  ],
  *check(root) {
    const issuer = entraIssuer(root);
    if (!issuer || root.damaged) return;
    const entry = getEntry(root, 'requestedScopes');
    const scopes = entry?.value;
    if (
      !scopes ||
      (scopes.kind === 'scalar' && scopes.value === null) ||
      (scopes.kind === 'seq' && scopes.items.length === 0)
    ) {
      yield report(
        entry ?? issuer,
        'Without requestedScopes Argo CD asks for the scope "groups", which Entra ID refuses (AADSTS650053). Ask for openid, profile and email.',
        {
          fix: unsafeFix(
            'Ask for openid, profile and email',
            entry ? setValue(entry, SCOPES) : addScopes(root, issuer),
          ),
        },
      );
      return;
    }
    if (scopes.kind !== 'seq' || !entry) return;
    const groups = scopes.items.find((item) => asScalar(item)?.value === 'groups');
    if (!groups) return;
    yield report(
      entry,
      'Entra ID has no scope "groups" and refuses the login (AADSTS650053): ask for openid, profile and email. Groups are a claim of the app registration.',
      { fix: unsafeFix('Do not ask for groups', withoutGroups(entry, scopes.items, groups)) },
    );
  },
});

const addScopes = (root: MapNode, issuer: Node): TreeEdit =>
  addEntry(
    root,
    'requestedScopes',
    SCOPES,
    root.entries.find((e) => e.value === issuer),
  );

const withoutGroups = (entry: Entry, scopes: readonly Node[], groups: Node): TreeEdit =>
  scopes.length === 1 ? setValue(entry, SCOPES) : removeItem(groups);

export const examples: Examples = {
  bad: [
    {
      title: 'Asked for',
      yaml: `apiVersion: v1
kind: ConfigMap
metadata:
  name: argocd-cm
data:
  oidc.config: |
    name: Entra
    issuer: https://login.microsoftonline.com/0f8fad5b-d9cb-469f-a165-70867728950e/v2.0
    clientID: 7c9e6679-7425-40de-944b-e07fc1f90ae7
    <|requestedScopes|>:
      - openid
      - email
      - groups
      - api://argocd/login
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
    requestedScopes:
      - openid
      - email
      - api://argocd/login
`,
      message: 'AADSTS650053',
    },
    {
      title: 'By default, in another cloud',
      yaml: `apiVersion: v1
kind: ConfigMap
metadata:
  name: argocd-cm
data:
  oidc.config: |
    name: Entra
    issuer: <|https://login.microsoftonline.us/0f8fad5b-d9cb-469f-a165-70867728950e/v2.0|>
    clientID: 7c9e6679-7425-40de-944b-e07fc1f90ae7
`,
      fixed: `apiVersion: v1
kind: ConfigMap
metadata:
  name: argocd-cm
data:
  oidc.config: |
    name: Entra
    issuer: https://login.microsoftonline.us/0f8fad5b-d9cb-469f-a165-70867728950e/v2.0
    requestedScopes:
      - openid
      - profile
      - email
    clientID: 7c9e6679-7425-40de-944b-e07fc1f90ae7
`,
    },
  ],
  good: [
    {
      title: 'The three scopes, and an issuer that knows groups',
      yaml: `apiVersion: v1
kind: ConfigMap
metadata:
  name: argocd-cm
data:
  oidc.config: |
    name: Entra
    issuer: https://login.microsoftonline.com/0f8fad5b-d9cb-469f-a165-70867728950e/v2.0
    clientID: 7c9e6679-7425-40de-944b-e07fc1f90ae7
    requestedScopes: [openid, profile, email] # no groups
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: argocd-cm
  namespace: other
data:
  oidc.config: |
    name: Okta
    issuer: https://contoso.okta.com
    clientID: argocd
    requestedScopes: [openid, groups]
`,
    },
    {
      title: 'A patch that does not say all',
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
        oidc.config: |
          issuer: https://login.microsoftonline.com/0f8fad5b-d9cb-469f-a165-70867728950e/v2.0
`,
      },
    },
  ],
};
