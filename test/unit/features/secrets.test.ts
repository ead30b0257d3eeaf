// No feature shows a credential, in whatever form the file holds it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeActions } from '../../../server/src/features/code-actions.ts';
import { codeLenses } from '../../../server/src/features/code-lens.ts';
import { complete } from '../../../server/src/features/completion.ts';
import { documentLinks } from '../../../server/src/features/document-links.ts';
import { hover } from '../../../server/src/features/hover.ts';
import { inlayHints } from '../../../server/src/features/inlay-hints.ts';
import { workspaceSymbols } from '../../../server/src/features/symbols.ts';
import { ROOT, sessionOf } from '../../support/workspace.ts';

const CANARY = 'kanarienvogel-7781';
const base64 = (text: string) => Buffer.from(text).toString('base64');

const FILES: Readonly<Record<string, string>> = {
  'objects.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata: { name: b, namespace: n }
spec:
  provider: azure
  endpoint: https://contoso.blob.core.windows.net
  bucketName: c
  interval: 1m
  secretRef:
    name: bucket
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: g, namespace: n }
spec:
  url: https://user:${CANARY}@dev.azure.com/contoso/p/_git/r
  interval: 1m
  secretRef:
    name: git
---
apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata: { name: p, namespace: n }
spec:
  type: azureeventhub
  address: hub
  secretRef:
    name: hub
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: k, namespace: n }
spec:
  interval: 1m
  prune: true
  sourceRef:
    kind: GitRepository
    name: g
  decryption:
    provider: sops
    secretRef:
      name: sops
`,
  'secrets.yaml': `apiVersion: v1
kind: Secret
metadata: { name: bucket, namespace: n }
stringData:
  accountKey: ${CANARY}
  sasKey: "?sig=${CANARY}"
  other: ${CANARY}
data:
  clientSecret: ${base64(CANARY)}
  unknown: ${base64(CANARY)}
---
apiVersion: v1
kind: Secret
metadata: { name: git, namespace: n }
stringData:
  username: git
  password: ${CANARY}
---
apiVersion: v1
kind: Secret
metadata: { name: hub, namespace: n }
stringData:
  address: Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey=${CANARY};EntityPath=hub
data:
  token: ${base64(CANARY)}
---
apiVersion: v1
kind: Secret
metadata: { name: sops, namespace: n }
stringData:
  sops.azure-kv: |
    tenantId: 75b09a4b-c893-4606-8697-c821c62d6976
    clientId: 5e04061b-54fc-4d3b-adef-8478aa02e3f9
    clientSecret: ${CANARY}
---
apiVersion: v1
kind: Secret
metadata:
  name: cluster
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: cluster
data:
  config: ${base64(JSON.stringify({ bearerToken: CANARY, execProviderConfig: { env: { AZURE_CLIENT_SECRET: CANARY } } }))}
stringData:
  name: c
---
apiVersion: v1
kind: Secret
metadata:
  name: repository
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  url: https://dev.azure.com/contoso/p/_git/r
  password: ${CANARY}
  sshPrivateKey: |
    -----BEGIN OPENSSH PRIVATE KEY-----
    ${CANARY}
`,
};

test('no credential is shown anywhere', () => {
  const session = sessionOf(FILES);
  const leaks = new Set<string>();
  const look = (what: string, value: unknown) => {
    const text = JSON.stringify(value) ?? '';
    if (text.includes(CANARY) || text.includes(base64(CANARY).slice(0, 16)))
      leaks.add(`${what}: ${text.slice(0, 300)}`);
  };
  for (const [path, text] of Object.entries(FILES)) {
    const uri = ROOT + path;
    look('lenses', codeLenses(session, uri));
    look('hints', inlayHints(session, uri));
    look('links', documentLinks(session, uri));
    for (let offset = 0; offset <= text.length; offset += 2) {
      look(`hover ${offset}`, hover(session, uri, offset));
      // Edits of fixes move what is there; titles say nothing of it.
      look(
        'actions',
        codeActions(session, uri, { start: offset, end: offset }).map((a) => [a.title, a.finding?.message]),
      );
      if (path !== 'objects.yaml' || offset % 8 === 0)
        for (const { label, detail, insertText, documentation } of complete(session, uri, offset).items)
          look(`completion ${offset}`, [label, detail, insertText, documentation()]);
    }
  }
  look('symbols', workspaceSymbols(session, ''));
  assert.deepEqual([...leaks], []);
});
