/**
 * What a document, or a part of one, may look like and what it means. One shape feeds validation, completion, hover,
 * navigation, the schema and the docs. The structure of the Flux kinds is generated from their CRDs into shapes; the
 * closed formats (Argo CD's cluster config, sops.azure-kv, .sops.yaml …) are written by hand as shapes.
 */
export interface Shape {
  readonly type: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean' | 'int-or-string' | 'any';
  /** Fields of an object by name. */
  readonly fields?: Readonly<Record<string, Shape>>;
  /** The shape of values under names that are free (labels, data …). */
  readonly additional?: Shape;
  /** True where fields that are not listed are legal and mean nothing to us. */
  readonly open?: boolean;
  /** True where the reader matches field names without regard to case (Go's encoding/json). */
  readonly ignoreCase?: boolean;
  readonly items?: Shape;
  /** Shapes of the first items, where one document says what each of its items is; `items` is that of all others. */
  readonly prefix?: readonly Shape[];
  /** True where `null` is a value of its own; elsewhere the API server takes a `null` field as absent. */
  readonly nullable?: boolean;
  readonly required?: readonly string[];
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  /** What the API server fills in where the field is absent. */
  readonly default?: DefaultValue;
  readonly cel?: readonly CelRule[];
  /** What we know beyond structure. */
  readonly fact?: FieldFact;
}

export type DefaultValue =
  | string
  | number
  | boolean
  | readonly DefaultValue[]
  | { readonly [name: string]: DefaultValue };

/** A validation rule of a CRD (`x-kubernetes-validations`). `self` is the value the shape describes. */
export interface CelRule {
  readonly rule: string;
  readonly message: string;
}

/** What a field means for Azure. Markdown is CommonMark, in sentences of our own. */
export interface FieldFact {
  /** What the field does for Azure, one or two sentences. */
  readonly doc: string;
  readonly values?: Readonly<Record<string, ValueFact>>;
  /** The version that brought the field, as a label for people: `Flux 2.4`. */
  readonly since?: string;
  readonly link?: string;
  /** The object that a name in this field refers to, in the namespace of the object itself unless said otherwise. */
  readonly refersTo?: Reference;
  /** A snippet (LSP syntax) for the value, or for the body of an object, inserted after the key. */
  readonly snippet?: string;
  /** Further ways to write the value of an object, each a whole one. */
  readonly variants?: readonly Variant[];
  /** Values worth offering that are no closed list: URL forms, host names. */
  readonly suggestions?: readonly Suggestion[];
  /** Values of this sort that other files use are worth offering. */
  readonly known?: 'tenant-ids' | 'client-ids' | 'key-urls' | 'vault-urls';
  /** True for a value that may be a credential: no feature shows any of it. */
  readonly secret?: boolean;
}

export interface Variant {
  readonly label: string;
  readonly doc: string;
  /** LSP snippet syntax. */
  readonly snippet: string;
}

export interface ValueFact {
  readonly doc: string;
  /** Legal, and hardly ever what is meant: offered last. */
  readonly discouraged?: boolean;
  readonly since?: string;
  readonly deprecated?: boolean;
}

export interface Suggestion {
  /** LSP snippet syntax. */
  readonly value: string;
  readonly label?: string;
  readonly doc: string;
}

/** What a name in a field names. The field may stand beside others that say more. */
export interface Reference {
  /** `Source` is any kind of source, said by `kindField`. */
  readonly kind: 'ServiceAccount' | 'Secret' | 'ConfigMap' | 'Source' | (string & {});
  /** The API group; `''` is the core group. Not needed for kinds that a well-known group has. */
  readonly group?: string;
  /** The field beside this one that names the kind; `kind` above is what holds without it. */
  readonly kindField?: string;
  /** The field beside this one that names the namespace; without a value in it the namespace of the object holds. */
  readonly namespaceField?: string;
  /** The part a Secret or ConfigMap plays for the object: which keys it has to have. See roles.ts. */
  readonly role?: string;
  /** The same where it depends on another field of the object, given by its path. `*`: any other value. */
  readonly roleBy?: { readonly field: string; readonly roles: Readonly<Record<string, string>> };
}
