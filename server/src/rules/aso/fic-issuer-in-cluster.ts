import { hostOf } from '../../azure/clouds.ts';
import { isTemplate } from '../../azure/text-kinds.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { credentials, stringAt } from './_objects.ts';

export default defineRule({
  id: 'aso/fic-issuer-in-cluster',
  on: credentials,
  severity: 'error',
  partial: true,
  summary: 'The issuer of a federated credential is an address inside the cluster.',
  why: 'Entra fetches the keys that sign tokens from the issuer. `kubernetes.default.svc` is the issuer of a cluster whose OIDC issuer is not enabled: nobody outside reaches it.',
  references: [
    'https://github.com/Azure/azure-workload-identity/issues/616',
    'MicrosoftDocs/azure-aks-docs@fb060abe articles/aks/use-oidc-issuer.md',
  ],
  *check(object) {
    const issuer = stringAt(object, 'spec', 'issuer');
    if (!issuer || isTemplate(issuer.text)) return;
    const host = hostOf(issuer.text);
    if (host !== 'localhost' && !/(^|\.)kubernetes\.default\.svc$|(^|\.)svc\.cluster\.local$/.test(host)) return;
    yield report(
      issuer,
      `Entra cannot reach ${host}. Enable the OIDC issuer of the cluster (az aks update --enable-oidc-issuer) and write its public URL.`,
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'What a token says without an OIDC issuer',
      yaml: `apiVersion: managedidentity.azure.com/v1api20230131
kind: FederatedIdentityCredential
metadata:
  name: orders
  namespace: shop
spec:
  owner:
    name: orders
  audiences:
    - api://AzureADTokenExchange
  issuer: <|https://kubernetes.default.svc.cluster.local|>
  subject: system:serviceaccount:shop:orders
`,
    },
  ],
  good: [
    {
      title: 'A public URL',
      yaml: `apiVersion: managedidentity.azure.com/v1api20230131
kind: FederatedIdentityCredential
metadata:
  name: orders
  namespace: shop
spec:
  owner:
    name: orders
  audiences:
    - api://AzureADTokenExchange
  issuer: https://oidc.contoso.com/kubernetes.default.svc/
  subject: system:serviceaccount:shop:orders
`,
    },
  ],
};
