import { isTemplate } from '../../azure/text-kinds.ts';
import type { Workspace } from '../../model/context.ts';
import { isKind, type KubernetesObject } from '../../model/object.ts';
import { entries, get } from '../../yaml/navigate.ts';
import type { Entry } from '../../yaml/tree.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { onlyTypes, view } from '../views.ts';
import { BY_VARIABLES, FLUX_KUSTOMIZATION } from './_kubeconfigs.ts';
import { VARIABLE_NAME } from './_substitutions.ts';

/** Names of variables that Flux does not take. */
const names = view<Entry>(
  'variables of spec.postBuild, and the ConfigMaps and Secrets that hold them',
  function* ({ object }, { workspace }) {
    if (!object) return;
    if (isKind(object, 'kustomize.toolkit.fluxcd.io', 'Kustomization'))
      yield* entries(get(object.root, 'spec', 'postBuild', 'substitute')).filter(isWrong);
    else if (isKind(object, '', 'ConfigMap', 'Secret') && !object.partial) {
      const wrong = ['data', 'stringData'].flatMap((field) => entries(get(object.root, field)).filter(isWrong));
      if (wrong.length > 0 && holdsVariables(object, workspace)) yield* wrong;
    }
  },
  onlyTypes([FLUX_KUSTOMIZATION, '/ConfigMap', '/Secret']),
);

const isWrong = ({ key }: Entry): boolean =>
  !VARIABLE_NAME.test(key.text) && !isTemplate(key.text) && key.text !== '<<';

export default defineRule({
  id: 'flux/substitute-variable-name',
  on: names,
  severity: 'error',
  partial: true,
  summary: 'The name of a variable for `postBuild` is none that Flux takes.',
  why: 'A variable is called by letters, digits and underscores, and does not start with a digit. Flux checks all names before it replaces anything, those from ConfigMaps and Secrets too: one with a hyphen or a dot, the name of a file say, fails every object of the Kustomization.',
  references: ['fluxcd/pkg@e2cfd1a2 kustomize/kustomize_varsub.go'],
  *check(entry) {
    const meant = entry.key.text.replace(/[^_a-zA-Z0-9]/g, '_').replace(/^(?=\d)/, '_');
    yield report(
      entry,
      `'${entry.key.text}' var name is invalid, must match '^[_[:alpha:]][_[:alpha:][:digit:]]*$'. Call it ${meant}, here and where it is used.`,
    );
  },
});

function holdsVariables(object: KubernetesObject, workspace: Workspace): boolean {
  if (object.name === undefined) return false;
  const own = workspace.namespacesOf(object);
  return workspace
    .having('kustomize.toolkit.fluxcd.io', 'Kustomization', BY_VARIABLES, object.name)
    .some((kustomization) => {
      const theirs = workspace.namespacesOf(kustomization);
      return own.known && theirs.known && [...own.names].some((n) => theirs.names.has(n));
    });
}

const kustomization = (postBuild: string): string => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: shop
  namespace: flux-system
spec:
  interval: 10m
  prune: true
  path: ./shop
  sourceRef: { kind: OCIRepository, name: fleet }
  postBuild:
${postBuild}`;

export const examples: Examples = {
  bad: [
    {
      title: 'A hyphen',
      yaml: kustomization(`    substitute:
      REGISTRY: fleetregistry
      <|"acr-name"|>: fleetregistry
`),
      message: 'Call it acr_name',
    },
    {
      title: 'The name of a file in a ConfigMap',
      files: {
        'vars.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: cluster-vars
  namespace: flux-system
data:
  REGISTRY: fleetregistry
  <|settings.yaml|>: "{}"
`,
        'shop.yaml': kustomization(`    substituteFrom:
      - kind: ConfigMap
        name: cluster-vars
`),
      },
    },
  ],
  good: [
    {
      title: 'Underscores, and a ConfigMap for something else',
      files: {
        'shop.yaml': kustomization(`    substitute:
      _registry: fleetregistry
      REGISTRY_2: otherregistry
`),
        'config.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: cluster-vars
  namespace: apps
data:
  settings.yaml: "{}"
`,
      },
    },
  ],
};
