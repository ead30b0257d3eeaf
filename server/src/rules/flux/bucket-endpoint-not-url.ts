import { hostOf } from '../../azure/clouds.ts';
import { dataOf } from '../../model/views/secret-data.ts';
import { replaceText } from '../../yaml/edits.ts';
import { get, textAt } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, safeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { isBlobHost } from './_buckets.ts';
import { BUCKET, inAllBuilds, literalAt, nameOf, providerOf } from './_sources.ts';

export default defineRule({
  id: 'flux/bucket-endpoint-not-url',
  on: kinds(BUCKET),
  severity: 'error',
  summary: 'The endpoint of a Bucket with `provider: azure` is no URL of a storage account.',
  why: 'The other providers take a host. For Azure the endpoint goes to the client of Blob Storage as it stands, which needs the whole URL, `https://<account>.blob.core.windows.net`. With an account key the first label of its host is the name of the account.',
  references: [
    'fluxcd/source-controller@v1.9.1 internal/bucket/azure/blob.go',
    'fluxcd/source-controller@v1.9.1 docs/spec/v1/buckets.md',
  ],
  *check(object, { workspace }) {
    const endpoint = inAllBuilds(
      object,
      workspace,
      (root) => providerOf(root) === 'azure' && literalAt(root, 'spec', 'endpoint'),
    );
    // Two overlays may give it two endpoints, each right or wrong in its own way.
    if (!endpoint || !inAllBuilds(object, workspace, (root) => get(root, 'spec', 'endpoint') === endpoint)) return;
    const place = get(object.root, 'spec', 'endpoint') ?? nameOf(object);
    if (!/^https?:\/\/[^/]+/.test(endpoint.text)) {
      const bare = !endpoint.text.includes(':') && isBlobHost(endpoint.text) && endpoint.tree === object.tree;
      yield report(
        place,
        'With provider: azure the endpoint is a full URL: https://<account>.blob.core.windows.net, in other clouds .blob.core.usgovcloudapi.net or .blob.core.chinacloudapi.cn.',
        { fix: bare ? safeFix('Write https://', replaceText(endpoint, `https://${endpoint.text}`)) : undefined },
      );
      return;
    }
    const host = hostOf(endpoint.text);
    const secret = textAt(object.root, 'spec', 'secretRef', 'name');
    if (host.split('.').length >= 3 || secret === undefined) return;
    const found = workspace.find('', 'Secret', secret, object);
    if (found.state !== 'found' || !found.values.every((s) => usesAccountKey([...dataOf(s).keys()]))) return;
    yield report(
      place,
      `failed to extract account name from endpoint: expected '${host}' to be a subdomain. With an account key the host must start with the account, as in <account>.blob.core.windows.net.`,
    );
  },
});

/** A client id goes before the key. */
const usesAccountKey = (keys: readonly string[]): boolean => keys.includes('accountKey') && !keys.includes('clientId');

export const examples: Examples = {
  bad: [
    {
      title: 'The host alone',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata:
  name: config
spec:
  interval: 5m
  provider: azure
  bucketName: config
  endpoint: <|contosoconfig.blob.core.windows.net|> # the account
`,
      fixed: `apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata:
  name: config
spec:
  interval: 5m
  provider: azure
  bucketName: config
  endpoint: https://contosoconfig.blob.core.windows.net # the account
`,
    },
    {
      title: 'The account alone',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata:
  name: config
spec:
  interval: 5m
  provider: azure
  bucketName: config
  endpoint: <|contosoconfig|>
`,
    },
    {
      title: 'An account key for a host without an account',
      files: {
        'bucket.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata:
  name: config
  namespace: flux-system
spec:
  interval: 5m
  provider: azure
  bucketName: config
  endpoint: <|http://azurite:10000/contosoconfig|>
  secretRef:
    name: config-account-key
`,
        'secret.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: config-account-key
  namespace: flux-system
stringData:
  accountKey: \${ACCOUNT_KEY}
`,
      },
      message: "expected 'azurite' to be a subdomain",
    },
  ],
  good: [
    {
      title: 'URLs of three clouds and an emulator, and a host for another provider',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata:
  name: public
spec:
  interval: 5m
  provider: azure
  bucketName: config
  endpoint: https://contosoconfig.blob.core.windows.net
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata:
  name: china
spec:
  interval: 5m
  provider: azure
  bucketName: config
  endpoint: https://contosoconfig.blob.core.chinacloudapi.cn
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata:
  name: emulator
spec:
  interval: 5m
  provider: azure
  bucketName: config
  endpoint: http://azurite:10000/contosoconfig
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata:
  name: minio
spec:
  interval: 5m
  bucketName: config
  endpoint: minio.contoso.com
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata:
  name: later
spec:
  interval: 5m
  provider: azure
  bucketName: config
  endpoint: \${BLOB_ENDPOINT}
`,
    },
  ],
};
