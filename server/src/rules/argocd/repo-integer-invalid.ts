import { isPlaceholder } from '../../azure/text-kinds.ts';
import { quote } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { isIgnored, repositorySecrets } from './_repositories.ts';

export default defineRule({
  id: 'argocd/repo-integer-invalid',
  on: repositorySecrets,
  severity: 'error',
  partial: true,
  summary: 'The value is no integer, and the whole repository fails.',
  why: 'Argo CD reads the ids of a GitHub App and the depth of a clone as integers. Another text makes the repository show "Configuration error - please check the server logs". In values of the argo-cd chart it has to be a string, or Helm fails.',
  references: ['argoproj/argo-cd@v3.5.1 util/db/repository_secrets.go intOrZero'],
  *check(secret) {
    for (const key of ['githubAppID', 'githubAppInstallationID', 'depth']) {
      const item = secret.data.get(key);
      if (secret.source === 'values' && typeof item?.node?.value === 'number') {
        yield report(
          item.node,
          `The chart encodes ${key} as base64, which Helm does with strings alone: it fails with "wrong type for value". Quote it.`,
          { fix: secret.editable ? unsafeFix('Quote the value', quote(item.node)) : undefined },
        );
        continue;
      }
      if (!item?.node || !item.text || isIgnored(key, secret)) continue;
      if (/^[+-]?\d+$/.test(item.text) || isPlaceholder(item.text)) continue;
      yield report(
        item.node,
        `${key} must be an integer, written as a string: the repository shows "Configuration error - please check the server logs".`,
      );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A word and a name',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: fleet
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  url: https://github.com/contoso/fleet
  depth: <|shallow|>
  githubAppID: <|"contoso-argocd"|>
`,
    },
    {
      title: 'A number in values of the chart',
      yaml: `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: argocd
spec:
  chart:
    spec:
      chart: argo-cd
  values:
    configs:
      credentialTemplates:
        github:
          url: https://github.com/contoso
          githubAppID: <|4711|>
`,
      fixed: `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: argocd
spec:
  chart:
    spec:
      chart: argo-cd
  values:
    configs:
      credentialTemplates:
        github:
          url: https://github.com/contoso
          githubAppID: "4711"
`,
    },
  ],
  good: [
    {
      title: 'Numbers in strings, and what is still to be filled in',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: fleet
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  url: https://github.com/contoso/fleet
  depth: "1"
  githubAppID: "<app-id>"
  githubAppInstallationID: \${INSTALLATION}
`,
    },
  ],
};
