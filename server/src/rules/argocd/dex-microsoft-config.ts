import { isTemplate, nearest } from '../../azure/text-kinds.ts';
import { renameKey, replaceText } from '../../yaml/edits.ts';
import { asMap, asScalar, entries, get, getEntry, items, text } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { dexConfigs } from './_sso.ts';

const KEYS = [
  'clientID',
  'clientSecret',
  'clientAssertion',
  'redirectURI',
  'tenant',
  'groups',
  'onlySecurityGroups',
  'groupNameFormat',
  'useGroupsAsWhitelist',
  'emailToLowercase',
  'batchGroupLookups',
  'apiURL',
  'graphURL',
  'promptType',
  'domainHint',
  'scopes',
  'preferredUsernameField',
];
const ANY_TENANT = new Set(['common', 'consumers', 'organizations']);

export default defineRule({
  id: 'argocd/dex-microsoft-config',
  on: dexConfigs,
  severity: 'warning',
  partial: true,
  summary: 'The Microsoft connector of Dex is not set up as it can work.',
  why: 'Dex refuses to start with a `groupNameFormat` other than `name` or `id`. It reads groups only for one tenant, so that with `common`, `organizations` or `consumers`, or without a tenant, a list of groups lets nobody in. Fields that it does not know are passed over.',
  references: ['dexidp/dex@v2.45.1 connector/microsoft/microsoft.go'],
  *check(root) {
    for (const connector of items(get(root, 'connectors'))) {
      if (text(get(connector, 'type')) !== 'microsoft') continue;
      const config = asMap(get(connector, 'config'));
      if (!config) continue;
      const format = asScalar(get(config, 'groupNameFormat'));
      if (format && format.text !== '' && !isUnknown(format.text) && !['name', 'id'].includes(format.text))
        yield report(format, `Dex does not start: "invalid groupNameFormat: ${format.text}". Write name or id.`, {
          severity: 'error',
          fix: unsafeFix('Write id', replaceText(format, 'id')),
        });
      const groups = getEntry(config, 'groups');
      const tenant = get(config, 'tenant');
      const tenantText = tenant === undefined ? 'common' : text(tenant);
      if (
        groups &&
        items(groups.value).length > 0 &&
        tenantText !== undefined &&
        ANY_TENANT.has(tenantText || 'common')
      )
        yield report(
          groups,
          'Dex reads groups only where tenant names one tenant, not common, organizations or consumers: this list lets nobody in.',
        );
      for (const entry of entries(config)) {
        const key = entry.key.text;
        if (KEYS.includes(key) || isTemplate(key)) continue;
        const meant = nearest(key, KEYS, 2);
        yield report(
          entry,
          `The Microsoft connector of Dex ignores "${key}"${meant ? `; did you mean "${meant}"?` : '.'}`,
          {
            fix: meant && !get(config, meant) ? unsafeFix(`Rename to ${meant}`, renameKey(entry, meant)) : undefined,
          },
        );
      }
    }
  },
});

/** Templates, and what Argo CD fills in from its Secret. */
const isUnknown = (value: string): boolean => isTemplate(value) || value.startsWith('$');

export const examples: Examples = {
  bad: [
    {
      title: 'All three',
      yaml: `apiVersion: v1
kind: ConfigMap
metadata:
  name: argocd-cm
data:
  dex.config: |
    connectors:
      - type: microsoft
        id: entra
        config:
          <|clientId|>: $dex.entra.clientId
          clientSecret: $dex.entra.clientSecret
          <|groups|>: [platform]
          groupNameFormat: <|guid|>
`,
    },
    {
      title: 'Groups of every tenant',
      yaml: `apiVersion: v1
kind: ConfigMap
metadata:
  name: argocd-cm
data:
  dex.config: |
    connectors:
      - type: microsoft
        config:
          clientID: $dex.entra.clientId
          tenant: organizations
          <|groups|>:
            - platform
`,
    },
  ],
  good: [
    {
      title: 'One tenant, one that Argo CD fills in, and another connector',
      yaml: `apiVersion: v1
kind: ConfigMap
metadata:
  name: argocd-cm
data:
  dex.config: |
    connectors:
      - type: microsoft
        config:
          clientID: $dex.entra.clientId
          clientSecret: $dex.entra.clientSecret
          tenant: 0f8fad5b-d9cb-469f-a165-70867728950e
          groups: [platform]
          groupNameFormat: id
      - type: microsoft
        config:
          tenant: $dex.entra.tenant
          groups: [platform]
      - type: github
        config:
          clientId: contoso
`,
    },
  ],
};
