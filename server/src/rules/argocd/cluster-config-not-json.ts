import { type JsonRepair, repairJson } from '../../embed/json-repair.ts';
import { readJson } from '../../embed/json-text.ts';
import type { Unit } from '../../model/unit.ts';
import type { Span } from '../../text/span.ts';
import { toData } from '../../yaml/data.ts';
import { follow } from '../../yaml/navigate.ts';
import { parseTree } from '../../yaml/parse.ts';
import { defineRule, type Examples, type FixPlan, type Place, report, unsafeFix } from '../define.ts';
import { documents } from '../views.ts';
import { goKind } from './_cluster-config.ts';

const DROPPED =
  'Argo CD drops the whole cluster: "could not unmarshal cluster secret", from 3.5 on "failed to unmarshal cluster config".';

export default defineRule({
  id: 'argocd/cluster-config-not-json',
  on: documents('argocd-cluster-config'),
  severity: 'error',
  partial: true,
  summary: '`config` of an Argo CD cluster is not strict JSON.',
  why: "Argo CD reads `config` with Go's `encoding/json`, which knows no comments, no commas at the end, no single quotes and no YAML. A text that it cannot read makes the whole cluster vanish: up to Argo CD 3.4 the log says no more than `could not unmarshal cluster secret`, from 3.5 on it has the error, as it is shown here.",
  references: [
    'argoproj/argo-cd@v3.4.7 util/db/cluster.go:84',
    'argoproj/argo-cd@v3.5.1 util/settings/cluster_informer.go:219',
    'argoproj/argo-cd#20366',
  ],
  *check(unit) {
    const { text } = unit.tree;
    if (text === '') return;
    const json = readJson(text);
    if (json.state === 'unknown') return;
    if (json.state === 'invalid') {
      const { span, message } = json.error;
      const repairs = repairJson(text, json.masked);
      yield report(placeOf(unit, visible(span, text)), `config must be strict JSON: ${message}. ${DROPPED}`, {
        fix: repairs ? fixes(unit, repairs, span) : [yamlFix(unit)],
      });
      return;
    }
    const kind = goKind(follow(unit.root));
    if (!unit.root || kind === 'object' || kind === 'null' || kind === 'unknown') return;
    yield report(
      placeOf(unit, unit.root.span),
      `config must be a JSON object: json: cannot unmarshal ${kind} into Go value of type v1alpha1.ClusterConfig. ${DROPPED}`,
    );
  },
});

/** The place in the string that holds the text: what the YAML parser makes of what is no JSON is of no account. */
function placeOf({ tree }: Unit, span: Span): Place {
  const { host } = tree;
  return host ? { tree: host.node.tree, span: host.map.spanToHost(span) } : { tree, span };
}

/** The end of a text cannot be seen: the last character stands for it. */
function visible(span: Span, text: string): Span {
  if (span.end > span.start) return span;
  const end = text.trimEnd().length;
  return { start: Math.max(0, end - 1), end };
}

function fixes(unit: Unit, repairs: readonly JsonRepair[], error: Span): (FixPlan | undefined)[] {
  const plan = (some: readonly JsonRepair[], title: string): FixPlan | undefined =>
    unsafeFix(title, { tree: unit.tree, edits: some.map(({ span, newText }) => ({ span, newText })) });
  const all = plan(repairs, titleOf(repairs));
  // The one that the error is about: the last that starts no later than what it complains of.
  const one = repairs.filter((r) => r.span.start <= error.end).at(-1) ?? repairs[0];
  return repairs.length > 1 && one ? [all, plan([one], titleOf([one], 'this'))] : [all];
}

function titleOf(repairs: readonly JsonRepair[], which: 'the' | 'this' = 'the'): string {
  const kinds = new Set(repairs.map((r) => r.kind));
  const [kind] = kinds;
  if (kinds.size !== 1 || !kind) return 'Write it as strict JSON';
  const [verb, noun] = TITLES[kind];
  return `${verb} ${repairs.length > 1 ? `the ${noun}s` : `${which} ${noun}`}`;
}

const TITLES: Readonly<Record<JsonRepair['kind'], readonly [verb: string, noun: string]>> = {
  comment: ['Remove', 'comment'],
  comma: ['Remove', 'trailing comma'],
  escape: ['Escape', 'character'],
  quotes: ['Write', 'string in double quotes'],
  word: ['Write', 'word as in JSON'],
  'missing-comma': ['Add', 'missing comma'],
};

/** A config in YAML, as values of the chart have it, says the same in JSON. */
function yamlFix({ tree }: Unit): FixPlan | undefined {
  const { text } = tree;
  const yaml = parseTree(text);
  if (yaml.errors.length > 0 || yaml.root?.kind !== 'map' || yaml.root.flow) return undefined;
  const json = `${JSON.stringify(toData(yaml.root), undefined, 2)}${text.endsWith('\n') ? '\n' : ''}`;
  return unsafeFix('Convert the YAML to JSON', {
    tree,
    edits: [{ span: { start: 0, end: text.length }, newText: json }],
  });
}

export const examples: Examples = {
  bad: [
    {
      title: 'Comments, as an older page of the documentation had them',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  name: aks-prod
  server: https://aks-prod-1234.hcp.westeurope.azmk8s.io
  config: |
    {
      "execProviderConfig": {
        "command": "argocd-k8s-auth",
        "args": ["azure"],
        "env": {
          "AZURE_CLIENT_ID": "7c9e6679-7425-40de-944b-e07fc1f90ae7",
          "AZURE_TENANT_ID": "1b4e28ba-2fa1-41d2-883f-0016d3cca427", <|#|> optional
          # the default
          "AAD_LOGIN_METHOD": "workloadidentity"
        },
        "apiVersion": "client.authentication.k8s.io/v1beta1"
      }
    }
`,
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  name: aks-prod
  server: https://aks-prod-1234.hcp.westeurope.azmk8s.io
  config: |
    {
      "execProviderConfig": {
        "command": "argocd-k8s-auth",
        "args": ["azure"],
        "env": {
          "AZURE_CLIENT_ID": "7c9e6679-7425-40de-944b-e07fc1f90ae7",
          "AZURE_TENANT_ID": "1b4e28ba-2fa1-41d2-883f-0016d3cca427",
          "AAD_LOGIN_METHOD": "workloadidentity"
        },
        "apiVersion": "client.authentication.k8s.io/v1beta1"
      }
    }
`,
      message: "invalid character '#' looking for beginning of object key string",
    },
    {
      title: 'A comma too many',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  name: aks-prod
  server: https://aks-prod-1234.hcp.westeurope.azmk8s.io
  config: |
    {
      "bearerToken": "\${TOKEN}",
      "tlsClientConfig": {
        "insecure": false,
      <|}|>
    }
`,
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  name: aks-prod
  server: https://aks-prod-1234.hcp.westeurope.azmk8s.io
  config: |
    {
      "bearerToken": "\${TOKEN}",
      "tlsClientConfig": {
        "insecure": false
      }
    }
`,
      message: "invalid character '}' looking for beginning of object key string",
    },
    {
      title: 'YAML, as the values of the chart take it',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  name: aks-prod
  server: https://aks-prod-1234.hcp.westeurope.azmk8s.io
  config: |
    <|b|>earerToken: \${TOKEN}
    tlsClientConfig:
      insecure: false # for now
`,
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  name: aks-prod
  server: https://aks-prod-1234.hcp.westeurope.azmk8s.io
  config: |
    {
      "bearerToken": "\${TOKEN}",
      "tlsClientConfig": {
        "insecure": false
      }
    }
`,
      message: "invalid character 'b' looking for beginning of value",
    },
    {
      title: 'A certificate that was pasted as it is',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  name: aks-prod
  server: https://aks-prod-1234.hcp.westeurope.azmk8s.io
  config: |
    {"tlsClientConfig": {"caData": "-----BEGIN CERTIFICATE-----<|
|>    MIIB
    -----END CERTIFICATE-----"}}
`,
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  name: aks-prod
  server: https://aks-prod-1234.hcp.westeurope.azmk8s.io
  config: |
    {"tlsClientConfig": {"caData": "-----BEGIN CERTIFICATE-----\\nMIIB\\n-----END CERTIFICATE-----"}}
`,
      message: "invalid character '\\n' in string literal",
    },
    {
      title: 'Not closed, in single quotes',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  config: '{"bearerToken": "\${TOKEN}<|"|>'
`,
      message: 'unexpected end of JSON input',
    },
    {
      title: 'Encoded, with a comma too many',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  labels:
    argocd.argoproj.io/secret-type: cluster
data:
  config: eyJ1c2VybmFtZSI6ICJhIiwg<|fQ|>o=
`,
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  labels:
    argocd.argoproj.io/secret-type: cluster
data:
  config: eyJ1c2VybmFtZSI6ICJhIiB9Cg==
`,
    },
    {
      title: 'A list',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  config: '<|[{"bearerToken": "\${TOKEN}"}]|>'
`,
      message: 'json: cannot unmarshal array into Go value of type v1alpha1.ClusterConfig',
    },
  ],
  good: [
    {
      title: 'JSON, and JSON once its templates are filled in',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  name: aks-prod
  server: https://aks-prod-1234.hcp.westeurope.azmk8s.io
  config: |
    {
    	"bearerToken": "\${TOKEN}",
    	"tlsClientConfig": {"insecure": \${INSECURE}, "caData": "{{ .ca | default "" }}"}
    }
---
apiVersion: v1
kind: Secret
metadata:
  name: b
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  config: |
    {
      {{- if .Values.token }}
      "bearerToken": "{{ .Values.token }}",
      {{- end }}
      "tlsClientConfig": {}
    }
---
apiVersion: v1
kind: Secret
metadata:
  name: c
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  config: ""
---
apiVersion: v1
kind: Secret
metadata:
  name: d
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  config: \${CONFIG}
`,
    },
  ],
};
