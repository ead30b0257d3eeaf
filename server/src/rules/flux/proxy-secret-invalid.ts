import { isPlaceholder, isTemplate } from '../../azure/text-kinds.ts';
import { atLeast } from '../../model/context.ts';
import { renameKey } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { isEncrypted, usedSecrets, userNames } from './_secrets.ts';
import { BUCKET, GIT_REPOSITORY, IMAGE_REPOSITORY, nameOf, OCI_REPOSITORY, PROVIDER } from './_sources.ts';

const ofProxies = usedSecrets('proxySecretRef', [GIT_REPOSITORY, OCI_REPOSITORY, BUCKET, IMAGE_REPOSITORY, PROVIDER]);
const MEANT = ['url', 'proxy', 'host', 'proxyUrl', 'proxyURL', 'Address', 'https_proxy', 'HTTPS_PROXY'];
const MAX_LENGTH = 2048;

export default defineRule({
  id: 'flux/proxy-secret-invalid',
  on: ofProxies,
  severity: 'error',
  summary: 'The Secret of a proxy has no valid `address`.',
  why: 'The controllers read the URL of the proxy from the key `address`, and a user and password from keys beside it. Without the key the source fails; since Flux 2.8 it also fails for other schemes than http, https and socks5, and for more than 2048 characters.',
  references: ['fluxcd/pkg@e2cfd1a2 runtime/secrets/converter.go ProxyURLFromSecret'],
  versions: 'Flux 2.7 and later; scheme and length from 2.8',
  *check({ secret, data, users, complete }, { flux }) {
    if (!atLeast(flux, '2.7')) return;
    const address = data.get('address');
    if (!address) {
      if (!complete) return;
      const meant = MEANT.map((key) => data.get(key)).find((item) => item !== undefined);
      yield report(
        nameOf(secret),
        `secret '${secret.namespace ?? ''}/${secret.name}': key 'address' not found. ${userNames(users)} needs the URL of the proxy in it.`,
        {
          fix:
            meant && !isEncrypted(secret) && !meant.entry.map.synthetic
              ? unsafeFix(`Rename ${meant.key} to address`, renameKey(meant.entry, 'address'))
              : undefined,
        },
      );
      return;
    }
    const { text, node } = address;
    if (!node || text === undefined || isTemplate(text) || isPlaceholder(text)) return;
    if (text === '') yield report(node, `proxy address is empty: ${userNames(users)} needs the URL of the proxy.`);
    else if (atLeast(flux, '2.8')) {
      const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(text)?.[1] ?? '';
      if (!['http', 'https', 'socks5'].includes(scheme.toLowerCase()) || !text.slice(scheme.length).startsWith('://'))
        yield report(
          node,
          // What stands before a colon may be a host, or a user: only a scheme is repeated.
          `proxy URL must use one of the supported schemes (http, https, socks5), got '${text.includes('://') ? scheme : ''}'. Write the whole URL, such as http://proxy:3128.`,
        );
      else if (text.length > MAX_LENGTH)
        yield report(node, `The URL of the proxy has ${text.length} characters; Flux takes ${MAX_LENGTH}.`);
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Another key',
      files: {
        'secret.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: <|proxy|>
  namespace: flux-system
stringData:
  url: http://proxy.contoso.com:3128
`,
        'apps.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: apps
  namespace: flux-system
spec:
  interval: 10m
  url: oci://fleetregistry.azurecr.io/manifests/apps
  provider: azure
  proxySecretRef:
    name: proxy
`,
      },
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: proxy
  namespace: flux-system
stringData:
  address: http://proxy.contoso.com:3128
`,
      message: "secret 'flux-system/proxy': key 'address' not found",
    },
    {
      title: 'No scheme',
      files: {
        'secret.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: proxy
  namespace: flux-system
stringData:
  address: <|proxy.contoso.com:3128|>
`,
        'fleet.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: fleet
  namespace: flux-system
spec:
  interval: 10m
  url: https://dev.azure.com/contoso/platform/_git/fleet
  provider: azure
  proxySecretRef:
    name: proxy
`,
      },
      message: "(http, https, socks5), got ''",
    },
  ],
  good: [
    {
      title: 'A URL, a variable, an encrypted value',
      files: {
        'secret.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: proxy
  namespace: flux-system
stringData:
  address: http://proxy.contoso.com:3128
  username: fleet
---
apiVersion: v1
kind: Secret
metadata:
  name: later
  namespace: flux-system
stringData:
  address: \${PROXY}
---
apiVersion: v1
kind: Secret
metadata:
  name: encrypted
  namespace: flux-system
stringData:
  address: ENC[AES256_GCM,data:4Q==,iv:aA==,tag:bQ==,type:str]
`,
        'sources.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: apps
  namespace: flux-system
spec:
  interval: 10m
  url: oci://fleetregistry.azurecr.io/manifests/apps
  proxySecretRef:
    name: proxy
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: tools
  namespace: flux-system
spec:
  interval: 10m
  url: oci://fleetregistry.azurecr.io/manifests/tools
  proxySecretRef:
    name: later
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: more
  namespace: flux-system
spec:
  interval: 10m
  url: oci://fleetregistry.azurecr.io/manifests/more
  proxySecretRef:
    name: encrypted
`,
      },
    },
    {
      title: 'Without a scheme, before Flux 2.8',
      files: {
        'secret.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: proxy
  namespace: flux-system
stringData:
  address: proxy.contoso.com:3128
`,
        'apps.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: apps
  namespace: flux-system
spec:
  interval: 10m
  url: oci://fleetregistry.azurecr.io/manifests/apps
  proxySecretRef:
    name: proxy
`,
      },
      settings: { fluxVersion: '2.7' },
    },
  ],
};
