import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Session } from '../engine/session.ts';
import { generateContext } from '../features/generate/context.ts';
import type { GenerateContext, GeneratedFile, Generator } from '../features/generate/generator.ts';
import { GENERATORS } from '../features/generate/index.ts';
import { generate, generatorNamed, nextStep } from '../features/generate/run.ts';
import { configurationAbove, readText, toUri } from './scan.ts';
import type { Io } from './workspace.ts';

interface Options {
  name: string | undefined;
  readonly values: Record<string, string>;
  output: string | undefined;
  force: boolean;
  json: boolean;
  help: boolean;
  flux: string | undefined;
  argocd: string | undefined;
}

/** Runs `azure-gitops generate`. Prints the files, or writes them with --output. Exit codes: 0 done, 2 not done. */
export function generateCommand(argv: readonly string[], io: Io): number {
  const options = parse(argv);
  if (typeof options === 'string') return fail(io, options);
  const context = contextOf(options);
  if (options.name === undefined) {
    io.out(list());
    return 0;
  }
  const generator = generatorNamed(options.name);
  if (options.help && generator !== undefined) {
    io.out(describe(generator, options.values, context));
    return 0;
  }
  const result = generate(options.name, options.values, context);
  if (!result.ok) {
    for (const { key, reason } of result.errors)
      io.err(`azure-gitops: ${key === undefined ? '' : `${key}: `}${reason}\n`);
    if (generator !== undefined) io.err(`See azure-gitops generate ${options.name} --help\n`);
    return 2;
  }
  for (const key of result.ignored) io.err(`azure-gitops: ${key} has no effect beside the other values\n`);
  if (options.json) io.out(`${JSON.stringify(result.files, undefined, 1)}\n`);
  else if (options.output === undefined) io.out(printed(result.files));
  else {
    const problem = write(result.files, options.output, options.force);
    if (problem !== undefined) return fail(io, problem);
    for (const file of result.files) io.err(`${join(options.output, file.path)}\n`);
  }
  if (!options.json) for (const file of result.files) if (file.note) io.err(`${file.path}: ${file.note}\n`);
  return 0;
}

/** The versions on the command line, else those in the `.azure-gitops.yaml` that holds for the folder, else the newest. */
function contextOf({ output, flux, argocd }: Options): GenerateContext {
  const inside = join(output ?? '.', 'manifest.yaml');
  const session = new Session();
  for (const { path, uri } of configurationAbove(inside)) session.setFile(uri, readText(path));
  const { fluxVersion, argocdVersion, known } = generateContext(session, toUri(inside));
  return { fluxVersion: flux ?? fluxVersion, argocdVersion: argocd ?? argocdVersion, known };
}

function fail(io: Io, problem: string): number {
  io.err(`azure-gitops: ${problem}\n`);
  return 2;
}

function parse(argv: readonly string[]): Options | string {
  const options: Options = {
    name: undefined,
    values: {},
    output: undefined,
    force: false,
    json: false,
    help: false,
    flux: undefined,
    argocd: undefined,
  };
  for (let i = 0; i < argv.length; i++) {
    const argument = argv[i]!;
    if (argument === '--force') options.force = true;
    else if (argument === '--json') options.json = true;
    else if (argument === '--help' || argument === '-h') options.help = true;
    else if (argument.startsWith('-')) {
      const [flag, inline] = argument.split(/=(.*)/s) as [string, string | undefined];
      if (!['--set', '--output', '--flux-version', '--argocd-version'].includes(flag)) return `unknown option ${flag}`;
      const value = inline ?? argv[++i];
      if (value === undefined) return `${flag} needs a value`;
      if (flag === '--set') {
        const at = value.indexOf('=');
        if (at < 1) return `--set takes KEY=VALUE, not '${value}'`;
        options.values[value.slice(0, at)] = value.slice(at + 1);
      } else if (flag === '--output') options.output = value;
      else if (!/^v?\d+\.\d+(\.\d+)?$/.test(value)) return `${flag} takes a version such as 2.9, not '${value}'`;
      else if (flag === '--flux-version') options.flux = value.replace(/^v/, '');
      else options.argocd = value.replace(/^v/, '');
    } else if (options.name === undefined) options.name = argument;
    else return `generate takes one name, not '${argument}' as well`;
  }
  return options;
}

function list(): string {
  const width = Math.max(...GENERATORS.map((generator) => generator.name.length));
  return GENERATORS.map((generator) => `${generator.name.padEnd(width)}  ${generator.title}\n`).join('');
}

/** What a generator asks, each step with what the answers so far make of it. */
function describe(generator: Generator, values: Readonly<Record<string, string>>, context: GenerateContext): string {
  const lines = [`${generator.title}: ${generator.detail}`];
  const refused = generator.refused?.(context);
  if (refused !== undefined) lines.push(refused);
  const answers: Record<string, string> = { ...values };
  for (let step = nextStep(generator.name, answers, context); step !== undefined; ) {
    const given = step.default !== undefined ? ` [${step.default}]` : step.optional ? ' [none]' : '';
    lines.push('', `  ${step.key}${given}  ${step.prompt}`);
    for (const choice of step.choices ?? [])
      lines.push(
        `      ${choice.value}: ${choice.refused ?? [choice.title, choice.detail].filter(Boolean).join('. ')}`,
      );
    if (step.kind === 'text' && step.example !== undefined && step.example !== step.default)
      lines.push(`      such as ${step.example}`);
    // Go on as if the usual answer were given; with --set before --help the other ways can be seen.
    answers[step.key] = step.default ?? step.choices?.find((choice) => choice.refused === undefined)?.value ?? '';
    step = nextStep(generator.name, answers, context);
  }
  lines.push('', 'What is asked depends on the answers: give some with --set to see what follows.');
  return `${lines.join('\n')}\n`;
}

/** All files as one text; with several, each below a comment with its path. */
function printed(files: readonly GeneratedFile[]): string {
  if (files.length === 1) return files[0]!.content;
  return files
    .map(({ path, language, content }, i) => {
      const separator = language === 'yaml' && files[i - 1]?.language === 'yaml' ? '---\n' : '';
      return `${separator}${language === 'bicep' ? '//' : '#'} ${path}\n${content}`;
    })
    .join('');
}

/** Writes all files or none: a file that exists with another content is not overwritten without `force`. */
function write(files: readonly GeneratedFile[], folder: string, force: boolean): string | undefined {
  const targets = files.map((file) => ({ path: join(folder, file.path), content: file.content }));
  for (const { path, content } of targets)
    if (!force && existsSync(path) && readFileSync(path, 'utf8') !== content)
      return `${path} exists with another content; nothing was written (--force overwrites)`;
  for (const { path, content } of targets) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  return undefined;
}
