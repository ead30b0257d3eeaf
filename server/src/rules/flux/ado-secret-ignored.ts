import { atLeast } from '../../model/context.ts';
import { dataOf } from '../../model/views/secret-data.ts';
import { removeEntry } from '../../yaml/edits.ts';
import { textAt } from '../../yaml/navigate.ts';
import { defineRule, type Examples, related, report, unsafeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { editable, GIT_REPOSITORY, inAllBuilds, literalAt, nameOf, placeAt, providerOf } from './_sources.ts';

const CREDENTIALS = ['username', 'password', 'bearerToken'];

export default defineRule({
  id: 'flux/ado-secret-ignored',
  on: kinds(GIT_REPOSITORY),
  severity: 'warning',
  summary: 'A GitRepository with `provider: azure` names a Secret with credentials.',
  why: 'The token of Microsoft Entra ID overwrites the user, password and bearer token of the Secret: they are kept, renewed and worried about for nothing. Its certificates are still used. Flux 2.4 and 2.5 refuse to have both.',
  references: ['fluxcd/source-controller@v1.9.1 internal/controller/gitrepository_controller.go getAuthOpts'],
  versions: 'Flux 2.4 and later; an error in 2.4 and 2.5',
  *check(object, { workspace, flux }) {
    const name = inAllBuilds(object, workspace, (root) => {
      // With keys for SSH the URL is what is wrong: flux/ado-ssh-url-with-provider.
      const http = literalAt(root, 'spec', 'url')?.text.startsWith('http');
      return http && providerOf(root) === 'azure' && textAt(root, 'spec', 'secretRef', 'name');
    });
    if (!name) return;
    const found = workspace.find('', 'Secret', name, object);
    const [secret] = found.state === 'found' ? found.values : [];
    if (found.state !== 'found' || !secret) return;
    const keys = CREDENTIALS.filter((key) => found.values.every((s) => dataOf(s).has(key)));
    if (keys.length === 0) return;
    const refused = !atLeast(flux, '2.6');
    const own = editable(object, 'spec', 'secretRef');
    const provider = editable(object, 'spec', 'provider');
    yield report(
      placeAt(object, 'spec', 'secretRef'),
      refused
        ? `basic auth and provider cannot be set at the same time (Flux ${flux.minor}): Secret "${name}" has ${keys.join(', ')}. Remove secretRef, or provider.`
        : `With provider: azure the token of Entra ID replaces ${keys.join(', ')} of Secret "${name}"; only its certificates are used. Remove secretRef, or provider to sign in with the Secret.`,
      {
        severity: refused ? 'error' : undefined,
        related: [related(nameOf(secret), `Secret ${name}`)],
        fix: [
          own && unsafeFix('Remove secretRef, to sign in with Entra ID', removeEntry(own)),
          provider && unsafeFix('Remove provider, to sign in with the Secret', removeEntry(provider)),
        ],
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A personal access token beside the provider',
      files: {
        'fleet.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: fleet
  namespace: flux-system
spec:
  interval: 1m
  url: https://dev.azure.com/contoso/platform/_git/fleet
  provider: azure
  <|secretRef|>:
    name: fleet-pat
`,
        'secret.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: fleet-pat
  namespace: flux-system
stringData:
  username: git
  password: \${PAT}
`,
      },
      fixed: `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: fleet
  namespace: flux-system
spec:
  interval: 1m
  url: https://dev.azure.com/contoso/platform/_git/fleet
  provider: azure
`,
      severity: 'warning',
    },
  ],
  good: [
    {
      title: 'A Secret with a certificate, and one that nobody sees',
      files: {
        'fleet.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: fleet
  namespace: flux-system
spec:
  interval: 1m
  url: https://dev.azure.com/contoso/platform/_git/fleet
  provider: azure
  secretRef:
    name: proxy-ca
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: clusters
  namespace: flux-system
spec:
  interval: 1m
  url: https://dev.azure.com/contoso/platform/_git/clusters
  provider: azure
  secretRef:
    name: elsewhere
`,
        'secret.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: proxy-ca
  namespace: flux-system
stringData:
  ca.crt: \${CA}
---
apiVersion: v1
kind: Secret
metadata:
  name: elsewhere
  namespace: other
stringData:
  username: git
  password: \${PAT}
`,
      },
    },
  ],
};
