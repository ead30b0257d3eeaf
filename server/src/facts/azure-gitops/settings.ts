import { defineFormat, list, object, oneOf, string } from '../define.ts';

const version = (doc: string) => string(doc, { snippet: '"${1}"' });

export default defineFormat({
  language: 'azure-gitops-config',
  title: '.azure-gitops.yaml',
  doc: 'Settings of this extension and its command line for a folder and all below it.',
  shape: object({
    fluxVersion: version(
      'The Flux version that runs in the cluster, as `2.6` or `2.8.5`. Without it the manifests are asked, then the newest holds.',
    ),
    argocdVersion: version('The Argo CD version that runs in the cluster, as `3.1`.'),
    sopsVersion: version('The SOPS version in use, as `3.10`.'),
    kubernetesVersion: version('The Kubernetes version of the cluster.'),
    azureMode: oneOf('Whether rules that make sense on Azure alone hold.', {
      auto: { doc: 'Where the workspace shows signs of Azure. The default.' },
      on: { doc: 'Always.' },
      off: { doc: 'Never.' },
    }),
    keyVaultSuffixes: list(string('A DNS suffix.'), 'DNS suffixes of Key Vaults in private clouds.'),
    argocdExtraCommands: list(
      string('A command.'),
      'Commands that the Argo CD image holds besides those of the upstream image.',
    ),
    exclude: list(string('A part of a path.'), 'Files whose path holds one of these are not looked at.'),
    rules: object(
      {},
      {
        doc: 'Severity by rule.',
        additional: oneOf('How the rule’s findings are reported.', {
          off: { doc: 'Not at all.' },
          hint: { doc: 'As a hint.' },
          info: { doc: 'As information.' },
          warning: { doc: 'As a warning.' },
          error: { doc: 'As an error.' },
        }),
      },
    ),
  }),
});
