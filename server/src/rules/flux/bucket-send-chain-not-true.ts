import { isPlaceholder, isTemplate } from '../../azure/text-kinds.ts';
import { quote, replaceText } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, safeFix, unsafeFix } from '../define.ts';
import { bucketSecrets } from './_buckets.ts';
import { isEncrypted } from './_secrets.ts';

export default defineRule({
  id: 'flux/bucket-send-chain-not-true',
  on: bucketSecrets,
  severity: 'error',
  summary: '`clientCertificateSendChain` in the Secret of a Bucket is not the string "true" or "false".',
  why: 'Values of a Secret are strings, so that the API server refuses a bare `true`. The controller takes `1` and `true` for yes and everything else, `yes` and `on` included, silently for no. In the key `sops.azure-kv` of a decryption Secret it is the other way round: a boolean without quotes.',
  references: [
    'fluxcd/website@6da0f383 content/en/flux/integrations/azure.md',
    'fluxcd/source-controller@v1.9.1 internal/bucket/azure/blob.go',
  ],
  *check({ secret, data }) {
    const item = data.get('clientCertificateSendChain');
    const node = item?.node;
    if (!item || !node || item.encrypted || node.synthetic) return;
    const editable = !isEncrypted(secret);
    if (typeof node.value === 'boolean' || typeof node.value === 'number' || typeof node.value === 'bigint') {
      const text = node.value === true || node.value === 1 ? 'true' : 'false';
      yield report(
        node,
        `clientCertificateSendChain must be a string here: the API server refuses ${node.text}. Write "${text}" in quotes.`,
        { fix: item.field === 'stringData' && editable ? safeFix(`Write "${text}"`, quote(node, text)) : undefined },
      );
      return;
    }
    if (item.text === undefined || isTemplate(item.text) || isPlaceholder(item.text)) return;
    if (item.text === '' || /^(1|0|true|false)$/i.test(item.text)) return;
    yield report(
      node,
      'clientCertificateSendChain must be the string "true" or "1" here: every other value means false. Write "true" to send the chain.',
      {
        severity: 'warning',
        fix: item.field === 'stringData' && editable ? unsafeFix('Write "true"', quoted(node)) : undefined,
      },
    );
  },
});

/** The string "true" in the quotes that are there; a bare word gets some. */
const quoted = (node: Parameters<typeof quote>[0]) =>
  node.style === 'plain' ? quote(node, 'true') : replaceText(node, 'true');

export const examples: Examples = {
  bad: [
    {
      title: 'A boolean',
      files: {
        'secret.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: config-reader
  namespace: flux-system
stringData:
  tenantId: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
  clientId: 7c9e6679-7425-40de-944b-e07fc1f90ae7
  clientCertificate: \${CLIENT_CERTIFICATE}
  clientCertificateSendChain: <|true|> # for SNI
`,
        'bucket.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata:
  name: config
  namespace: flux-system
spec:
  interval: 5m
  provider: azure
  bucketName: config
  endpoint: https://contosoconfig.blob.core.windows.net
  secretRef:
    name: config-reader
`,
      },
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: config-reader
  namespace: flux-system
stringData:
  tenantId: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
  clientId: 7c9e6679-7425-40de-944b-e07fc1f90ae7
  clientCertificate: \${CLIENT_CERTIFICATE}
  clientCertificateSendChain: "true" # for SNI
`,
      severity: 'error',
    },
    {
      title: 'Another word for it',
      files: {
        'secret.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: config-reader
  namespace: flux-system
stringData:
  tenantId: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
  clientId: 7c9e6679-7425-40de-944b-e07fc1f90ae7
  clientCertificate: \${CLIENT_CERTIFICATE}
  clientCertificateSendChain: <|'yes'|>
`,
        'bucket.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata:
  name: config
  namespace: flux-system
spec:
  interval: 5m
  provider: azure
  bucketName: config
  endpoint: https://contosoconfig.blob.core.windows.net
  secretRef:
    name: config-reader
`,
      },
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: config-reader
  namespace: flux-system
stringData:
  tenantId: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
  clientId: 7c9e6679-7425-40de-944b-e07fc1f90ae7
  clientCertificate: \${CLIENT_CERTIFICATE}
  clientCertificateSendChain: 'true'
`,
      severity: 'warning',
    },
  ],
  good: [
    {
      title: 'A string, a variable; a boolean in a Secret of somebody else',
      files: {
        'secret.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: config-reader
  namespace: flux-system
stringData:
  tenantId: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
  clientId: 7c9e6679-7425-40de-944b-e07fc1f90ae7
  clientCertificate: \${CLIENT_CERTIFICATE}
  clientCertificateSendChain: "TRUE"
---
apiVersion: v1
kind: Secret
metadata:
  name: other
  namespace: flux-system
stringData:
  clientCertificateSendChain: true
`,
        'bucket.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata:
  name: config
  namespace: flux-system
spec:
  interval: 5m
  provider: azure
  bucketName: config
  endpoint: https://contosoconfig.blob.core.windows.net
  secretRef:
    name: config-reader
`,
      },
    },
  ],
};
