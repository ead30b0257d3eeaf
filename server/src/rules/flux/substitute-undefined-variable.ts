import { atLeast } from '../../model/context.ts';
import { insertText } from '../../yaml/edits.ts';
import { get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, related, report, unsafeFix } from '../define.ts';
import { expressionsIn, substituted, variablesOf } from './_substitutions.ts';

export default defineRule({
  id: 'flux/substitute-undefined-variable',
  on: substituted,
  severity: 'warning',
  partial: true,
  summary: 'A variable is used that the Kustomization does not define.',
  why: 'Since Flux 2.9 a variable without a value and without a default fails the Kustomization; before, it was replaced by nothing, which yields names such as `fleet.azurecr.io` with the middle missing. Reported only where every ConfigMap and Secret with variables is in the workspace.',
  references: [
    'fluxcd/kustomize-controller@v1.9.4 internal/features/features.go StrictPostBuildSubstitutions',
    'fluxcd/pkg@e2cfd1a2 kustomize/kustomize_varsub.go',
    'https://github.com/fluxcd/flux2/issues/5967',
    'https://github.com/fluxcd/kustomize-controller/issues/1692',
  ],
  versions: 'an error from Flux 2.9 on',
  *check({ object, kustomizations }, { workspace, flux }) {
    let known: (ReadonlySet<string> | undefined)[] | undefined;
    const seen = new Set<string>();
    for (const { name, rest, tree, span } of expressionsIn(object.root)) {
      // With an operator the value may be unset: that is what it is for.
      if (/^:?[-+=?]/.test(rest) || seen.has(name)) continue;
      known ??= kustomizations.map((kustomization) => variablesOf(kustomization, workspace));
      if (!known.every((names) => names && !names.has(name))) continue;
      seen.add(name);
      const [kustomization] = kustomizations;
      const strict = atLeast(flux, '2.9');
      yield report(
        { tree, span },
        `variable not set (strict mode): "${name}". ${
          strict ? 'Flux 2.9 and later fails' : 'Flux before 2.9 writes nothing in its place'
        }: define it in Kustomization "${kustomization?.name}", give it a default with \${${name}:=…}, or write $\${ to leave it as it is.`,
        {
          severity: strict ? 'error' : undefined,
          related: kustomizations.slice(0, 3).flatMap((k) => {
            const place = get(k.root, 'metadata', 'name');
            return place ? [related(place, 'Its variables are defined here')] : [];
          }),
          fix: [
            rest === '' ? unsafeFix('Give it an empty default', insertText(tree, span.end - 1, ':=')) : undefined,
            unsafeFix('Leave it as it is: write $${', insertText(tree, span.start, '$')),
          ],
        },
      );
    }
  },
});

const kustomization = (postBuild: string): string => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: shop, namespace: flux-system }
spec:
  interval: 10m
  prune: true
  path: ./shop
  sourceRef: { kind: GitRepository, name: fleet }
  postBuild:
    ${postBuild}
`;
const SOURCE = `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata: { name: shop }
spec:
  interval: 10m
  url: oci://fleet\${ENVIRONMENT}.azurecr.io/shop/<|\${RELEASE}|>
  provider: azure
  ref:
    tag: \${RELEASE}
`;
const GOOD = SOURCE.replace('<|', '').replace('|>', '');
const VARS = `apiVersion: v1
kind: ConfigMap
metadata: { name: vars, namespace: flux-system }
data: { ENVIRONMENT: west }
`;

export const examples: Examples = {
  bad: [
    {
      title: 'Not among the variables',
      files: {
        'shop/source.yaml': SOURCE,
        'flux.yaml': kustomization('substituteFrom: [{ kind: ConfigMap, name: vars }]'),
        'vars.yaml': VARS,
      },
      severity: 'error',
      message: 'variable not set (strict mode): "RELEASE"',
      fixed: {
        'shop/source.yaml': GOOD.replace('${RELEASE}', '${RELEASE:=}'),
      },
    },
    {
      title: 'Before Flux 2.9',
      files: { 'shop/source.yaml': SOURCE, 'flux.yaml': kustomization('substitute: { ENVIRONMENT: west }') },
      settings: { fluxVersion: '2.8' },
      severity: 'warning',
    },
  ],
  good: [
    {
      title: 'Defined',
      files: {
        'shop/source.yaml': GOOD,
        'flux.yaml': kustomization('substitute: { ENVIRONMENT: west, RELEASE: "1.2" }'),
      },
    },
    {
      title: 'The Kustomization above gives it to all that it deploys',
      files: {
        'shop/source.yaml': GOOD,
        'clusters/west/shop.yaml': kustomization('substitute: { ENVIRONMENT: west }'),
        'flux.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: cluster, namespace: flux-system }
spec:
  interval: 10m
  prune: true
  path: ./clusters/west
  sourceRef: { kind: GitRepository, name: fleet }
  patches:
    - target: { group: kustomize.toolkit.fluxcd.io, kind: Kustomization }
      patch: |
        - op: add
          path: /spec/postBuild/substituteFrom
          value: [{ kind: Secret, name: cluster-secrets }]
`,
      },
    },
    {
      title: 'In a ConfigMap that is not here, or may not be',
      files: {
        'shop/source.yaml': GOOD,
        'flux.yaml': kustomization('substituteFrom: [{ kind: ConfigMap, name: vars }, { kind: Secret, name: vars }]'),
        'vars.yaml': VARS,
      },
    },
    {
      title: 'Defaults, escapes, and one of two Kustomizations that defines it',
      files: {
        'shop/source.yaml': `${GOOD}---
${GOOD.replaceAll('${RELEASE}', () => '${OTHER:-latest}$${MORE}').replace('name: shop', 'name: other')}`,
        'flux.yaml': `${kustomization('substitute: { ENVIRONMENT: west }')}---
${kustomization('substitute: { ENVIRONMENT: west, RELEASE: "1.2" }').replace('name: shop', 'name: shop-2')}`,
      },
    },
  ],
};
