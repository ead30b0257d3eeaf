import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { argocdVersion } from '../../../server/src/engine/versions.ts';
import { sessionOf } from '../../support/workspace.ts';

function argocd(files: Readonly<Record<string, string>>, settings: Readonly<Record<string, unknown>> = {}): string {
  const session = sessionOf(files, settings);
  const version = argocdVersion(session.settingsFor('file:///workspace/a.yaml'), session.workspace().untracked);
  return `${version.full ?? version.minor}${version.known ? '' : '?'}`;
}

const release = (version: string, values = '') =>
  `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: argocd
spec:
  chart:
    spec:
      chart: argo-cd
      version: ${version}
${values}`;
const server = (tag: string) =>
  `apiVersion: apps/v1
kind: Deployment
metadata:
  name: argocd-server
spec:
  template:
    spec:
      containers:
        - name: argocd-server
          image: quay.io/argoproj/argocd:${tag}
`;

describe('the version of Argo CD', () => {
  test('from images, the oldest', () => {
    assert.equal(
      argocd({ 'a.yaml': server('v3.4.1'), 'b.yaml': server('v3.0.9'), 'c.yaml': server('v3.0.2') }),
      '3.0.2',
    );
    assert.equal(argocd({ 'a.yaml': server('latest') }), '3.5?');
  });
  test('from what a kustomization takes', () => {
    const head = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n';
    const remote = 'https://raw.githubusercontent.com/argoproj/argo-cd/v2.13.2/manifests/install.yaml';
    assert.equal(argocd({ 'kustomization.yaml': `${head}resources:\n  - ${remote}\n` }), '2.13.2');
    assert.equal(
      argocd({ 'kustomization.yaml': `${head}images:\n  - name: quay.io/argoproj/argocd\n    newTag: v3.3.4\n` }),
      '3.3.4',
    );
    assert.equal(
      argocd({ 'kustomization.yaml': `${head}helmCharts:\n  - name: argo-cd\n    version: 7.8.6\n` }),
      '2.14.3',
    );
  });
  test('from the chart: its image tag, else its release where that is known', () => {
    assert.equal(argocd({ 'a.yaml': release('8.1.3') }), '3.0');
    assert.equal(argocd({ 'a.yaml': release('"7.7.14"') }), '2.13');
    assert.equal(argocd({ 'a.yaml': release('8.x') }), '3.5?');
    assert.equal(argocd({ 'a.yaml': release('9.1.0') }), '3.5?');
    assert.equal(
      argocd({ 'a.yaml': release('9.1.0', '  values:\n    global:\n      image:\n        tag: v2.9.3\n') }),
      '2.9.3',
    );
    const application =
      'apiVersion: argoproj.io/v1alpha1\nkind: Application\nspec:\n  source:\n    chart: argo-cd\n    targetRevision: 8.3.0\n';
    assert.equal(argocd({ 'a.yaml': application }), '3.1');
  });
  test('from the setting, before all else', () =>
    assert.equal(argocd({ 'a.yaml': server('v3.4.1') }, { argocdVersion: '2.14.3' }), '2.14.3'));
});
