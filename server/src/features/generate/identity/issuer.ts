import { hostOf } from '../../../azure/clouds.ts';

const AKS_OR_ARC = /(^|\.)oic\.prod-(aks|arc)\.azure\.(com|us|cn)$|^oidc\.prod-aks\.azure\.com$/;
const ENTRA = ['login.microsoftonline.com', 'login.windows.net', 'login.microsoft.com', 'sts.windows.net'];

/** Why a text cannot be the issuer of a federated credential; undefined when it can. */
export function issuerProblem(text: string): string | undefined {
  if (!/^https:\/\/[^/\s"'$\\]+[^\s"'$\\]*$/.test(text)) return 'An issuer is an https URL.';
  const host = hostOf(text);
  if (ENTRA.includes(host)) return 'Entra refuses issuers of its own: this is the authority, not the cluster.';
  if (host === 'localhost' || /(^|\.)kubernetes\.default\.svc$|\.svc\.cluster\.local$/.test(host))
    return 'Entra must reach the issuer: this host exists only inside the cluster. Enable the OIDC issuer of the cluster.';
  if (AKS_OR_ARC.test(host) && !host.startsWith('ib.') && !text.endsWith('/'))
    return 'The issuer of AKS ends with a slash, and it must match exactly.';
  return text.length > 600 ? 'An issuer has at most 600 characters.' : undefined;
}
