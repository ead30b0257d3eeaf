import { isGuid, isPlaceholder, isTemplate, looksEncrypted } from '../azure/text-kinds.ts';
import { isKind } from '../model/object.ts';
import { dataOf } from '../model/views/secret-data.ts';
import type { MapNode, Node } from '../yaml/tree.ts';
import type { Session } from './session.ts';

/** Keys whose values are credentials wherever they stand. Ids, addresses and certificates without a key are none. */
const CREDENTIAL =
  /(secret|password|passwd|token|accountkey|saskey|sharedaccesskey|privatekey|sshprivatekey|keydata|client-key-data|certificate(path)?password|clientcertificate|identity)$/i;
const PARTS = /(SharedAccessKey|--client-secret|--password|password)=([^;&\s"']+)/gi;
/** Shorter texts are words that stand everywhere. */
const MIN_LENGTH = 6;

/**
 * The texts in a file that no report may hold: values of keys that are credentials, and what Secrets keep. For the last
 * line of defence, where something leaves for a log or a service: rules do not put such values into messages at all.
 */
export function secretTextsOf(session: Session, uri: string): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (text: string): void => {
    if (text.length < MIN_LENGTH || isGuid(text) || isTemplate(text) || isPlaceholder(text) || looksEncrypted(text))
      return;
    if (/^(https?:\/\/[^@]*|true|false|[\d.]+)$/i.test(text)) return;
    found.add(text);
  };
  for (const document of session.file(uri)?.documents ?? [])
    for (const unit of session.unitsOf(document)) {
      for (const { key, value } of scalarsOf(unit.root)) if (CREDENTIAL.test(key.replaceAll('_', ''))) add(value);
      if (unit.object && isKind(unit.object, '', 'Secret'))
        for (const { key, node, text } of dataOf(unit.object).values())
          if (CREDENTIAL.test(key.replaceAll('_', ''))) {
            add(text ?? '');
            add(node?.text ?? '');
          }
    }
  return found;
}

function* scalarsOf(root: Node | undefined): Iterable<{ key: string; value: string }> {
  const open: Node[] = root ? [root] : [];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.kind === 'seq') {
      open.push(...node.items);
      // `--client-secret`, and its value as the next argument.
      for (const [i, item] of node.items.entries()) {
        const value = node.items[i + 1];
        if (item.kind === 'scalar' && item.text.startsWith('--') && value?.kind === 'scalar')
          yield { key: item.text.replaceAll('-', ''), value: value.text };
      }
    } else if (node.kind === 'scalar') {
      // Parts of connection strings, of signed URLs and of arguments.
      for (const [, key = '', value = ''] of node.text.matchAll(PARTS)) yield { key, value };
    }
    if (node.kind === 'map') yield* entriesOf(node, open);
  }
}

function* entriesOf(map: MapNode, open: Node[]): Iterable<{ key: string; value: string }> {
  for (const { key, value } of map.entries) {
    if (value.kind === 'scalar') yield { key: key.text, value: value.text };
    open.push(value);
  }
  // `- name: AZURE_CLIENT_SECRET` and `value: …`, as containers and kubeconfigs write variables.
  const name = map.entries.find((e) => e.key.text === 'name')?.value;
  const value = map.entries.find((e) => e.key.text === 'value')?.value;
  if (name?.kind === 'scalar' && value?.kind === 'scalar') yield { key: name.text, value: value.text };
}
