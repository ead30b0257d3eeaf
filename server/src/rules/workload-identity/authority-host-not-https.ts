import { isPlaceholder, isTemplate, looksEncrypted } from '../../azure/text-kinds.ts';
import { replaceText } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, safeFix } from '../define.ts';
import { identityValues } from './_values.ts';

export default defineRule({
  id: 'workload-identity/authority-host-not-https',
  on: identityValues,
  severity: 'error',
  partial: true,
  summary: 'The authority host must be an https URL.',
  why: 'The Azure SDK refuses to send credentials to an authority without https: `cannot use an authority host without https`.',
  references: ['Azure/azure-sdk-for-go@05ed0cec sdk/azidentity azidentity.go setAuthorityHost'],
  *check({ what, node, text }) {
    if (
      what !== 'authority' ||
      text === '' ||
      isTemplate(text) ||
      isPlaceholder(text) ||
      looksEncrypted(text) ||
      /^https:\/\/[^/]+/i.test(text)
    )
      return;
    const host = text.replace(/^[a-z]+:\/\//i, '');
    // In base64 the scalar shows the encoded value, which the fix would not replace rightly.
    const fix =
      node.text === text && /^[a-z0-9.-]+(\/|$)/i.test(host)
        ? safeFix(`Write https://${host}`, replaceText(node, `https://${host}`))
        : undefined;
    yield report(
      node,
      `cannot use an authority host without https: "${text}". Write it as https://login.microsoftonline.com/ is written.`,
      { fix },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Without a scheme',
      yaml: `apiVersion: v1
kind: Pod
metadata:
  name: worker
spec:
  containers:
    - name: worker
      env:
        - name: AZURE_AUTHORITY_HOST
          value: <|login.microsoftonline.com|>
`,
      fixed: `apiVersion: v1
kind: Pod
metadata:
  name: worker
spec:
  containers:
    - name: worker
      env:
        - name: AZURE_AUTHORITY_HOST
          value: https://login.microsoftonline.com
`,
    },
  ],
  good: [
    {
      title: 'https',
      yaml: `apiVersion: v1
kind: Pod
metadata:
  name: worker
spec:
  containers:
    - name: worker
      env:
        - name: AZURE_AUTHORITY_HOST
          value: https://login.microsoftonline.us/
`,
    },
  ],
};
