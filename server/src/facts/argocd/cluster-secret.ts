import { booleanText, defineRole, object, string } from '../define.ts';
import { configSnippet, indented } from './_snippets.ts';

// Source: argo-cd v3.5.1 util/db/cluster.go.
export default defineRole({
  role: 'argocd-cluster',
  kind: 'Secret',
  label: 'cluster',
  title: 'An Argo CD cluster',
  doc: 'A cluster that Argo CD deploys to. It has to be in the namespace of Argo CD, with the label `argocd.argoproj.io/secret-type: cluster`. Keys are case-sensitive, others are ignored.',
  link: 'https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#clusters',
  shape: object(
    {
      name: string('The name that an Application’s `destination.name` uses.'),
      server: string('The API server’s address, as `destination.server` writes it.', {
        snippet: 'https://${1:cluster}.hcp.${2:westeurope}.azmk8s.io:443',
        suggestions: [
          {
            value: 'https://${1:cluster}.hcp.${2:westeurope}.azmk8s.io:443',
            label: 'https://….azmk8s.io',
            doc: 'The API server of an AKS cluster.',
          },
        ],
      }),
      config: string('How to connect: JSON with TLS and credentials.', {
        snippet: `|\n  ${indented(configSnippet('any'))}`,
      }),
      namespaces: string('The namespaces Argo CD may manage, separated by commas. Without it all.'),
      clusterResources: booleanText(
        'Whether cluster-wide objects are managed too, where `namespaces` is set. Only the text `true` counts.',
        { snippet: '"true"' },
      ),
      shard: string('The shard of the application controller that is in charge: a number, as text.', {
        snippet: '"${1:0}"',
      }),
      project: string('The project that the cluster belongs to.'),
    },
    { open: true, required: ['name', 'server', 'config'] },
  ),
  snippets: [
    {
      label: 'Argo CD cluster on AKS with workload identity',
      doc: 'A whole cluster Secret, logged in to with the identity of argocd-application-controller and argocd-server.',
      body: secretSnippet('workloadidentity'),
    },
    {
      label: 'Argo CD cluster on AKS with a service principal',
      doc: 'A whole cluster Secret, logged in to with the client secret of an application. Argo CD 2.14 and later.',
      body: secretSnippet('spn'),
    },
  ],
});

function secretSnippet(login: 'workloadidentity' | 'spn'): string {
  return `apiVersion: v1
kind: Secret
metadata:
  name: \${1:cluster}
  namespace: \${2:argocd}
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  name: \${1:cluster}
  server: https://\${3:cluster}.hcp.\${4:westeurope}.azmk8s.io:443
  config: |
    ${indented(configSnippet(login, 5), '    ')}
`;
}
