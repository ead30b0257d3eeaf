import { valueHistory } from '../../facts/structure.ts';
import type { StructureProblem } from '../../facts/walk.ts';
import { compareVersions } from '../../model/context.ts';
import { replaceText } from '../../yaml/edits.ts';
import { asScalar } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { pathText, structureProblems } from './_structure.ts';

const UNITS: Readonly<Record<string, string>> = { length: 'chars long', items: 'items', range: '' };

/** The API server's words, without the value: it may be a credential. */
function refusal({ code, path, shape, limit, allowed, node }: StructureProblem): string {
  const field = pathText(path);
  if (code === 'not-in-enum')
    return `${field}: Unsupported value: "${asScalar(node)?.text}": supported values: ${(allowed ?? []).map((v) => `"${v}"`).join(', ')}.`;
  if (code === 'pattern') return `${field} in body should match '${shape.pattern}'.`;
  const unit = UNITS[code] ?? '';
  return `${field} in body should ${code === 'items' ? 'have' : 'be'} ${limit?.bound} ${limit?.value}${unit && ` ${unit}`}.`;
}

export default defineRule({
  id: 'flux/wrong-value',
  on: structureProblems('not-in-enum', 'pattern', 'length', 'range', 'items'),
  severity: 'error',
  partial: true,
  schema: true,
  general: true,
  summary: 'A value that the field does not take.',
  why: 'The CRD limits the field to a list of words, a pattern or a range, and the API server refuses every other value before a controller sees it. Words of a list are compared letter by letter.',
  references: ['CRDs of the controllers of fluxcd/flux2@v2.0.0 to v2.9.4'],
  *check({ object, problem }, { flux }) {
    const scalar = asScalar(problem.node);
    if (problem.code === 'not-in-enum' && scalar) {
      const history = valueHistory(object.group, object.kind, object.version, problem.path, scalar.text);
      // flux/field-needs-newer-flux says more.
      if (history && flux.known && compareVersions(flux.minor, history.since) < 0) return;
    }
    const { nearest } = problem;
    yield report(
      { tree: problem.node.tree, span: problem.span },
      `${refusal(problem)}${nearest === undefined ? '' : ` Did you mean ${nearest}?`}`,
      {
        fix:
          nearest !== undefined && scalar && !scalar.synthetic
            ? unsafeFix(`Write ${nearest}`, replaceText(scalar, nearest))
            : undefined,
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A kind in the wrong case, and an operation that there is not',
      yaml: `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
spec:
  interval: 10m
  prune: true
  sourceRef:
    kind: <|OciRepository|>
    name: apps
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
`,
      message: 'Unsupported value: "OciRepository": supported values:',
    },
    {
      title: 'A pattern',
      yaml: `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: hub
spec:
  type: azureeventhub
  address: apps
  channel: contoso-events
  proxy: <|proxy.contoso.com:3128|>
`,
      message: "spec.proxy in body should match '^(http|https)://.*$'",
    },
  ],
  good: [
    {
      title: 'Legal values, a variable, something still to be filled in',
      yaml: `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
spec:
  interval: 10m
  prune: true
  sourceRef:
    kind: OCIRepository
    name: apps
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: tools
spec:
  interval: \${INTERVAL}
  prune: true
  sourceRef:
    kind: "{{ kind }}"
    name: tools
`,
    },
  ],
};
