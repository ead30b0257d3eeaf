import { isTemplate } from '../../azure/text-kinds.ts';
import { removeItems, replacePart, replaceText, type TreeEdit } from '../../yaml/edits.ts';
import { asMap, asScalar, asSeq, entry, get, items, text } from '../../yaml/navigate.ts';
import type { Entry, MapNode, Node, ScalarNode, SeqNode } from '../../yaml/tree.ts';
import { type Place, partOf } from '../define.ts';
import { onlyLanguages, view } from '../views.ts';

export const V1 = 'client.authentication.k8s.io/v1';
export const V1BETA1 = 'client.authentication.k8s.io/v1beta1';

/** A user of a kubeconfig. */
export interface KubeconfigUser {
  /** The name, for messages of client-go. */
  readonly name: string;
  readonly root: MapNode;
  readonly exec: Entry | undefined;
  readonly authProvider: Entry | undefined;
}

export const kubeconfigUsers = view<KubeconfigUser>(
  'users of a kubeconfig',
  function* (unit) {
    if (unit.language !== 'kubeconfig') return;
    for (const item of items(get(unit.root, 'users'))) {
      const root = asMap(get(item, 'user'));
      if (!root) continue;
      yield {
        name: text(get(item, 'name')) ?? '',
        root,
        exec: present(entry(root, 'exec')),
        authProvider: present(entry(root, 'auth-provider')),
      };
    }
  },
  onlyLanguages('kubeconfig'),
);

const present = (found: Entry | undefined): Entry | undefined =>
  found && !(asScalar(found.value)?.value === null) ? found : undefined;

/** A user that runs a program for its credential. */
export interface ExecUser extends KubeconfigUser {
  readonly exec: Entry;
  readonly plugin: MapNode;
}

export const execUsers = view<ExecUser>(
  'exec of users of a kubeconfig',
  function* (unit, context) {
    for (const user of kubeconfigUsers.select(unit, context)) {
      const plugin = asMap(user.exec?.value);
      if (user.exec && plugin && !plugin.damaged) yield { ...user, exec: user.exec, plugin };
    }
  },
  onlyLanguages('kubeconfig'),
);

/** One flag among the arguments, with its value where it has one. */
export interface Flag {
  /** The long name, `--login` for `-l`. */
  readonly name: string;
  /** As written, without the value. */
  readonly written: string;
  /** The argument that holds the flag. */
  readonly node: ScalarNode;
  readonly value: FlagValue | undefined;
}

export interface FlagValue {
  readonly text: string;
  /** The argument that holds the value, and where in its text it begins. */
  readonly node: ScalarNode;
  readonly start: number;
}

/** A variable of the environment that the kubeconfig gives to the program. */
export interface Variable {
  readonly name: ScalarNode;
  readonly value: ScalarNode | undefined;
}

/** A user that gets its token from Azure's kubelogin. */
export interface Kubelogin extends ExecUser {
  readonly command: Node;
  readonly args: SeqNode | undefined;
  readonly argsEntry: Entry | undefined;
  readonly flags: readonly Flag[];
  /** Arguments that are neither flags nor their values. */
  readonly words: readonly ScalarNode[];
  /** True where a template may stand for any arguments. */
  readonly open: boolean;
  readonly env: ReadonlyMap<string, Variable>;
  flag(name: string): Flag | undefined;
}

/** Flags that stand alone; all others take the argument that follows. kubelogin v0.2.19 pkg/internal/token/options.go. */
const SWITCHES = new Set([
  '--legacy',
  '--use-azurerm-env-vars',
  '--pop-enabled',
  '--disable-environment-override',
  '--disable-instance-discovery',
  '--logtostderr',
  '--help',
]);
/** Flags with a value, and the one letter some have. */
const VALUED: Readonly<Record<string, string | undefined>> = {
  '--login': '-l',
  '--client-id': undefined,
  '--client-secret': undefined,
  '--client-certificate': undefined,
  '--client-certificate-password': undefined,
  '--username': undefined,
  '--password': undefined,
  '--identity-resource-id': undefined,
  '--server-id': undefined,
  '--federated-token-file': undefined,
  '--authority-host': undefined,
  '--azure-pipelines-service-connection-id': undefined,
  '--token-cache-dir': undefined,
  '--cache-dir': undefined,
  '--tenant-id': '-t',
  '--subscription': '-s',
  '--environment': '-e',
  '--pop-claims': undefined,
  '--timeout': undefined,
  '--redirect-url': undefined,
  '--login-hint': undefined,
  '--v': '-v',
};
const SHORT: Readonly<Record<string, string>> = {
  '-h': '--help',
  ...Object.fromEntries(Object.entries(VALUED).flatMap(([long, short]) => (short ? [[short, long]] : []))),
};

export const FLAGS: readonly string[] = [...Object.keys(VALUED), ...SWITCHES];
export const isFlag = (name: string): boolean => SWITCHES.has(name) || Object.hasOwn(VALUED, name);

export const kubelogins = view<Kubelogin>(
  'kubelogin in a kubeconfig',
  function* (unit, context) {
    for (const user of execUsers.select(unit, context)) {
      const command = get(user.plugin, 'command');
      const name = text(command)?.split(/[/\\]/).pop();
      if (!command || (name !== 'kubelogin' && name !== 'kubelogin.exe')) continue;
      const args = asSeq(get(user.plugin, 'args'));
      const read = readArguments(args);
      // Another program of this name logs in to any OpenID Connect provider.
      if (read.flags.some((f) => f.name.startsWith('--oidc-'))) continue;
      yield {
        ...user,
        ...read,
        command,
        args,
        argsEntry: entry(user.plugin, 'args'),
        env: environmentOf(user.plugin),
        flag: (wanted) => read.flags.find((f) => f.name === wanted),
      };
    }
  },
  onlyLanguages('kubeconfig'),
);

function readArguments(args: SeqNode | undefined): Pick<Kubelogin, 'flags' | 'words' | 'open'> {
  const flags: Flag[] = [];
  const words: ScalarNode[] = [];
  let open = false;
  let waiting: Flag | undefined;
  for (const item of args?.items ?? []) {
    const node = asScalar(item);
    if (!node || node.value === null) {
      open = true;
      waiting = undefined;
      continue;
    }
    const own = node.text;
    if (waiting) {
      // An unknown flag takes the next argument, as long as that is no flag itself.
      const taken: boolean = isFlag(waiting.name) || !own.startsWith('-');
      flags.push(taken ? { ...waiting, value: { text: own, node, start: 0 } } : waiting);
      waiting = undefined;
      if (taken) continue;
    }
    if (!own.startsWith('-') || own === '-') {
      if (isTemplate(own)) open = true;
      words.push(node);
      continue;
    }
    const flag = readFlag(node);
    if (flag.value || SWITCHES.has(flag.name)) flags.push(flag);
    else waiting = flag;
  }
  if (waiting) flags.push(waiting);
  return { flags, words, open };
}

function readFlag(node: ScalarNode): Flag {
  const own = node.text;
  const equals = own.indexOf('=');
  const written = equals < 0 ? own : own.slice(0, equals);
  const value = equals < 0 ? undefined : { text: own.slice(equals + 1), node, start: equals + 1 };
  if (own.startsWith('--')) return { name: written, written, node, value };
  const short = own.slice(0, 2);
  const long = SHORT[short];
  if (long === undefined || isFlag(`-${written}`)) return { name: written, written, node, value };
  if (written === short) return { name: long, written, node, value };
  // `-lmsi`: the value follows the letter.
  return { name: long, written: short, node, value: { text: own.slice(2), node, start: 2 } };
}

function environmentOf(plugin: MapNode): Map<string, Variable> {
  const found = new Map<string, Variable>();
  for (const item of items(get(plugin, 'env'))) {
    const name = asScalar(get(item, 'name'));
    if (name) found.set(name.text, { name, value: asScalar(get(item, 'value')) });
  }
  return found;
}

/** A text that is final: no template. */
export const isLiteral = (value: string): boolean => !isTemplate(value);

/** The names of login methods: kubelogin v0.2.19 pkg/internal/token/options.go. */
export const LOGIN_METHODS: readonly string[] = [
  'devicecode',
  'interactive',
  'spn',
  'ropc',
  'msi',
  'azurecli',
  'azd',
  'workloadidentity',
  'azurepipelines',
];

/** The login method that will hold, and where it is said; `undefined` where a template says it. */
export function loginOf(
  kubelogin: Kubelogin,
): { readonly method: string; readonly place: ScalarNode | undefined } | undefined {
  const flag = kubelogin.flag('--login')?.value;
  const variable = kubelogin.flag('--disable-environment-override')
    ? undefined
    : kubelogin.env.get('AAD_LOGIN_METHOD')?.value;
  const method = variable?.text ?? flag?.text;
  if (method === undefined) return kubelogin.open ? undefined : { method: 'devicecode', place: undefined };
  return isLiteral(method) ? { method, place: variable ?? flag?.node } : undefined;
}

/** Whether a switch is on: `--pop-enabled=false` is off. */
export const isOn = (flag: Flag | undefined): boolean =>
  flag !== undefined && !/^(false|0|f|F|FALSE|False)$/.test(flag.value?.text ?? 'true');

/** The flag itself, without the value that stands in the same argument. */
export const flagPlace = (flag: Flag): Place =>
  flag.written === flag.node.text ? flag.node : partOf(flag.node, 0, flag.written.length);

/** The value of a flag, without the flag where both are one argument. */
export const valuePlace = ({ node, start, text: own }: FlagValue): Place =>
  start === 0 ? node : partOf(node, start, start + own.length);

/** Gives a flag another value. */
export const setFlagValue = ({ node, start, text: own }: FlagValue, value: string): TreeEdit | undefined =>
  start === 0 ? replaceText(node, value) : replacePart(node, start, start + own.length, value);

/** Removes a flag and its value from the arguments. */
export const removeFlag = (flag: Flag): TreeEdit => removeItems(flag.node, flag.value?.node ?? flag.node);
