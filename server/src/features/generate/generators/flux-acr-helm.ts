import type { Generator } from '../generator.ts';
import { ENCRYPT_NOTE, pullSecret, reference } from '../manifests.ts';
import { intervalStep, nameStep, namespaceStep, registryStep, repositoryStep } from '../steps.ts';
import { apiVersion } from '../versions.ts';
import { commented, documents } from '../yaml-text.ts';

export const fluxAcrHelm: Generator = {
  name: 'flux-acr-helm',
  title: 'HelmRepository on Azure Container Registry',
  detail: 'Charts of a registry for spec.chart of a HelmRelease; an OCIRepository with chartRef can do more',
  steps: [
    nameStep('HelmRepository', 'charts'),
    namespaceStep('flux-system'),
    registryStep(),
    repositoryStep('charts', {
      title: 'Folder of the charts',
      prompt: 'Repository above the charts: Flux appends the name of the chart itself',
    }),
    intervalStep('10m'),
    {
      key: 'auth',
      title: 'Authentication',
      prompt: 'How shall Flux authenticate?',
      kind: 'choice',
      choices: () => [
        { value: 'controller', title: 'Identity of source-controller' },
        { value: 'secret', title: 'A pull Secret', detail: 'A token of the registry or a service principal' },
        {
          value: 'serviceAccount',
          title: 'Identity of a ServiceAccount',
          refused: 'No version of HelmRepository has serviceAccountName: use an OCIRepository with chartRef.',
        },
      ],
      default: 'controller',
    },
  ],
  render: (values, { fluxVersion }) => {
    const { name, namespace, registry, auth } = values as Record<string, string>;
    const secretName = auth === 'secret' ? `${name}-pull` : undefined;
    return [
      {
        path: `${name}-helmrepository.yaml`,
        language: 'yaml',
        content: documents({
          apiVersion: apiVersion('HelmRepository', fluxVersion),
          kind: 'HelmRepository',
          metadata: { name, namespace },
          spec: {
            type: commented('The provider counts for type oci only.', 'oci'),
            interval: values.interval,
            url: commented(
              'The folder of the charts: the name of the chart is appended.',
              `oci://${registry}/${values.repository}`,
            ),
            provider: secretName === undefined ? 'azure' : undefined,
            secretRef: reference(secretName),
          },
        }),
        note:
          secretName === undefined
            ? 'The identity of source-controller needs AcrPull on the registry. For an identity of its own use an OCIRepository with chartRef.'
            : undefined,
      },
      ...(secretName === undefined
        ? []
        : [
            {
              path: `${secretName}-secret.yaml`,
              language: 'yaml' as const,
              content: documents(pullSecret(secretName, namespace!, registry!)),
              note: ENCRYPT_NOTE,
            },
          ]),
    ];
  },
};
