import { isTemplate } from '../../azure/text-kinds.ts';
import { replacePart } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, safeFix } from '../define.ts';
import { kubeconfigMaps, wrongValue } from './_kubeconfigs.ts';

const OTHER_SCHEME = /^(?!https:)[a-z][a-z0-9+.-]*(?=:\/\/)/i;

export default defineRule({
  id: 'flux/kubeconfig-address-not-https',
  on: kubeconfigMaps,
  severity: 'error',
  partial: true,
  summary: 'The address of a remote cluster has another scheme than https.',
  why: 'Flux speaks to API servers by https alone. An address without a scheme is taken for https; one with another scheme is refused.',
  references: ['fluxcd/pkg@e2cfd1a2 auth/restconfig.go ParseClusterAddress'],
  versions: 'Flux 2.7 and later',
  *check(map) {
    const value = wrongValue(
      map,
      'address',
      ({ text }) => text !== undefined && !isTemplate(text) && OTHER_SCHEME.test(text),
    );
    const scheme = OTHER_SCHEME.exec(value?.text ?? '')?.[0];
    if (!value || scheme === undefined) return;
    const edit = replacePart(value, 0, scheme.length, 'https');
    yield report(value, `the Kubernetes API server address '${value.text}' must use https scheme.`, {
      fix: edit && safeFix('Write https', edit),
    });
  },
});

const USER = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: shop
  namespace: flux-system
spec:
  interval: 10m
  prune: true
  sourceRef: { kind: OCIRepository, name: fleet }
  kubeConfig:
    configMapRef:
      name: any
`;

export const examples: Examples = {
  bad: [
    {
      title: 'http',
      files: {
        'any.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: any
  namespace: flux-system
data:
  provider: generic
  address: <|"http://k8s.contoso.com:6443"|> # behind the VPN
`,
        'shop.yaml': USER,
      },
      fixed: `apiVersion: v1
kind: ConfigMap
metadata:
  name: any
  namespace: flux-system
data:
  provider: generic
  address: "https://k8s.contoso.com:6443" # behind the VPN
`,
    },
  ],
  good: [
    {
      title: 'https, no scheme, a variable, and an address of something else',
      files: {
        'configs.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: any
  namespace: flux-system
data:
  provider: generic
  address: k8s.contoso.com:6443
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: other
  namespace: flux-system
data:
  provider: generic
  address: http://\${HOST}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: proxy
  namespace: flux-system
data:
  provider: generic
  address: http://proxy.contoso.com
`,
        'shop.yaml': `${USER}---
${USER.replace('name: shop', 'name: shop-2').replace('name: any', 'name: other')}`,
      },
    },
  ],
};
