import { authorityUrl, cloudOfAuthority, OPEN_CLOUDS } from '../../azure/clouds.ts';
import { dataOf } from '../../model/views/secret-data.ts';
import { addEntries } from '../../yaml/edits.ts';
import { asMap, get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { credentialSecrets } from './_credential-secrets.ts';

const KEYS = ['AZURE_RESOURCE_MANAGER_ENDPOINT', 'AZURE_RESOURCE_MANAGER_AUDIENCE', 'AZURE_AUTHORITY_HOST'] as const;
/** The audience of Resource Manager, by cloud. Source: Azure/go-autorest autorest/azure/environments.go. */
const AUDIENCES: Readonly<Record<string, string>> = {
  public: 'https://management.core.windows.net/',
  usGovernment: 'https://management.core.usgovcloudapi.net/',
  china: 'https://management.core.chinacloudapi.cn/',
};

export default defineRule({
  id: 'aso/credential-cloud-settings',
  on: credentialSecrets,
  severity: 'error',
  summary: 'The cloud of a credential is only half set.',
  why: 'Endpoint, audience and authority say together which cloud it is. The operator takes all three or none.',
  references: ['Azure/azure-service-operator@129173a1 docs/hugo/content/guide/authentication'],
  *check({ secret, data }, { workspace }) {
    if (secret.partial) return;
    const patched = dataOf(workspace.patched(secret));
    const missing = KEYS.filter((key) => !patched.has(key));
    const [first] = KEYS.flatMap((key) => data.get(key) ?? []);
    if (missing.length === 0 || missing.length === KEYS.length || !first || !workspace.isComplete(secret)) return;
    const texts = KEYS.map((key) => patched.get(key)?.text ?? '');
    const cloud = OPEN_CLOUDS.find(
      (c) =>
        cloudOfAuthority(texts[2] ?? '') === c ||
        texts[0]?.includes(c.resourceManagerHost) ||
        texts[1] === AUDIENCES[c.id],
    );
    const values = cloud && {
      AZURE_RESOURCE_MANAGER_ENDPOINT: `https://${cloud.resourceManagerHost}/`,
      AZURE_RESOURCE_MANAGER_AUDIENCE: AUDIENCES[cloud.id] ?? '',
      AZURE_AUTHORITY_HOST: authorityUrl(cloud),
    };
    const map = asMap(get(secret.root, 'stringData'));
    const edit =
      map && values && get(secret.root, 'sops') === undefined
        ? addEntries(map, Object.fromEntries(missing.map((key) => [key, values[key]])))
        : undefined;
    yield report(
      first.entry,
      `${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} missing: the operator takes all three settings of a cloud or none.`,
      { fix: edit && unsafeFix(`Add ${missing.join(', ')}`, edit) },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'The authority alone',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: aso-credential
  namespace: shop
stringData:
  AZURE_SUBSCRIPTION_ID: 0f14d0ab-9605-4a62-a9e4-5ed26688389b
  AZURE_TENANT_ID: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
  AZURE_CLIENT_ID: 7c9e6679-7425-40de-944b-e07fc1f90ae7
  <|AZURE_AUTHORITY_HOST|>: https://login.microsoftonline.us/
`,
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: aso-credential
  namespace: shop
stringData:
  AZURE_SUBSCRIPTION_ID: 0f14d0ab-9605-4a62-a9e4-5ed26688389b
  AZURE_TENANT_ID: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
  AZURE_CLIENT_ID: 7c9e6679-7425-40de-944b-e07fc1f90ae7
  AZURE_AUTHORITY_HOST: https://login.microsoftonline.us/
  AZURE_RESOURCE_MANAGER_ENDPOINT: https://management.usgovcloudapi.net/
  AZURE_RESOURCE_MANAGER_AUDIENCE: https://management.core.usgovcloudapi.net/
`,
    },
  ],
  good: [
    {
      title: 'All three, and none',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: aso-credential
  namespace: shop
stringData:
  AZURE_SUBSCRIPTION_ID: 0f14d0ab-9605-4a62-a9e4-5ed26688389b
  AZURE_TENANT_ID: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
  AZURE_CLIENT_ID: 7c9e6679-7425-40de-944b-e07fc1f90ae7
---
apiVersion: v1
kind: Secret
metadata:
  name: aso-credential
  namespace: shop
stringData:
  AZURE_SUBSCRIPTION_ID: 0f14d0ab-9605-4a62-a9e4-5ed26688389b
  AZURE_TENANT_ID: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
  AZURE_CLIENT_ID: 7c9e6679-7425-40de-944b-e07fc1f90ae7
  AZURE_AUTHORITY_HOST: https://login.chinacloudapi.cn/
  AZURE_RESOURCE_MANAGER_ENDPOINT: https://management.chinacloudapi.cn/
  AZURE_RESOURCE_MANAGER_AUDIENCE: https://management.core.chinacloudapi.cn/
`,
    },
  ],
};
