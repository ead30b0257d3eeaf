import { isTemplate } from '../../azure/text-kinds.ts';
import { asScalar, get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, related, report } from '../define.ts';
import { usedSecrets, userNames } from './_secrets.ts';
import { IMAGE_REPOSITORY, nameOf, OCI_REPOSITORY, providerOf } from './_sources.ts';

const TYPES = ['kubernetes.io/dockerconfigjson', 'kubernetes.io/dockercfg'];

/** An ImageRepository with provider azure reads no Secret at all: flux/provider-overrides-secret. */
const ofRegistries = usedSecrets('secretRef', [OCI_REPOSITORY, IMAGE_REPOSITORY], (user) => {
  const provider = providerOf(user.root);
  return user.kind === 'OCIRepository' || (provider !== undefined && provider !== 'azure');
});

export default defineRule({
  id: 'flux/pull-secret-type',
  on: ofRegistries,
  severity: 'warning',
  summary: 'The Secret of an OCIRepository or ImageRepository is no pull secret.',
  why: 'Only Secrets of type `kubernetes.io/dockerconfigjson` (or the older `kubernetes.io/dockercfg`) are read; any other is skipped without an error. The controller then pulls anonymously, which a registry of Azure answers with 401. A HelmRepository takes `username` and `password` as well, the other kinds do not.',
  references: [
    'google/go-containerregistry pkg/authn/kubernetes/keychain.go NewFromPullSecrets',
    'fluxcd/source-controller@v1.9.1 docs/spec/v1/ocirepositories.md',
    'https://github.com/fluxcd/flux2/issues/3700',
  ],
  *check({ secret, users }, { workspace }) {
    const node = get(workspace.patched(secret).root, 'type');
    const type = node === undefined ? 'Opaque' : asScalar(node)?.text;
    if (type === undefined || isTemplate(type) || TYPES.includes(type)) return;
    const [user] = users;
    yield report(
      get(secret.root, 'type') ?? nameOf(secret),
      `A Secret of type ${type === '' ? 'Opaque' : type} is skipped without an error, and ${userNames(users)} pulls anonymously. Make it one of type kubernetes.io/dockerconfigjson (kubectl create secret docker-registry).`,
      { related: user ? [related(nameOf(user), `${user.kind} ${user.name}`)] : [] },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A user and a password',
      files: {
        'secret.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: <|fleetregistry-token|>
  namespace: flux-system
stringData:
  username: fleet
  password: \${TOKEN}
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
    name: fleetregistry-token
`,
      },
    },
    {
      title: 'The right content under the wrong type, for an ImageRepository',
      files: {
        'secret.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: fleetregistry-token
  namespace: flux-system
type: <|kubernetes.io/basic-auth|>
stringData:
  .dockerconfigjson: \${DOCKER_CONFIG}
`,
        'worker.yaml': `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageRepository
metadata:
  name: worker
  namespace: flux-system
spec:
  interval: 10m
  image: fleetregistry.azurecr.io/worker
  secretRef:
    name: fleetregistry-token
`,
      },
    },
  ],
  good: [
    {
      title: 'A pull secret; user and password for a HelmRepository; a Secret that nobody reads',
      files: {
        'secret.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: fleetregistry-token
  namespace: flux-system
type: kubernetes.io/dockerconfigjson
stringData:
  .dockerconfigjson: \${DOCKER_CONFIG}
---
apiVersion: v1
kind: Secret
metadata:
  name: charts
  namespace: flux-system
stringData:
  username: charts
  password: \${TOKEN}
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
    name: fleetregistry-token
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: charts
  namespace: flux-system
spec:
  interval: 10m
  type: oci
  url: oci://fleetregistry.azurecr.io/charts
  secretRef:
    name: charts
---
apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageRepository
metadata:
  name: worker
  namespace: flux-system
spec:
  interval: 10m
  image: fleetregistry.azurecr.io/worker
  provider: azure
  secretRef:
    name: charts
`,
      },
    },
  ],
};
