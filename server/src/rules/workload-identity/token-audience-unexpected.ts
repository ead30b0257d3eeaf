import { TOKEN_EXCHANGE_AUDIENCE } from '../../azure/applications.ts';
import { isTemplate } from '../../azure/text-kinds.ts';
import { documentOf } from '../../model/source-file.ts';
import { type PodTemplate, podTemplateOf } from '../../model/views/pod-template.ts';
import { addEntry, replaceText } from '../../yaml/edits.ts';
import { asMap, asScalar, get, getEntry, items, text } from '../../yaml/navigate.ts';
import type { MapNode } from '../../yaml/tree.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { fluxControllers } from '../flux-controllers.ts';
import { view } from '../views.ts';

/** msi-acrpull asks for tokens with the second one. */
const EXPECTED = [TOKEN_EXCHANGE_AUDIENCE, 'api://AzureCRTokenExchange'];

/** Projected tokens that are meant for Entra ID: by where AZURE_FEDERATED_TOKEN_FILE points, or by their name. */
const tokens = view<MapNode>('projected tokens for Entra ID', function* (unit, context) {
  const groups: (readonly PodTemplate[])[] = [...fluxControllers.select(unit, context)]
    .filter((c) => !c.complete)
    .map((c) => c.templates);
  const own = unit.object && podTemplateOf(unit.object);
  if (own) groups.push([own]);
  const seen = new Set<MapNode>();
  for (const templates of groups)
    for (const volume of templates.flatMap((t) => items(get(t.spec, 'volumes'))))
      for (const source of items(get(volume, 'projected', 'sources'))) {
        const token = asMap(get(source, 'serviceAccountToken'));
        if (
          token &&
          !seen.has(token) &&
          documentOf(token.tree) === unit.document &&
          isForEntra(text(get(volume, 'name')), text(get(token, 'path')), templates)
        ) {
          seen.add(token);
          yield token;
        }
      }
});

function isForEntra(volume: string | undefined, path: string | undefined, templates: readonly PodTemplate[]): boolean {
  if ([volume, path].some((n) => n === 'azure-token' || n === 'azure-identity-token')) return true;
  const containers = templates.flatMap((t) => t.containers);
  const files = containers.flatMap((c) =>
    c.env.flatMap((e) => (e.nameText === 'AZURE_FEDERATED_TOKEN_FILE' ? (text(e.value) ?? []) : [])),
  );
  const mounts = containers.flatMap((c) =>
    items(get(c.node, 'volumeMounts')).flatMap((m) =>
      text(get(m, 'name')) === volume ? (text(get(m, 'mountPath')) ?? []) : [],
    ),
  );
  return files.some((f) => mounts.some((m) => f.startsWith(`${m.replace(/\/$/, '')}/`)));
}

export default defineRule({
  id: 'workload-identity/token-audience-unexpected',
  on: tokens,
  severity: 'hint',
  partial: true,
  summary: 'A projected token for Entra ID has another audience than `api://AzureADTokenExchange`.',
  why: 'A federated credential names the audience that its tokens must have; `api://AzureADTokenExchange` is the recommended one, in all clouds. Another is right only where the credential names it.',
  references: [
    'fluxcd/pkg@e2cfd1a2 auth/azure/provider.go GetAudiences',
    'https://learn.microsoft.com/azure/aks/workload-identity-overview',
  ],
  *check(token) {
    const audience = getEntry(token, 'audience');
    const value = asScalar(audience?.value);
    if (value && (EXPECTED.includes(value.text) || isTemplate(value.text))) return;
    const shown = value ? `"${value.text}"` : 'none, which is that of the API server';
    yield report(
      value ?? token,
      `Entra ID expects the audience ${TOKEN_EXCHANGE_AUDIENCE} unless the federated credential names another; this one is ${shown}.`,
      {
        fix: unsafeFix(
          `Write ${TOKEN_EXCHANGE_AUDIENCE}`,
          value ? replaceText(value, TOKEN_EXCHANGE_AUDIENCE) : addEntry(token, 'audience', TOKEN_EXCHANGE_AUDIENCE),
        ),
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'An audience of another cloud',
      files: {
        'kustomization.yaml': `patches:
  - target: { kind: Deployment, name: source-controller }
    patch: |
      - op: add
        path: /spec/template/spec/volumes/-
        value:
          name: azure-token
          projected:
            sources:
              - serviceAccountToken:
                  audience: <|sts.windows.net|>
                  path: azure-token
`,
      },
      fixed: `patches:
  - target: { kind: Deployment, name: source-controller }
    patch: |
      - op: add
        path: /spec/template/spec/volumes/-
        value:
          name: azure-token
          projected:
            sources:
              - serviceAccountToken:
                  audience: api://AzureADTokenExchange
                  path: azure-token
`,
    },
  ],
  good: [
    {
      title: 'The recommended audience, and a token for something else',
      yaml: `apiVersion: v1
kind: Pod
metadata:
  name: worker
spec:
  containers:
    - name: worker
      env: [{ name: AZURE_FEDERATED_TOKEN_FILE, value: /azure/token }]
      volumeMounts: [{ name: azure, mountPath: /azure }, { name: vault, mountPath: /vault }]
  volumes:
    - name: azure
      projected: { sources: [{ serviceAccountToken: { path: token, audience: "api://AzureADTokenExchange" } }] }
    - name: vault
      projected: { sources: [{ serviceAccountToken: { path: token, audience: vault } }] }
`,
    },
  ],
};
