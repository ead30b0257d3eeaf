import { describe, test } from 'node:test';
import { checkCompletion, checkHover } from '../../support/features.ts';

const settings = (content: string): string => `apiVersion: v1
kind: ConfigMap
metadata:
  name: argocd-cm
  namespace: argocd
data:
${content}`;

const oidc = (content: string): string => settings(`  oidc.config: |\n${content}`);

const set = (generator: string): string => `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata:
  name: services
spec:
  generators:
${generator}`;

describe('single sign-on of Argo CD', () => {
  test('keys of argocd-cm, by its name', () =>
    checkCompletion(settings('  <|>\n'), { has: ['oidc.config', 'dex.config', 'url'] }));
  test('not of other ConfigMaps', () =>
    checkCompletion(settings('  <|>\n').replace('argocd-cm', 'other'), { lacks: ['oidc.config'] }));
  test('a whole login', () =>
    checkCompletion(settings('  oidc<|>\n'), {
      take: 'oidc.config',
      gives: settings(
        '  oidc.config: |\n    name: Entra ID\n    issuer: https://login.microsoftonline.com/tenant-id/v2.0\n    clientID: client-id\n    azure:\n      useWorkloadIdentity: true\n    requestedScopes: [openid, profile, email]\n',
      ),
    }));
  test('fields inside the string', () =>
    checkCompletion(oidc('    name: Entra\n    <|>\n'), {
      has: ['issuer', 'requestedScopes', 'azure'],
      lacks: ['name'],
    }));
  test('what is special about Entra ID', () =>
    checkCompletion(oidc('    azure:\n      <|>\n'), { has: ['useWorkloadIdentity', 'graphApiEndpoint'] }));
  test('scopes', () =>
    checkCompletion(oidc('    requestedScopes:\n      - <|>\n'), { labels: ['openid', 'profile', 'email'] }));
  test('the issuer', () =>
    checkCompletion(oidc('    issuer: <|>\n'), {
      take: 'https://login.microsoftonline.com/…/v2.0',
      gives: oidc('    issuer: https://login.microsoftonline.com/tenant-id/v2.0\n'),
    }));
  test('hover', () => {
    checkHover(oidc('    requested<|>Scopes: [openid]\n'), { says: ['AADSTS650053'] });
    checkHover(oidc('    azure:\n      useWork<|>loadIdentity: true\n'), { says: ['Argo CD 3.0'] });
  });
  test('the connector of Dex', () =>
    checkCompletion(
      settings(
        '  dex.config: |\n    connectors:\n      - type: microsoft\n        config:\n          groupNameFormat: <|>\n',
      ),
      { labels: ['id', 'name'].sort().reverse() },
    ));
  test('keys of argocd-secret', () =>
    checkCompletion('apiVersion: v1\nkind: Secret\nmetadata:\n  name: argocd-secret\nstringData:\n  webhook<|>\n', {
      has: ['webhook.azuredevops.username', 'webhook.azuredevops.password'],
    }));
});

describe('ApplicationSets of Azure DevOps', () => {
  test('the generator in its own spelling', () => {
    checkCompletion(set('    - scmProvider:\n        azure<|>\n'), {
      take: 'azureDevOps',
      gives: set(
        '    - scmProvider:\n        azureDevOps:\n          organization: organization\n          teamProject: project\n          accessTokenRef:\n            secretName: azure-devops\n            key: token\n',
      ),
    });
    checkCompletion(set('    - matrix:\n        generators:\n          - pullRequest:\n              az<|>\n'), {
      has: ['azuredevops'],
      lacks: ['azureDevOps'],
    });
  });
  test('its fields', () =>
    checkCompletion(set('    - pullRequest:\n        azuredevops:\n          <|>\n'), {
      has: ['organization', 'project', 'repo', 'tokenRef'],
      lacks: ['teamProject', 'accessTokenRef'],
    }));
  test('hover tells the two apart', () =>
    checkHover(set('    - scmProvider:\n        azureDev<|>Ops:\n          organization: contoso\n'), {
      says: ['all lower case for pull requests', 'Argo CD 2.5'],
    }));
});

test('the URL of an Application', () =>
  checkCompletion('apiVersion: argoproj.io/v1alpha1\nkind: Application\nspec:\n  source:\n    repoURL: <|>\n', {
    has: ['https://dev.azure.com/…', '….azurecr.io/…'],
  }));
