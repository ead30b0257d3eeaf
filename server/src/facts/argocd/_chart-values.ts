import { boolean, object, string } from '../define.ts';
import type { Shape } from '../shape.ts';
import clusterConfig from './cluster-config.ts';
import clusterSecret from './cluster-secret.ts';

// Source: argo-helm charts/argo-cd/templates/argocd-configs/cluster-secrets.yaml.
const { name: _, config: __, ...keys } = clusterSecret.shape.fields ?? {};

const POD_LABELS = object(
  {
    'azure.workload.identity/use': string(
      'Lets the webhook of workload identity give these pods a token. Clusters are logged in to by the controller and the server; the repo-server needs it for repositories.',
      { snippet: '"true"' },
    ),
  },
  { additional: { type: 'string' }, doc: 'Labels of the pods.' },
);

/** The part of the values of the argo-cd chart that bears on clusters and on workload identity. */
export const CHART_VALUES: Shape = object(
  {
    configs: object(
      {
        clusterCredentials: {
          type: 'object',
          additional: object(
            {
              ...keys,
              clusterResources: boolean(
                'Whether cluster-wide objects are managed too. Written only where `namespaces` is set.',
              ),
              config: {
                ...clusterConfig.shape,
                fact: { doc: 'How to connect: a map, of which the chart makes the JSON of the Secret.' },
              },
            },
            { required: ['server', 'config'], open: true, doc: 'One cluster; its name is the key.' },
          ),
          fact: { doc: 'The clusters that Argo CD deploys to, by name: the chart makes a cluster Secret of each.' },
        },
      },
      { open: true },
    ),
    controller: object({ podLabels: POD_LABELS }, { open: true }),
    server: object({ podLabels: POD_LABELS }, { open: true }),
    repoServer: object({ podLabels: POD_LABELS }, { open: true }),
  },
  { open: true },
);
