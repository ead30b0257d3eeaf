import { nearest } from '../../azure/text-kinds.ts';
import { replaceText } from '../../yaml/edits.ts';
import { get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { connectors, literal } from './_connectors.ts';

const TYPES = (
  'K8sCluster Git Splunk AppDynamics Prometheus Dynatrace Vault AzureKeyVault DockerRegistry Local AwsKms GcpKms ' +
  'AwsSecretManager CustomSecretManager Gcp Aws Azure Artifactory Jira Nexus Github Gitlab Bitbucket Codecommit CEAws ' +
  'CEAzure GcpCloudCost CEK8sCluster HttpHelmRepo NewRelic Datadog SumoLogic PagerDuty CustomHealth ServiceNow ' +
  'ErrorTracking Pdc AzureRepo Jenkins OciHelmRepo ElasticSearch GcpSecretManager AzureArtifacts Tas Spot Bamboo ' +
  'TerraformCloud SignalFX Harness Rancher JDBC'
).split(' ');
const CALLED: Readonly<Record<string, string>> = {
  kubernetes: 'K8sCluster',
  kubernetescluster: 'K8sCluster',
  k8s: 'K8sCluster',
};

export default defineRule({
  id: 'harness/connector-type-unknown',
  on: connectors,
  severity: 'error',
  partial: true,
  summary: 'Harness has no connector of this type.',
  why: 'The type decides what `spec` may hold; names are compared letter by letter.',
  references: ['harness-core@1dcec145c5 954-connector-beans ConnectorType.java', 'harness/harness-go-sdk@71b8d2b0'],
  *check({ root }) {
    const node = literal(get(root, 'type'));
    if (!node || node.text === '' || TYPES.includes(node.text)) return;
    const meant = CALLED[node.text.toLowerCase()] ?? nearest(node.text, TYPES, 4);
    yield report(
      node,
      `Invalid value: "${node.text}" is no type of connector in Harness${meant ? `; did you mean ${meant}?` : '.'}`,
      {
        severity: meant ? undefined : 'warning',
        fix: meant ? unsafeFix(`Write ${meant}`, replaceText(node, meant)) : undefined,
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'What people call it',
      yaml: `connector:
  name: Fleet
  identifier: fleet
  type: <|KubernetesCluster|>
  spec: {}
`,
      fixed: `connector:
  name: Fleet
  identifier: fleet
  type: K8sCluster
  spec: {}
`,
    },
  ],
  good: [
    {
      title: 'A type, and a document of something else',
      yaml: `connector:
  name: Azure fleet
  identifier: azure_fleet
  type: Azure
  spec:
    azureEnvironmentType: AZURE
    credential:
      type: InheritFromDelegate
      spec:
        auth:
          type: SystemAssignedManagedIdentity
    delegateSelectors:
      - fleet
---
connector:
  kind: usb
`,
    },
  ],
};
