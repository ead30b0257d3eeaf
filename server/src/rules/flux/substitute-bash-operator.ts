import { insertText, type TreeEdit } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { type Expression, expressionsIn, substituted } from './_substitutions.ts';

const OPERATOR = /^:?[+?]/;

export default defineRule({
  id: 'flux/substitute-bash-operator',
  on: substituted,
  severity: 'warning',
  partial: true,
  summary: 'An expression for a variable means something else in Flux than in a shell.',
  why: 'Flux reads `-`, `+`, `=` and `?`, each with a colon and without, as one and the same: what follows is the value where the variable is not set. `${NAME:?message}` does not fail but writes the message, and `${NAME:+text}` writes the variable where it is set.',
  references: ['fluxcd/pkg@e2cfd1a2 envsubst/template.go'],
  *check({ object }) {
    for (const expression of expressionsIn(object.root)) {
      const operator = OPERATOR.exec(expression.rest)?.[0];
      if (operator === undefined) continue;
      const { tree, span, source, name } = expression;
      yield report(
        { tree, span },
        `${source}: Flux takes what follows ${operator} for the default value, ${
          operator.endsWith('?')
            ? 'and does not fail where the variable is not set'
            : 'and writes the variable itself where it is set'
        }. Write \${${name}:=…} for a default, or $\${ to leave it to a shell.`,
        { fix: unsafeFix('Leave it to a shell: write $${', escaped(expression)) },
      );
    }
  },
});

const escaped = ({ tree, span }: Expression): TreeEdit => insertText(tree, span.start, '$');

const KUSTOMIZATION = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: shop, namespace: flux-system }
spec:
  interval: 10m
  prune: true
  path: ./shop
  sourceRef: { kind: GitRepository, name: fleet }
  postBuild:
    substitute: { ENVIRONMENT: west }
`;

export const examples: Examples = {
  bad: [
    {
      title: 'Meant to fail, and a script',
      files: {
        'shop/config.yaml': `apiVersion: v1
kind: ConfigMap
metadata: { name: shop }
data:
  registry: fleet<|\${ENVIRONMENT:?not set}|>.azurecr.io
  start.sh: |
    set -e
    curl <|\${VERBOSE:+-v}|> https://contoso.com
`,
        'flux.yaml': KUSTOMIZATION,
      },
      fixed: {
        'shop/config.yaml': `apiVersion: v1
kind: ConfigMap
metadata: { name: shop }
data:
  registry: fleet$\${ENVIRONMENT:?not set}.azurecr.io
  start.sh: |
    set -e
    curl $\${VERBOSE:+-v} https://contoso.com
`,
      },
    },
  ],
  good: [
    {
      title: 'Defaults, escapes, and an object that is left alone',
      files: {
        'shop/config.yaml': `apiVersion: v1
kind: ConfigMap
metadata: { name: shop }
data:
  # \${ENVIRONMENT:?not set}
  registry: fleet\${ENVIRONMENT:=west}\${SUFFIX:-}.azurecr.io
  start.sh: curl $\${VERBOSE:+-v} https://contoso.com
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: scripts
  annotations: { kustomize.toolkit.fluxcd.io/substitute: disabled }
data:
  start.sh: curl \${VERBOSE:+-v} https://contoso.com
`,
        'flux.yaml': KUSTOMIZATION,
      },
    },
    {
      title: 'No variables, so that nothing is replaced',
      files: {
        'shop/config.yaml': `apiVersion: v1
kind: ConfigMap
metadata: { name: shop }
data:
  start.sh: curl \${VERBOSE:+-v} https://contoso.com
`,
        'flux.yaml': KUSTOMIZATION.replace('{ ENVIRONMENT: west }', '{}'),
      },
    },
  ],
};
