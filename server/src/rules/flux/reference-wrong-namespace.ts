import { defineRule, type Examples, related, report } from '../define.ts';
import { inNamespaces, isMadeElsewhere, isReplicated, namedObjects, namesakes } from './_references.ts';
import { nameOf } from './_sources.ts';

export default defineRule({
  id: 'flux/reference-wrong-namespace',
  on: namedObjects,
  severity: 'warning',
  summary: 'What a name refers to is in another namespace.',
  why: 'Secrets, ServiceAccounts, ConfigMaps and Providers are looked for in the namespace of the object that names them: these references have no field for another one. A namesake in a different namespace is not found.',
  references: [
    'fluxcd/pkg@e2cfd1a2 apis/meta/reference_types.go LocalObjectReference',
    'fluxcd/pkg@e2cfd1a2 auth/azure/options.go',
  ],
  *check(subject, { workspace }) {
    const { object, field, found, crossNamespace, namespaces } = subject;
    if (crossNamespace) return;
    const others = namesakes(subject, workspace);
    const [other] = others;
    if (!other || others.some(isReplicated)) return;
    for (const namespace of namespaces)
      if (workspace.find(found.group, found.kind, found.name, { namespace }).state !== 'absent') return;
    if (isMadeElsewhere(subject, workspace)) return;
    const where = workspace.namespacesOf(other);
    if (!where.known) return;
    yield report(
      found.node,
      `${field} of ${object.kind} "${object.name}" is looked for in its own namespace ${inNamespaces(namespaces)}; ${found.kind} "${found.name}" is defined only in ${inNamespaces(where.names)}. Define it in both, or move one of the two.`,
      { related: [related(nameOf(other), `${found.kind} ${found.name}`)] },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'The ServiceAccount of an OCIRepository',
      files: {
        'apps.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: apps
  namespace: apps
spec:
  interval: 10m
  url: oci://fleetregistry.azurecr.io/manifests/apps
  provider: azure
  serviceAccountName: <|registry-reader|>
`,
        'account.yaml': `apiVersion: v1
kind: ServiceAccount
metadata:
  name: registry-reader
  namespace: flux-system
  annotations:
    azure.workload.identity/client-id: 7c9e6679-7425-40de-944b-e07fc1f90ae7
    azure.workload.identity/tenant-id: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
`,
      },
    },
    {
      title: 'The Provider of an Alert, and the account of a remote cluster',
      files: {
        'alerts.yaml': `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Alert
metadata:
  name: apps
  namespace: apps
spec:
  providerRef:
    name: <|devops|>
  eventSources:
    - kind: Kustomization
      name: "*"
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: cluster
  namespace: apps
data:
  provider: azure
  cluster: /subscriptions/2f9a1c35-6b0e-4c8d-9a57-0d4e3b1f7c62/resourceGroups/prod/providers/Microsoft.ContainerService/managedClusters/prod
  serviceAccountName: <|deployer|>
`,
        'provider.yaml': `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: devops
  namespace: flux-system
spec:
  type: azuredevops
  address: https://dev.azure.com/contoso/platform/_git/fleet
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: deployer
  namespace: flux-system
  annotations:
    azure.workload.identity/client-id: 7c9e6679-7425-40de-944b-e07fc1f90ae7
    azure.workload.identity/tenant-id: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
`,
      },
    },
  ],
  good: [
    {
      title: 'In the same namespace; copied by a replicator; in a namespace that nobody knows',
      files: {
        'apps.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: one
  namespace: apps
spec:
  interval: 10m
  url: oci://fleetregistry.azurecr.io/one
  secretRef:
    name: here
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: two
  namespace: apps
spec:
  interval: 10m
  url: oci://fleetregistry.azurecr.io/two
  secretRef:
    name: copied
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: three
spec:
  interval: 10m
  url: oci://fleetregistry.azurecr.io/three
  secretRef:
    name: here
`,
        'secrets.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: here
  namespace: apps
type: kubernetes.io/dockerconfigjson
stringData:
  .dockerconfigjson: \${DOCKER_CONFIG}
---
apiVersion: v1
kind: Secret
metadata:
  name: copied
  namespace: flux-system
  annotations:
    reflector.v1.k8s.emberstack.com/reflection-allowed: "true"
type: kubernetes.io/dockerconfigjson
stringData:
  .dockerconfigjson: \${DOCKER_CONFIG}
`,
      },
    },
  ],
};
