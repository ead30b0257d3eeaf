import { defineFacts } from '../define.ts';
import { AWS, certificateSecret, fluxDocs, GCP, INTERVAL, proxySecret, SUSPEND, serviceAccount } from './_fields.ts';

// Source: fluxcd/source-controller v1.9.1 internal/bucket/azure/blob.go and the CRD's rules.
export default defineFacts({
  group: 'source.toolkit.fluxcd.io',
  kinds: ['Bucket'],
  version: 'v1',
  doc: 'Files in object storage: with `provider: azure`, in a container of Azure Blob Storage.',
  link: fluxDocs('source/buckets/'),
  fields: {
    'spec.provider': {
      doc: 'The kind of storage, and how Flux logs in to it.',
      link: fluxDocs('source/buckets/#azure'),
      values: {
        generic: { doc: 'Any storage that speaks S3, with keys from `secretRef`. Azure Blob Storage does not.' },
        azure: {
          doc: 'Azure Blob Storage. With a `secretRef` only its keys count. Without one: a client secret in source-controller’s environment, then the ServiceAccount in `serviceAccountName`, else source-controller’s own identity. The identity needs Storage Blob Data Reader.',
        },
        aws: AWS,
        gcp: GCP,
      },
    },
    'spec.endpoint': {
      doc: 'With `provider: azure` the URL of the storage account, scheme included: `https://{account}.blob.core.windows.net`, in China `….blob.core.chinacloudapi.cn`, in US Government `….blob.core.usgovcloudapi.net`. The container is not part of it.',
      snippet: 'https://${1:account}.blob.core.windows.net',
      suggestions: [
        {
          value: 'https://${1:account}.blob.core.windows.net',
          label: 'https://….blob.core.windows.net',
          doc: 'Azure Blob Storage.',
        },
        {
          value: 'https://${1:account}.blob.core.chinacloudapi.cn',
          label: 'https://….blob.core.chinacloudapi.cn',
          doc: 'Azure Blob Storage in China.',
        },
        {
          value: 'https://${1:account}.blob.core.usgovcloudapi.net',
          label: 'https://….blob.core.usgovcloudapi.net',
          doc: 'Azure Blob Storage in Azure US Government.',
        },
      ],
    },
    'spec.bucketName': {
      doc: 'With `provider: azure` the name of the container: 3 to 63 lower-case letters, digits and single hyphens.',
      snippet: '${1:container}',
    },
    'spec.interval': INTERVAL,
    'spec.prefix': {
      doc: 'Only files whose path starts with this. With `provider: azure` it is read from Flux 2.8.5 on; older versions ignore it.',
      since: 'Flux 2.2 (Azure: 2.8.5)',
    },
    'spec.region': { doc: 'Not read with `provider: azure`.' },
    'spec.insecure': { doc: 'Not read with `provider: azure`: the scheme of `endpoint` decides.' },
    'spec.serviceAccountName': serviceAccount(
      'The identity of this object alone. Not legal together with `secretRef`, nor with `provider: generic`.',
      'Flux 2.7',
    ),
    'spec.secretRef': {
      doc: 'Static credentials. With `provider: azure` the Secret’s nine keys are looked at in a fixed order, and workload identity is not tried any more.',
      link: fluxDocs('source/buckets/#azure-blob-secret-example'),
    },
    'spec.secretRef.name': {
      doc: 'A Secret with credentials in the namespace of this object.',
      refersTo: {
        kind: 'Secret',
        group: '',
        roleBy: { field: 'spec.provider', roles: { azure: 'bucket-azure' } },
      },
    },
    ...certificateSecret('spec', 'Not read with `provider: azure`.'),
    ...proxySecret('spec', 'Flux 2.4'),
    'spec.sts': { doc: 'Temporary credentials of AWS or LDAP. Not legal with `provider: azure`.', since: 'Flux 2.4' },
    'spec.suspend': SUSPEND,
  },
  snippets: [
    {
      label: 'Bucket in Azure Blob Storage',
      doc: 'A container of Azure Blob Storage, read with workload identity of the object.',
      body: `apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata:
  name: \${1:configuration}
  namespace: \${2:flux-system}
spec:
  interval: \${3:10m}
  provider: azure
  endpoint: https://\${4:account}.blob.core.windows.net
  bucketName: \${5:container}
  serviceAccountName: \${6:blob-reader}
`,
    },
  ],
});
