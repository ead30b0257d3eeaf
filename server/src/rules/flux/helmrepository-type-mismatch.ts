import { addAt, replaceText, setValue } from '../../yaml/edits.ts';
import { get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, safeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { editable, HELM_REPOSITORY, inAllBuilds, literalAt, nameOf, textOr, withoutUser } from './_sources.ts';

export default defineRule({
  id: 'flux/helmrepository-type-mismatch',
  on: kinds(HELM_REPOSITORY),
  severity: 'error',
  summary: 'The type of a HelmRepository does not fit the scheme of its URL.',
  why: 'A registry is `type: oci` with an `oci://` URL, a repository over HTTP is of the default type. The controllers refuse the mixture, for the HelmRepository itself or for each HelmChart that uses it.',
  references: [
    'fluxcd/source-controller@v1.9.1 internal/controller/helmrepository_controller.go:394',
    'fluxcd/source-controller@v1.9.1 internal/controller/helmchart_controller.go:550',
  ],
  *check(object, { workspace }) {
    const mismatch = inAllBuilds(object, workspace, (root) => {
      const type = textOr(root, ['spec', 'type'], 'default');
      const url = literalAt(root, 'spec', 'url');
      const scheme = /^(oci|https?):\/\//.exec(url?.text ?? '')?.[1];
      const wrong = (type === 'default' && scheme === 'oci') || (type === 'oci' && scheme?.startsWith('http'));
      return wrong && url && { type, url };
    });
    if (!mismatch || !workspace.isComplete(object)) return;
    const { type, url } = mismatch;
    const place = get(object.root, 'spec', 'url') ?? nameOf(object);
    if (type === 'default' && url.text.startsWith('oci://')) {
      const own = editable(object, 'spec', 'type');
      yield report(
        place,
        "'oci' URL scheme cannot be used with 'default' HelmRepository type. A registry needs type: oci.",
        {
          fix: safeFix('Set type: oci', own ? setValue(own, 'oci') : addAt(object.root, ['spec', 'type'], 'oci')),
        },
      );
    }
    const http = /^https?:\/\//.exec(url.text);
    if (type === 'oci' && http)
      yield report(
        place,
        `invalid OCI registry URL: ${withoutUser(url.text)}. With type: oci the URL starts with oci://.`,
        {
          fix:
            url.tree === object.tree
              ? safeFix('Replace the scheme by oci://', replaceText(url, `oci://${url.text.slice(http[0].length)}`))
              : undefined,
        },
      );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A registry without its type',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: charts
spec:
  interval: 1h
  url: <|oci://fleetregistry.azurecr.io/charts|> # no scheme but this
`,
      fixed: `apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: charts
spec:
  interval: 1h
  url: oci://fleetregistry.azurecr.io/charts # no scheme but this
  type: oci
`,
      message: "'oci' URL scheme cannot be used with 'default' HelmRepository type",
    },
    {
      title: 'A registry with the URL of a web site',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: charts
spec:
  interval: 1h
  type: oci
  provider: azure
  url: <|"https://fleetregistry.azurecr.io/charts"|>
`,
      fixed: `apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: charts
spec:
  interval: 1h
  type: oci
  provider: azure
  url: "oci://fleetregistry.azurecr.io/charts"
`,
      message: 'invalid OCI registry URL: https://fleetregistry.azurecr.io/charts',
    },
  ],
  good: [
    {
      title: 'Type and scheme fit, or are filled in later',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: charts
spec:
  interval: 1h
  type: oci
  url: oci://fleetregistry.azurecr.io/charts
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: stable
spec:
  interval: 1h
  type: default
  url: https://charts.contoso.com/stable
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: either
spec:
  interval: 1h
  type: \${CHARTS_TYPE}
  url: oci://fleetregistry.azurecr.io/charts
`,
    },
  ],
};
