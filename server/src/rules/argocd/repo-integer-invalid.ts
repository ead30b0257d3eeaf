import { isPlaceholder } from '../../azure/text-kinds.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { isIgnored, repositorySecrets } from './_repositories.ts';

export default defineRule({
  id: 'argocd/repo-integer-invalid',
  on: repositorySecrets,
  severity: 'error',
  partial: true,
  summary: 'The value is no integer, and the whole repository fails.',
  why: 'Argo CD reads the ids of a GitHub App and the depth of a clone as integers. Another text makes the repository show "Configuration error - please check the server logs".',
  references: ['argoproj/argo-cd@v3.5.1 util/db/repository_secrets.go intOrZero'],
  *check(secret) {
    for (const key of ['githubAppID', 'githubAppInstallationID', 'depth']) {
      const item = secret.data.get(key);
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
