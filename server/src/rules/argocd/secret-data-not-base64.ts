import { isPlaceholder, isTemplate, looksEncrypted } from '../../azure/text-kinds.ts';
import { decodeGoBase64 } from '../../embed/go-base64.ts';
import { SECRET_TYPE } from '../../model/views/argocd-cluster.ts';
import { asScalar, get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { moveToStringData, secretFields } from './_secret-fields.ts';

/** Words of Argo CD's Secrets that are base64 by accident. */
const WORDS = /^(true|True|TRUE|helm)$/;
/** References that a tool replaces before the Secret is applied: vals, bank-vaults. */
const REFERENCE = /^(ref\+|vault:)/;

export default defineRule({
  id: 'argocd/secret-data-not-base64',
  on: secretFields,
  severity: 'error',
  partial: true,
  summary: 'A value under `data` of a Secret is not base64.',
  why: 'Values under `data` are base64, values under `stringData` are plain text. The API server refuses what it cannot decode: `illegal base64 data at input byte 4`. Plain words of a suitable length, such as `true` and `helm`, do decode, to bytes that nobody meant.',
  references: ['kubernetes/api core/v1 types.go Secret', 'argoproj/argo-cd#7121'],
  *check(field) {
    const { entry, map, secret } = field;
    const value = map === 'data' ? asScalar(entry.value) : undefined;
    if (!value || typeof value.value !== 'string' || value.tag) return;
    const { text } = value;
    if (text === '' || isTemplate(text) || isPlaceholder(text) || looksEncrypted(text) || REFERENCE.test(text)) return;
    const decoded = decodeGoBase64(text);
    const isWord = WORDS.test(text) && get(secret.root, 'metadata', 'labels', SECRET_TYPE) !== undefined;
    if (!('corruptAt' in decoded) && !isWord) return;
    const key = entry.key.text;
    yield report(
      value,
      'corruptAt' in decoded
        ? `data.${key} must be base64 and the API server refuses it: illegal base64 data at input byte ${decoded.corruptAt}. Plain text goes into stringData.`
        : `"${text}" under data is decoded as base64, by accident without an error, and ${key} becomes something else. Plain text goes into stringData.`,
      { fix: unsafeFix('Move it to stringData', ...moveToStringData(field, text)) },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Plain text beside base64',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: cluster
data:
  name: YWtzLXByb2Q=
  server: <|https://aks-prod-1234.hcp.westeurope.azmk8s.io|>
type: Opaque
`,
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: cluster
data:
  name: YWtzLXByb2Q=
type: Opaque
stringData:
  server: https://aks-prod-1234.hcp.westeurope.azmk8s.io
`,
      message: 'illegal base64 data at input byte 5',
    },
    {
      title: 'Base64 by accident',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: charts
  labels:
    argocd.argoproj.io/secret-type: repository
data:
  type: <|helm|>
`,
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: charts
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  type: helm
`,
      message: 'by accident',
    },
  ],
  good: [
    {
      title: 'Base64, on several lines too; words of other Secrets; what is filled in later',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: a
data:
  a: YWtzLXByb2Q=
  b: |
    YWtzL
    XByb2Q=
  c: helm
  d: <base64 of the token>
  e: \${TOKEN_BASE64}
  f: ENC[AES256_GCM,data:x,iv:x,tag:x,type:str]
  g: ref+azurekeyvault://contoso/token
  h: ""
stringData:
  i: plain text
`,
    },
  ],
};
