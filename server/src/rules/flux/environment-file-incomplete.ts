import { isTemplate } from '../../azure/text-kinds.ts';
import { textMapOf } from '../../embed/embedded.ts';
import { checkGoJson } from '../../embed/go-json.ts';
import { atLeast, type Workspace } from '../../model/context.ts';
import { isKind, type KubernetesObject } from '../../model/object.ts';
import { byText } from '../../model/object-index.ts';
import { FLUX_CONTROLLERS, isFluxController, type PodTemplate, podTemplateOf } from '../../model/views/pod-template.ts';
import { type DataItem, dataOf } from '../../model/views/secret-data.ts';
import type { TreeEdit } from '../../yaml/edits.ts';
import { get, items, text, textAt } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { concerns, environmentIn } from '../flux-controllers.ts';
import { onlyTypes, view } from '../views.ts';
import { isEncrypted } from './_secrets.ts';

/** A key of a ConfigMap or Secret that a controller reads as the description of a private cloud. */
interface EnvironmentFile {
  readonly object: KubernetesObject;
  readonly item: DataItem;
  readonly controller: string;
}

const environmentFiles = view<EnvironmentFile>(
  'ConfigMaps and Secrets that are mounted at AZURE_ENVIRONMENT_FILEPATH',
  function* ({ object }, { workspace, flux }) {
    if (!object || object.partial || !isKind(object, '', 'ConfigMap', 'Secret') || !atLeast(flux, '2.7')) return;
    const data = dataOf(object);
    if (![...data.values()].some((item) => item.text?.trimStart().startsWith('{'))) return;
    for (const controller of FLUX_CONTROLLERS) {
      const key = keyReadBy(controller, object, workspace);
      const item = key === undefined ? undefined : data.get(key);
      if (item) {
        yield { object, item, controller };
        return;
      }
    }
  },
  onlyTypes(['/ConfigMap', '/Secret']),
);

export default defineRule({
  id: 'flux/environment-file-incomplete',
  on: environmentFiles,
  severity: 'error',
  summary: 'The file that describes a private Azure cloud to a Flux controller is not complete.',
  why: '`AZURE_ENVIRONMENT_FILEPATH` names a JSON file with the endpoints of a cloud that Flux does not know. It has to hold `resourceManagerEndpoint` and `tokenAudience`, and for registries `containerRegistryDNSSuffix`; otherwise signing in fails, whatever is signed in to.',
  references: ['fluxcd/pkg@e2cfd1a2 auth/azure/options.go'],
  versions: 'Flux 2.7 and later',
  *check({ object, item, controller }, { workspace }) {
    const { text: json, entry } = item;
    if (json === undefined || isTemplate(json)) return;
    const error = checkGoJson(json);
    if (error) {
      yield report(
        entry,
        `${controller} reads this key as JSON (AZURE_ENVIRONMENT_FILEPATH), and it is none: ${error.message}.`,
      );
      return;
    }
    const value: unknown = JSON.parse(json);
    const fields = new Map(
      // Go reads the names of fields in either case.
      value !== null && typeof value === 'object' ? Object.entries(value).map(([k, v]) => [k.toLowerCase(), v]) : [],
    );
    const lacks = (name: string) => !fields.get(name.toLowerCase());
    const needed = ['resourceManagerEndpoint', 'tokenAudience'].filter(lacks);
    const suffix = lacks('containerRegistryDNSSuffix') && readsRegistries(controller, workspace);
    if (needed.length === 0 && !suffix) return;
    const missing = [...needed, ...(suffix ? ['containerRegistryDNSSuffix'] : [])];
    yield report(
      entry,
      `${
        needed.length > 0
          ? 'resourceManagerEndpoint and tokenAudience must be set in the environment file'
          : 'containerRegistryDNSSuffix must be set in the environment file'
      }: ${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} missing for ${controller}.`,
      {
        fix: isEncrypted(object)
          ? undefined
          : unsafeFix(
              `Add ${missing.join(' and ')}`,
              addFields(
                item,
                missing.filter((name) => !fields.has(name.toLowerCase())),
              ),
            ),
      },
    );
  },
});

const REGISTRY_CONTROLLERS: Readonly<Record<string, readonly string[]>> = {
  'source-controller': ['source.toolkit.fluxcd.io/OCIRepository', 'source.toolkit.fluxcd.io/HelmRepository'],
  'image-reflector-controller': ['image.toolkit.fluxcd.io/ImageRepository'],
};

const readsRegistries = (controller: string, workspace: Workspace): boolean =>
  (REGISTRY_CONTROLLERS[controller] ?? []).some((kind) => {
    const [group, name] = kind.split('/') as [string, string];
    return workspace.having(group, name, byText('spec', 'provider'), 'azure').length > 0;
  });

/** The key of an object that a controller has mounted at the path of its environment file. */
function keyReadBy(controller: string, object: KubernetesObject, workspace: Workspace): string | undefined {
  const templates: PodTemplate[] = [
    ...workspace
      .having('apps', 'Deployment', byText('metadata', 'name'), controller)
      .filter(isFluxController)
      .map((d) => workspace.patched(d)),
    ...workspace.patches('apps', 'Deployment').filter((p) => concerns(p, controller)),
  ].flatMap((o) => podTemplateOf(o) ?? []);
  const path = text(environmentIn(templates).get('AZURE_ENVIRONMENT_FILEPATH')?.value);
  if (path === undefined || isTemplate(path)) return undefined;
  for (const container of templates.flatMap((t) => t.containers))
    for (const mount of items(get(container.node, 'volumeMounts'))) {
      const at = (textAt(mount, 'mountPath') ?? '').replace(/\/$/, '');
      const file = textAt(mount, 'subPath');
      const rest = path === at ? file : at !== '' && path.startsWith(`${at}/`) ? path.slice(at.length + 1) : undefined;
      const volume = templates
        .flatMap((t) => items(get(t.spec, 'volumes')))
        .find((v) => textAt(v, 'name') === textAt(mount, 'name'));
      const source = get(volume, object.kind === 'Secret' ? 'secret' : 'configMap');
      const name = textAt(source, object.kind === 'Secret' ? 'secretName' : 'name');
      if (rest === undefined || name === undefined || name !== object.name) continue;
      const listed = items(get(source, 'items')).find((i) => textAt(i, 'path') === rest);
      return textAt(listed, 'key') ?? rest;
    }
  return undefined;
}

/** Adds fields with empty values to JSON in a string, in its own layout. */
function addFields(item: DataItem, names: readonly string[]): TreeEdit | undefined {
  const map = item.node && textMapOf(item.node, isBase64(item));
  if (!item.node || !map || names.length === 0) return undefined;
  const end = map.text.lastIndexOf('}');
  const before = map.text.slice(0, end).trimEnd();
  const indent = /\n([ \t]*)"/.exec(map.text)?.[1];
  const gap = indent === undefined ? ' ' : `\n${indent}`;
  const added = names.map((name) => `${gap}"${name}": ""`).join(',');
  const edits = map.edit([
    { span: { start: before.length, end: before.length }, newText: `${before.endsWith('{') ? '' : ','}${added}` },
  ]);
  return edits && { tree: item.node.tree, edits };
}

const isBase64 = ({ field, text: decoded, node }: DataItem): boolean => field === 'data' && decoded !== node?.text;

const KUSTOMIZATION = `resources: [gotk-components.yaml, environment.yaml]
patches:
  - target: { kind: Deployment, name: (source|kustomize)-controller }
    patch: |
      - op: add
        path: /spec/template/spec/containers/0/env/-
        value: { name: AZURE_ENVIRONMENT_FILEPATH, value: /etc/azure/cloud.json }
      - op: add
        path: /spec/template/spec/containers/0/volumeMounts/-
        value: { name: cloud, mountPath: /etc/azure/, readOnly: true }
      - op: add
        path: /spec/template/spec/volumes/-
        value:
          name: cloud
          configMap: { name: azure-cloud, items: [{ key: stack, path: cloud.json }] }
`;
const environment = (data: string): string => `apiVersion: v1
kind: ConfigMap
metadata: { name: azure-cloud, namespace: flux-system }
data:
  ${data}
`;

export const examples: Examples = {
  bad: [
    {
      title: 'No audience',
      files: {
        'environment.yaml': environment(`<|stack|>: |
    {
      "resourceManagerEndpoint": "https://management.local.contoso.com/"
    }`),
        'kustomization.yaml': KUSTOMIZATION,
      },
      fixed: environment(`stack: |
    {
      "resourceManagerEndpoint": "https://management.local.contoso.com/",
      "tokenAudience": ""
    }`),
      message: 'resourceManagerEndpoint and tokenAudience must be set in the environment file',
    },
    {
      title: 'A registry, and no suffix for it',
      files: {
        'environment.yaml': environment(
          `<|stack|>: '{"resourceManagerEndpoint":"https://management.local.contoso.com/","tokenAudience":"https://management.local.contoso.com/"}'`,
        ),
        'kustomization.yaml': KUSTOMIZATION,
        'apps.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata: { name: apps, namespace: flux-system }
spec: { interval: 10m, url: oci://apps.registry.local.contoso.com/apps, provider: azure }
`,
      },
      message: 'containerRegistryDNSSuffix must be set in the environment file',
      fixed: environment(
        `stack: '{"resourceManagerEndpoint":"https://management.local.contoso.com/","tokenAudience":"https://management.local.contoso.com/", "containerRegistryDNSSuffix": ""}'`,
      ),
    },
    {
      title: 'No JSON',
      files: {
        'environment.yaml': environment(
          `<|stack|>: "{ resourceManagerEndpoint: https://management.local.contoso.com }"`,
        ),
        'kustomization.yaml': KUSTOMIZATION,
      },
      message: 'looking for beginning of object key string',
    },
  ],
  good: [
    {
      title: 'All of it, and a ConfigMap that is not mounted there',
      files: {
        'environment.yaml': `${environment(
          `stack: '{"resourceManagerEndpoint":"https://management.local.contoso.com/","TokenAudience":"https://management.local.contoso.com/","containerRegistryDNSSuffix":"registry.local.contoso.com"}'
  other: "{}"`,
        )}---
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: flux-system }
data: { stack: "{}" }
`,
        'kustomization.yaml': KUSTOMIZATION,
      },
    },
  ],
};
