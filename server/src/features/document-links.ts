import { parseKeyUrl } from '../azure/key-vault.ts';
import { isTemplate } from '../azure/text-kinds.ts';
import { isEncoded } from '../embed/locate.ts';
import type { Session } from '../engine/session.ts';
import { readGenerators } from '../model/kustomize/generator.ts';
import { readKustomization } from '../model/kustomize/read.ts';
import type { SourceDocument } from '../model/source-file.ts';
import type { Unit } from '../model/unit.ts';
import { sopsFileOf } from '../model/views/sops-file.ts';
import type { Span } from '../text/span.ts';
import { dirname, joinPath } from '../text/uri.ts';
import { asScalar, follow, get, items, text, textAt } from '../yaml/navigate.ts';
import type { Node, ScalarNode } from '../yaml/tree.ts';
import { spanInFile } from './locate.ts';
import { occurrenceOf } from './occurrences.ts';

/** A part of a file that leads somewhere: to a file of the workspace, or to an https address. */
export interface DocumentLink {
  readonly span: Span;
  readonly target: string;
  readonly tooltip: string;
}

/** The paths of kustomizations and the keys of Key Vault in a file. */
export function documentLinks(session: Session, uri: string): DocumentLink[] {
  return (session.file(uri)?.documents ?? []).flatMap((document) =>
    session.unitsOf(document).flatMap((unit) => {
      if (isEncoded(unit.tree)) return [];
      if (unit.language === 'kustomization') return unit.owner ? [] : kustomizationLinks(session, document);
      if (unit.language === 'sops-config') return keyLinks(document, unit);
      return sopsLinks(document, unit);
    }),
  );
}

export const linkAt = (session: Session, uri: string, offset: number): DocumentLink | undefined =>
  documentLinks(session, uri).find((l) => l.span.start <= offset && offset <= l.span.end);

const KUSTOMIZATIONS = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

function kustomizationLinks(session: Session, document: SourceDocument): DocumentLink[] {
  const folder = dirname(document.uri);
  const links: DocumentLink[] = [];
  const add = (node: ScalarNode, path: string) => {
    if (path === '' || isTemplate(path) || /[\r\n]/.test(path)) return;
    const span = spanInFile({ document }, node.tree, occurrenceOf(node, 'reference').span);
    if (/^https:\/\/\S+$/.test(path)) {
      links.push({ span, target: path, tooltip: 'Open in the browser' });
      return;
    }
    if (/^[a-z][a-z0-9+.-]*:\/\/|^[^/\s]+@|^github\.com\//i.test(path)) return;
    const target = joinPath(folder, path);
    const file = session.file(target)
      ? target
      : KUSTOMIZATIONS.map((k) => `${target}/${k}`).find((u) => session.file(u));
    if (file) links.push({ span, target: file, tooltip: 'Open the file' });
  };
  const root = follow(document.tree.root);
  for (const field of ['resources', 'components', 'bases', 'crds', 'configurations', 'transformers', 'generators'])
    for (const item of items(get(root, field))) {
      const node = asScalar(item);
      if (node && text(node)) add(node, node.text);
    }
  const kustomization = readKustomization(document);
  for (const { path } of kustomization?.patches ?? []) if (path) add(path.node, path.text);
  for (const generator of root?.kind === 'map' ? readGenerators(root) : []) {
    for (const file of generator.files) add(file.node, file.path);
    for (const env of generator.envs) add(env.node, env.text);
  }
  return links;
}

/** Keys of Key Vault as `.sops.yaml` writes them: URLs, several with commas between, or objects. */
function keyLinks(document: SourceDocument, unit: Unit): DocumentLink[] {
  const links: DocumentLink[] = [];
  for (const rule of items(get(unit.root, 'creation_rules'))) {
    const field = get(rule, 'azure_keyvault');
    for (const node of field?.kind === 'seq' ? field.items : [field]) {
      const scalar = asScalar(node);
      if (scalar && text(scalar)) links.push(...urlLinks(document, scalar));
    }
    for (const group of items(get(rule, 'key_groups')))
      for (const key of items(get(group, 'azure_keyvault')))
        links.push(...objectLink(document, key, 'vaultUrl', 'key'));
  }
  return links;
}

function urlLinks(document: SourceDocument, node: ScalarNode): DocumentLink[] {
  const links: DocumentLink[] = [];
  for (const match of node.text.matchAll(/[^,\s]+/g)) {
    const key = parseKeyUrl(match[0]);
    if (!key) continue;
    const part = occurrenceOf(node, 'reference', { start: match.index, end: match.index + match[0].length });
    links.push({
      span: spanInFile({ document }, node.tree, part.span),
      target: match[0],
      tooltip: `Key ${key.key} of ${key.host}`,
    });
  }
  return links;
}

function objectLink(document: SourceDocument, key: Node, urlField: string, nameField: string): DocumentLink[] {
  const vault = asScalar(get(key, urlField));
  const url = text(vault)?.replace(/\/+$/, '');
  const name = textAt(key, nameField);
  const version = textAt(key, 'version');
  if (!vault || !url || !name || isTemplate(url) || !/^https:\/\/[^/\s]+$/.test(url)) return [];
  return [
    {
      span: spanInFile({ document }, vault.tree, occurrenceOf(vault, 'reference').span),
      target: `${url}/keys/${encodeURIComponent(name)}${version ? `/${encodeURIComponent(version)}` : ''}`,
      tooltip: `Key ${name} of ${url.slice('https://'.length)}`,
    },
  ];
}

/** The keys that an encrypted file was encrypted with. */
function sopsLinks(document: SourceDocument, unit: Unit): DocumentLink[] {
  const file = sopsFileOf(unit);
  return file ? file.azureKeys.flatMap((key) => objectLink(document, key, 'vault_url', 'name')) : [];
}
