import { boolean, defineFacts, list, object, string } from '../define.ts';
import { ACCOUNT_ANNOTATIONS, metadataShape } from '../workload-identity/_keys.ts';

export default defineFacts({
  group: '',
  kinds: ['ServiceAccount'],
  version: 'v1',
  doc: 'Who pods, and Flux objects that name it, are. With the annotations of workload identity it stands for an identity in Azure, whose federated credential names it as `system:serviceaccount:{namespace}:{name}`.',
  link: 'https://learn.microsoft.com/azure/aks/workload-identity-overview',
  fields: {},
  shape: object(
    {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: metadataShape({}, ACCOUNT_ANNOTATIONS),
      imagePullSecrets: list(
        object({
          name: string('A pull secret in the namespace of the account.', {
            refersTo: { kind: 'Secret', group: '', role: 'registry-pull' },
          }),
        }),
        'Pull secrets of pods with this account. For an OCIRepository that names the account they go before workload identity.',
      ),
      secrets: list({ type: 'any' }, 'Tokens of older clusters. Not made since Kubernetes 1.24.'),
      automountServiceAccountToken: boolean(
        'Whether pods get the token for the Kubernetes API. The token for Azure is a volume of its own and comes all the same.',
      ),
    },
    { open: true },
  ),
  snippets: [
    {
      label: 'ServiceAccount with workload identity',
      doc: 'An account that stands for a managed identity.',
      body: `apiVersion: v1
kind: ServiceAccount
metadata:
  name: \${1:app}
  namespace: \${2:flux-system}
  annotations:
    azure.workload.identity/client-id: \${3:00000000-0000-0000-0000-000000000000}
    azure.workload.identity/tenant-id: \${4:00000000-0000-0000-0000-000000000000}
`,
    },
  ],
});
