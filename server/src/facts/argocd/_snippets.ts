/** How Argo CD logs in to AKS, in LSP snippet syntax. */

type Login = 'workloadidentity' | 'spn' | 'any';

const METHODS: Readonly<Record<Login, string>> = {
  workloadidentity: 'workloadidentity',
  spn: 'spn',
  any: '${1|workloadidentity,spn,msi|}',
};

/** The value of execProviderConfig, with placeholders from `first` on, and the number of the next one. */
export function execSnippet(login: Login, first = 1): { readonly text: string; readonly next: number } {
  const start = login === 'any' ? first + 1 : first;
  const lines = [
    `"AAD_LOGIN_METHOD": "${METHODS[login].replace('${1|', `\${${first}|`)}"`,
    `"AZURE_CLIENT_ID": "\${${start}:client-id}"`,
    `"AZURE_TENANT_ID": "\${${start + 1}:tenant-id}"`,
    ...(login === 'spn' ? [`"AZURE_CLIENT_SECRET": "\${${start + 2}:<client secret>}"`] : []),
  ];
  const text = `{
  "command": "argocd-k8s-auth",
  "args": ["azure"],
  "env": {
    ${lines.join(',\n    ')}
  },
  "apiVersion": "client.authentication.k8s.io/v1beta1"
}`;
  return { text, next: start + lines.length - 1 };
}

/** A whole config. */
export function configSnippet(login: Login, first = 1): string {
  const exec = execSnippet(login, first);
  return `{
  "execProviderConfig": ${indented(exec.text)},
  "tlsClientConfig": {
    "insecure": false,
    "caData": "\${${exec.next}:<base64 of the CA certificate>}"
  }
}`;
}

/** Further lines two columns to the right. */
export const indented = (text: string, by = '  '): string => text.replaceAll('\n', `\n${by}`);
