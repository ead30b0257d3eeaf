// Deterministic inputs for the benchmark: the same seed gives the same bytes. No clock, no Math.random.

const WORDS =
  'apps billing cart checkout data edge gateway identity ingress media orders payments platform search shipping web'.split(
    ' ',
  );
const PROSE =
  'the name of a reference to an object in the same namespace that holds values used when its owner is reconciled again after an interval or when a field it depends on has changed since'.split(
    ' ',
  );

/** A small pseudo-random generator (mulberry32) with the draws the documents need. */
export function random(seed) {
  let state = seed | 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const int = (low, high) => low + Math.floor(next() * (high - low + 1));
  const pick = (list) => list[int(0, list.length - 1)];
  const hex = (length) => Array.from({ length }, () => int(0, 15).toString(16)).join('');
  return {
    int,
    pick,
    hex,
    chance: (p) => next() < p,
    name: () => `${pick(WORDS)}-${hex(4)}`,
    guid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
    sentence: (n) => Array.from({ length: n }, () => pick(PROSE)).join(' '),
  };
}

const lines = (...parts) =>
  `${parts
    .flat(3)
    .filter((p) => p !== undefined && p !== false)
    .join('\n')}\n`;
const head = (apiVersion, kind, name, namespace) => [
  `apiVersion: ${apiVersion}`,
  `kind: ${kind}`,
  'metadata:',
  `  name: ${name}`,
  namespace && `  namespace: ${namespace}`,
];
const registry = (r) => `contoso${r.int(1, 40)}.azurecr.io`;

function ociRepository(r, name = r.name()) {
  return lines(
    head('source.toolkit.fluxcd.io/v1', 'OCIRepository', name, 'flux-system'),
    'spec:',
    `  interval: ${r.int(1, 30)}m`,
    `  url: oci://${registry(r)}/manifests/${name}`,
    '  provider: azure',
    '  ref:',
    `    semver: ">=1.${r.int(0, 9)}.0"`,
    r.chance(0.5) && '  serviceAccountName: flux-reader',
    '  timeout: 60s',
  );
}
function gitRepository(r, name = r.name()) {
  return lines(
    head('source.toolkit.fluxcd.io/v1', 'GitRepository', name, 'flux-system'),
    'spec:',
    `  interval: ${r.int(1, 30)}m`,
    '  provider: azure',
    `  url: https://dev.azure.com/contoso/platform/_git/${name}`,
    '  ref:',
    '    branch: main',
    '  ignore: |',
    '    # everything but the manifests',
    '    /*',
    '    !/deploy',
  );
}
function helmRepository(r, name = r.name()) {
  return lines(
    head('source.toolkit.fluxcd.io/v1', 'HelmRepository', name, 'flux-system'),
    'spec:',
    '  type: oci',
    '  provider: azure',
    `  interval: ${r.int(5, 60)}m`,
    `  url: oci://${registry(r)}/charts`,
  );
}
function bucket(r, name = r.name()) {
  return lines(
    head('source.toolkit.fluxcd.io/v1', 'Bucket', name, 'flux-system'),
    'spec:',
    `  interval: ${r.int(5, 60)}m`,
    '  provider: azure',
    `  bucketName: ${name}`,
    `  endpoint: https://contoso${r.int(1, 99)}.blob.core.windows.net`,
    '  timeout: 60s',
  );
}
function kustomization(r, name = r.name()) {
  return lines(
    head('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', name, 'flux-system'),
    'spec:',
    `  interval: ${r.int(1, 30)}m`,
    '  retryInterval: 2m',
    '  timeout: 5m',
    `  path: ./apps/${name}/overlays/prod`,
    '  prune: true',
    '  wait: true',
    '  sourceRef:',
    '    kind: OCIRepository',
    '    name: platform',
    '  dependsOn:',
    '  - name: infrastructure',
    '  decryption:',
    '    provider: sops',
    '    serviceAccountName: sops-azure',
    '  postBuild:',
    '    substitute:',
    `      cluster_env: ${r.pick(['dev', 'test', 'prod'])}`,
    `      client_id: ${r.guid()}`,
    r.chance(0.4) && [
      '  patches:',
      '  - patch: |',
      '      - op: replace',
      '        path: /spec/replicas',
      `        value: ${r.int(1, 9)}`,
      '    target:',
      '      kind: Deployment',
    ],
  );
}
function imageRepository(r, name = r.name()) {
  return lines(
    head('image.toolkit.fluxcd.io/v1', 'ImageRepository', name, 'flux-system'),
    'spec:',
    `  image: ${registry(r)}/${name}`,
    `  interval: ${r.int(1, 30)}m`,
    '  provider: azure',
  );
}
function serviceAccount(r, name = r.name(), namespace = r.pick(WORDS)) {
  return lines(
    head('v1', 'ServiceAccount', name, namespace),
    '  annotations:',
    `    azure.workload.identity/client-id: ${r.guid()}`,
    `    azure.workload.identity/tenant-id: ${r.guid()}`,
  );
}
function helmRelease(r, name = r.name(), valueLines = r.int(6, 14)) {
  const values = [];
  while (values.length < valueLines) {
    values.push(`    ${r.pick(WORDS)}${values.length}:`, `      enabled: ${r.chance(0.5)}`);
    for (let i = r.int(1, 5); i > 0; i--) values.push(`      ${r.pick(WORDS)}-${i}: "${r.hex(6)}"`);
    if (r.chance(0.3))
      values.push('      env:', `      - name: ${r.pick(WORDS).toUpperCase()}`, `        value: "${r.int(1, 999)}"`);
  }
  return lines(
    head('helm.toolkit.fluxcd.io/v2', 'HelmRelease', name, r.pick(WORDS)),
    'spec:',
    `  interval: ${r.int(5, 60)}m`,
    '  chart:',
    '    spec:',
    `      chart: ${r.pick(WORDS)}`,
    '      version: "1.x"',
    '      sourceRef:',
    '        kind: HelmRepository',
    '        name: charts',
    '        namespace: flux-system',
    '  driftDetection:',
    '    mode: enabled',
    '  values:',
    values,
    '    podLabels:',
    '      azure.workload.identity/use: "true"',
  );
}
function deployment(r, name = r.name(), namespace = r.pick(WORDS)) {
  return lines(
    head('apps/v1', 'Deployment', name, namespace),
    'spec:',
    `  replicas: ${r.int(1, 6)}`,
    '  selector:',
    '    matchLabels:',
    `      app: ${name}`,
    '  template:',
    '    metadata:',
    '      labels:',
    `        app: ${name}`,
    '        azure.workload.identity/use: "true"',
    '    spec:',
    `      serviceAccountName: ${name}`,
    '      containers:',
    '      - name: app',
    `        image: ${registry(r)}/${name}:1.${r.int(0, 20)}.0`,
    '        ports:',
    '        - name: http',
    '          containerPort: 8080',
    '        env:',
    Array.from({ length: r.int(1, 6) }, (_, i) => [
      `        - name: SETTING_${i}`,
      `          value: "${r.int(0, 9999)}"`,
    ]),
    '        resources:',
    '          requests:',
    '            cpu: 100m',
    '            memory: 128Mi',
    '          limits:',
    '            memory: 256Mi',
  );
}
function workload(r, name = r.name(), namespace = r.pick(WORDS)) {
  return join([deployment(r, name, namespace), serviceAccount(r, name, namespace)]).replace(/^---\n/, '');
}
function service(r, name = r.name(), namespace = r.pick(WORDS)) {
  return lines(
    head('v1', 'Service', name, namespace),
    'spec:',
    '  selector:',
    `    app: ${name}`,
    '  ports:',
    '  - name: http',
    '    port: 80',
    '    targetPort: http',
  );
}
function configMap(r, name = r.name(), namespace = r.pick(WORDS), entries = r.int(4, 18)) {
  return lines(
    head('v1', 'ConfigMap', name, namespace),
    'data:',
    Array.from({ length: entries }, (_, i) => `  KEY_${i}: "${r.hex(8)}"`),
  );
}
function secret(r, name = r.name(), namespace = r.pick(WORDS)) {
  return lines(
    head('v1', 'Secret', name, namespace),
    'type: Opaque',
    'stringData:',
    Array.from({ length: r.int(1, 4) }, (_, i) => `  entry-${i}: example`),
  );
}
function application(r, name = r.name()) {
  return lines(
    head('argoproj.io/v1alpha1', 'Application', name, 'argocd'),
    'spec:',
    '  project: default',
    '  source:',
    `    repoURL: https://dev.azure.com/contoso/platform/_git/${name}`,
    '    targetRevision: HEAD',
    `    path: apps/${name}`,
    '  destination:',
    `    server: https://aks-${r.hex(5)}.hcp.westeurope.azmk8s.io:443`,
    `    namespace: ${r.pick(WORDS)}`,
    '  syncPolicy:',
    '    automated:',
    '      prune: true',
  );
}
function customResourceDefinition(r, size) {
  const name = `${r.pick(WORDS)}${r.hex(4)}s`;
  const out = [
    ...head('apiextensions.k8s.io/v1', 'CustomResourceDefinition', `${name}.example.contoso.com`),
    'spec:',
    '  group: example.contoso.com',
    '  names:',
    `    kind: Kind${r.hex(4)}`,
    `    plural: ${name}`,
    '  scope: Namespaced',
    '  versions:',
    '  - name: v1',
    '    served: true',
    '    storage: true',
    '    schema:',
    '      openAPIV3Schema:',
    '        type: object',
    '        properties:',
    '          spec:',
    '            type: object',
    '            properties:',
  ];
  let id = 0;
  const fields = (indent, depth) => {
    for (let i = r.int(2, 5); i > 0 && out.length < size; i--) {
      out.push(
        `${indent}${r.pick(WORDS)}${id++}:`,
        `${indent}  description: |-`,
        `${indent}    ${r.sentence(12)}.`,
        `${indent}    ${r.sentence(9)}.`,
      );
      if (depth < 5 && r.chance(0.45)) {
        out.push(`${indent}  type: object`, `${indent}  properties:`);
        fields(`${indent}    `, depth + 1);
        out.push(`${indent}    leaf${id++}:`, `${indent}      type: string`);
      } else out.push(`${indent}  type: string`, `${indent}  maxLength: ${r.int(10, 250)}`);
    }
  };
  while (out.length < size) fields('              ', 0);
  return lines(out);
}

const FLUX = [
  ociRepository,
  ociRepository,
  gitRepository,
  helmRepository,
  bucket,
  kustomization,
  kustomization,
  kustomization,
  helmRelease,
  helmRelease,
  imageRepository,
];
const MIXED = [
  kustomization,
  ociRepository,
  helmRelease,
  workload,
  workload,
  workload,
  service,
  service,
  configMap,
  configMap,
  secret,
  serviceAccount,
  application,
];

const countLines = (text) => text.split('\n').length - 1;
const join = (documents) => `---\n${documents.join('---\n')}`;

/** What the others refer to. */
const shared = (r) => [
  ociRepository(r, 'platform'),
  helmRepository(r, 'charts'),
  serviceAccount(r, 'flux-reader', 'flux-system'),
  serviceAccount(r, 'sops-azure', 'flux-system'),
  kustomization(r, 'infrastructure').replace(/ {2}dependsOn:\n.*\n/, ''),
];

/** Documents until the file has exactly `target` lines; a ConfigMap fills the rest. */
function fill(target, next) {
  const documents = shared(random(6));
  let used = countLines(join(documents));
  for (;;) {
    const document = next(target - used);
    const size = countLines(document) + 1;
    if (used + size > target - 20) break;
    documents.push(document);
    used += size;
  }
  const r = random(7);
  documents.push(configMap(r, 'padding', 'flux-system', target - used - 7));
  return join(documents);
}

export const small = () => ociRepository(random(1), 'podinfo');

/** About 5,000 lines in 200 documents, all of Flux. */
export function flux200() {
  const r = random(2);
  const own = Array.from({ length: 197 }, (_, i) => (i % 5 === 0 ? helmRelease(r, r.name(), 22) : r.pick(FLUX)(r)));
  return join([...shared(r), ...own]);
}

/** Small mixed documents, as `kustomize build` prints them. */
export function mixed(target) {
  const r = random(3);
  return fill(target, () => r.pick(MIXED)(r));
}

/** Huge documents: CRDs of 400 to 1,300 lines and HelmReleases with as many lines of values. */
export function huge(target) {
  const r = random(4);
  let i = 0;
  return fill(target, (left) => {
    const size = Math.max(60, Math.min(r.int(400, 1300), left - 60));
    return i++ % 2 === 0 ? helmRelease(r, r.name(), size - 22) : customResourceDefinition(r, size);
  });
}

/** A GitOps repository of `count` files: path → text. */
export function workspace(count) {
  const r = random(5);
  const files = new Map();
  const add = (path, ...documents) => {
    if (files.size < count) files.set(path, documents.length === 1 ? documents[0] : join(documents));
  };
  const build = (resources, extra = []) =>
    lines(
      'apiVersion: kustomize.config.k8s.io/v1beta1',
      'kind: Kustomization',
      'resources:',
      resources.map((x) => `- ${x}`),
      extra,
    );
  add('clusters/shared.yaml', ...shared(r));
  for (const env of ['dev', 'test', 'prod']) {
    add(`clusters/${env}/flux-system/gotk-sync.yaml`, gitRepository(r, 'flux-system'), kustomization(r, 'flux-system'));
    add(`clusters/${env}/infrastructure.yaml`, kustomization(r, 'infrastructure'), kustomization(r, 'configs'));
  }
  for (let i = 0; files.size < count; i++) {
    const app = `${WORDS[i % WORDS.length]}-${String(i).padStart(4, '0')}`;
    const namespace = WORDS[(i * 7) % WORDS.length];
    const base = `apps/${app}/base`;
    add(`${base}/kustomization.yaml`, build(['serviceaccount.yaml', 'deployment.yaml', 'config.yaml', 'secret.yaml']));
    add(`${base}/deployment.yaml`, deployment(r, app, namespace), service(r, app, namespace));
    add(`${base}/serviceaccount.yaml`, serviceAccount(r, app, namespace));
    add(`${base}/config.yaml`, configMap(r, app, namespace));
    add(`${base}/secret.yaml`, secret(r, app, namespace));
    add(`apps/${app}/flux.yaml`, ociRepository(r, app), kustomization(r, app));
    for (const env of ['dev', 'prod']) {
      add(
        `apps/${app}/overlays/${env}/kustomization.yaml`,
        build(['../../base'], ['patches:', '- path: replicas.yaml']),
      );
      add(
        `apps/${app}/overlays/${env}/replicas.yaml`,
        lines(head('apps/v1', 'Deployment', app, namespace), 'spec:', `  replicas: ${r.int(1, 9)}`),
      );
    }
  }
  return files;
}
