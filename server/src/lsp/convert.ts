import {
  type Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  type Location,
  type Position,
  type Range,
} from 'vscode-languageserver';
import type { Finding } from '../engine/finding.ts';
import type { Span } from '../text/span.ts';
import type { LiveWorkspace, Ready } from './live-workspace.ts';

/** Offsets and positions of one file as both the client and the session have it. */
export interface Positions {
  offset(position: Position): number;
  range(span: Span): Range;
}

/** The one place where offsets meet positions. Only valid until the next change. */
export class Converter {
  readonly #known = new Map<string, Positions | undefined>();

  constructor(
    readonly live: LiveWorkspace,
    readonly ready: Ready,
  ) {}

  positions(uri: string): Positions | undefined {
    if (!this.#known.has(uri)) this.#known.set(uri, this.#make(uri));
    return this.#known.get(uri);
  }

  #make(uri: string): Positions | undefined {
    // The lines of an open document are kept from edit to edit; those of a file are found when somebody asks.
    const content = this.live.documents.get(uri)?.content;
    if (content) return content;
    const file = this.ready.session.file(uri);
    return (
      file && {
        offset: (position) => file.lines.offset(position),
        range: ({ start, end }) => file.lines.range(start, end),
      }
    );
  }

  range(uri: string, span: Span): Range {
    return this.positions(uri)?.range(span) ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  }

  /** As the client spells it. */
  uri(canonical: string): string {
    return this.live.spelling(canonical);
  }

  location(uri: string, span: Span): Location {
    return { uri: this.uri(uri), range: this.range(uri, span) };
  }
}

const SEVERITIES = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
} as const;

const TAGS = { unnecessary: DiagnosticTag.Unnecessary, deprecated: DiagnosticTag.Deprecated } as const;

export interface DiagnosticOptions {
  readonly relatedInformation: boolean;
  /** Where the page of a rule is, by its id; `undefined` where there is none. */
  readonly rulePage: (rule: string) => string | undefined;
}

/** What a diagnostic carries for clients that know us: whether a JSON Schema would say the same. */
export interface DiagnosticData {
  readonly schema: boolean;
  /** How many quick fixes there are. */
  readonly fixes: number;
}

export function toDiagnostic(
  converter: Converter,
  uri: string,
  finding: Finding,
  options: DiagnosticOptions,
): Diagnostic {
  const href = options.rulePage(finding.rule);
  const data: DiagnosticData = { schema: finding.schema, fixes: finding.fixes.length };
  return {
    range: converter.range(uri, finding.span),
    severity: SEVERITIES[finding.severity],
    code: finding.rule,
    ...(href && { codeDescription: { href } }),
    source: 'azure-gitops',
    message: finding.message,
    ...(finding.tags.length > 0 && { tags: finding.tags.map((tag) => TAGS[tag]) }),
    ...(options.relatedInformation &&
      finding.related.length > 0 && {
        relatedInformation: finding.related.map(({ uri: other, span, message }) => ({
          location: converter.location(other, span),
          message,
        })),
      }),
    data,
  };
}
