import { quote, replaceSource } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, safeFix } from '../define.ts';
import { pathText, structureProblems } from './_structure.ts';

/** The names of types in the API server's errors. */
const WORDS: Readonly<Record<string, string>> = {
  'a string': 'string',
  'a number': 'integer',
  'a boolean': 'boolean',
  null: 'null',
  'a list': 'array',
  'an object': 'object',
};

export default defineRule({
  id: 'flux/wrong-type',
  on: structureProblems('wrong-type'),
  severity: 'error',
  partial: true,
  schema: true,
  general: true,
  summary: 'A value of another type than the field has.',
  why: 'The API server refuses an object with a string where the CRD has a boolean, or a number where it has a string. YAML reads `true`, `1.20` and `300` without quotes as booleans and numbers.',
  references: ['CRDs of the controllers of fluxcd/flux2@v2.0.0 to v2.9.4'],
  *check({ problem }) {
    const { node, path, shape, actual } = problem;
    const wanted = shape.type === 'int-or-string' ? 'a number or a string' : shape.type;
    const scalar = node.kind === 'scalar' && !node.synthetic ? node : undefined;
    const bare = scalar && (scalar.style === 'single' || scalar.style === 'double') ? scalar : undefined;
    const unquoted =
      (shape.type === 'boolean' && /^(true|false)$/.test(bare?.text ?? '')) ||
      (shape.type === 'integer' && /^-?(0|[1-9]\d{0,14})$/.test(bare?.text ?? ''));
    yield report(
      { tree: node.tree, span: problem.span },
      `${pathText(path)} in body must be of type ${wanted}: "${WORDS[actual ?? ''] ?? actual}".`,
      {
        fix:
          shape.type === 'string' && scalar && scalar.style === 'plain' && scalar.value !== null
            ? safeFix('Write it in quotes', quote(scalar))
            : bare && unquoted
              ? safeFix('Write it without quotes', replaceSource(bare, bare.text))
              : undefined,
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A boolean in quotes, numbers without',
      yaml: `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
spec:
  interval: 10m
  prune: <|"true"|>
  sourceRef:
    kind: OCIRepository
    name: apps
  postBuild:
    substitute:
      replicas: <|3|>
      public: <|false|> # not yet
`,
      fixed: `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
spec:
  interval: 10m
  prune: true
  sourceRef:
    kind: OCIRepository
    name: apps
  postBuild:
    substitute:
      replicas: "3"
      public: "false" # not yet
`,
    },
    {
      title: 'A name where an object belongs',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: apps
spec:
  interval: 10m
  url: oci://fleetregistry.azurecr.io/manifests/apps
  secretRef: <|fleetregistry-token|>
`,
      message: 'spec.secretRef in body must be of type object: "string"',
    },
  ],
  good: [
    {
      title: 'The types of the fields, a variable, and a word that is read in two ways',
      yaml: `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
spec:
  interval: 10m
  prune: true
  wait: yes
  suspend: \${SUSPEND}
  sourceRef:
    kind: OCIRepository
    name: apps
  postBuild:
    substitute:
      replicas: "3"
`,
    },
  ],
};
