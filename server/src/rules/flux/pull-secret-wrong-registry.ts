import { isTemplate, maskTemplates } from '../../azure/text-kinds.ts';
import type { KubernetesObject } from '../../model/object.ts';
import { asScalar, get, textAt } from '../../yaml/navigate.ts';
import { defineRule, type Examples, related, report } from '../define.ts';
import { usedSecrets } from './_secrets.ts';
import {
  HELM_REPOSITORY,
  IMAGE_REPOSITORY,
  literalAt,
  nameOf,
  OCI_REPOSITORY,
  providerOf,
  textOr,
} from './_sources.ts';

const ofRegistries = usedSecrets('secretRef', [OCI_REPOSITORY, HELM_REPOSITORY, IMAGE_REPOSITORY], (user) => {
  const provider = providerOf(user.root);
  if (user.kind === 'ImageRepository') return provider !== undefined && provider !== 'azure';
  return user.kind === 'OCIRepository' || textOr(user.root, ['spec', 'type'], 'default') === 'oci';
});

/** The registry, port included, that a source asks; `undefined` where it is not written. */
function registryOf(source: KubernetesObject): string | undefined {
  const url = literalAt(source.root, 'spec', source.kind === 'ImageRepository' ? 'image' : 'url')?.text;
  if (url === undefined) return undefined;
  const [first = '', ...more] = url.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '').split('/');
  // An image without a host is one of Docker Hub.
  return more.length === 0 || !/[.:]|^localhost$/.test(first) ? 'index.docker.io' : normal(first);
}

/** The host of a key of `auths`: scheme and path do not count; Docker Hub has several names. */
function normal(key: string): string {
  const host = (key.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '').split('/')[0] ?? '').toLowerCase();
  return /^((index|registry-1|registry)\.)?docker\.io$/.test(host) ? 'index.docker.io' : host;
}

/** The registries that a docker config has credentials for; `undefined` where it is none, or not all of it is known. */
function registriesIn(text: string): string[] | undefined {
  try {
    const { auths } = JSON.parse(maskTemplates(text)) as { auths?: unknown };
    if (typeof auths !== 'object' || auths === null || Array.isArray(auths)) return undefined;
    if (isTemplate(text) && Object.keys(JSON.parse(text)?.auths ?? {}).some(isTemplate)) return undefined;
    return Object.keys(auths).map(normal);
  } catch {
    return undefined;
  }
}

/** Keys may be globs for parts of the host: `*.azurecr.io`. */
const covers = (key: string, host: string): boolean =>
  key === host ||
  (key.includes('*') &&
    key.split('.').length === host.split('.').length &&
    key.split('.').every((part, i) => {
      const label = host.split('.')[i] as string;
      const [head = '', ...tail] = part.split('*');
      return tail.length === 0
        ? part === label
        : label.startsWith(head) && label.endsWith(tail[tail.length - 1] as string);
    }));

export default defineRule({
  id: 'flux/pull-secret-wrong-registry',
  on: ofRegistries,
  severity: 'warning',
  summary: 'The pull secret of a source has no credentials for the registry of the source.',
  why: 'A pull secret lists credentials by registry. For a host that is not among them an OCIRepository or ImageRepository pulls anonymously without a word, and a HelmRepository fails with `no auth config for …`.',
  references: ['fluxcd/source-controller@v1.9.1 internal/helm/registry/auth.go KeychainFromSecret'],
  *check({ secret, data, users }) {
    const config = data.get('.dockerconfigjson');
    if (config?.text === undefined || textAt(secret.root, 'type') !== 'kubernetes.io/dockerconfigjson') return;
    const keys = registriesIn(config.text);
    if (!keys) return;
    // One finding a registry: many sources may share it.
    const hosts = new Map<string, KubernetesObject[]>();
    for (const user of users) {
      const host = registryOf(user);
      if (host !== undefined && !keys.some((key) => covers(key, host)))
        hosts.set(host, [...(hosts.get(host) ?? []), user]);
    }
    for (const [host, sources] of hosts) {
      const helm = sources.find((s) => s.kind === 'HelmRepository');
      const source = helm ?? (sources[0] as KubernetesObject);
      const has = keys.length > 0 ? `it has ${keys.slice(0, 3).join(', ')}` : 'it has none';
      yield report(
        config.entry,
        `no auth config for '${host}' in the docker-registry Secret '${secret.name}': ${has}. ${
          helm ? `HelmRepository "${helm.name}" fails with this.` : `${source.kind} "${source.name}" pulls anonymously.`
        }`,
        {
          severity: helm ? 'error' : undefined,
          related: [
            related(asScalar(get(source.root, 'spec', 'url')) ?? nameOf(source), `${source.kind} ${source.name}`),
          ],
        },
      );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'The credentials of another registry',
      files: {
        'secret.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: registry-token
  namespace: flux-system
type: kubernetes.io/dockerconfigjson
stringData:
  <|.dockerconfigjson|>: '{"auths":{"https://ghcr.io":{"auth":"\${GHCR_AUTH}"}}}'
`,
        'apps.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: apps
  namespace: flux-system
spec:
  interval: 10m
  url: oci://fleetregistry.azurecr.io/manifests/apps
  secretRef:
    name: registry-token
`,
      },
      message: "no auth config for 'fleetregistry.azurecr.io' in the docker-registry Secret 'registry-token'",
      severity: 'warning',
    },
    {
      title: 'A HelmRepository, and base64',
      files: {
        'secret.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: registry-token
  namespace: flux-system
type: kubernetes.io/dockerconfigjson
data:
  <|.dockerconfigjson|>: eyJhdXRocyI6eyJvdGhlcnJlZ2lzdHJ5LmF6dXJlY3IuaW8iOnsiYXV0aCI6IiR7QVVUSH0ifX19
`,
        'charts.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: charts
  namespace: flux-system
spec:
  interval: 10m
  type: oci
  url: oci://fleetregistry.azurecr.io/charts
  secretRef:
    name: registry-token
`,
      },
      severity: 'error',
    },
  ],
  good: [
    {
      title: 'The registry by its host, as a URL, by a glob, as a variable',
      files: {
        'secret.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: by-host
  namespace: flux-system
type: kubernetes.io/dockerconfigjson
stringData:
  .dockerconfigjson: '{"auths":{"fleetregistry.azurecr.io":{"auth":"\${AUTH}"}}}'
---
apiVersion: v1
kind: Secret
metadata:
  name: by-url
  namespace: flux-system
type: kubernetes.io/dockerconfigjson
stringData:
  .dockerconfigjson: '{"auths":{"https://fleetregistry.azurecr.io/v2/":{"auth":"\${AUTH}"},"*.azurecr.io":{}}}'
---
apiVersion: v1
kind: Secret
metadata:
  name: later
  namespace: flux-system
type: kubernetes.io/dockerconfigjson
stringData:
  .dockerconfigjson: '{"auths":{"\${REGISTRY}":{"auth":"\${AUTH}"}}}'
`,
        'sources.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: apps
  namespace: flux-system
spec:
  interval: 10m
  url: oci://fleetregistry.azurecr.io/manifests/apps
  secretRef:
    name: by-host
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: tools
  namespace: flux-system
spec:
  interval: 10m
  url: oci://toolregistry.azurecr.io/manifests/tools
  secretRef:
    name: by-url
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: more
  namespace: flux-system
spec:
  interval: 10m
  url: oci://fleetregistry.azurecr.io/manifests/more
  secretRef:
    name: later
`,
      },
    },
  ],
};
