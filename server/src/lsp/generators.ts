import type { Feature } from './features.ts';
import { guarded } from './guard.ts';
import {
  GENERATE,
  GENERATE_PROBLEM,
  GENERATE_STEP,
  GENERATORS,
  type GenerateParams,
  type GenerateProblemParams,
  type GenerateProblemResult,
} from './messages.ts';

/** Answers the requests of the generators: see messages.ts. */
export const generators: Feature = ({ connection, log, live }) => {
  const begin = async (uri: string | undefined) => {
    const [{ session }, generation] = await Promise.all([live.wake(), import('./generation.ts')]);
    return { ...generation, context: generation.generateContext(session, uri ?? '') };
  };
  connection.onRequest(
    GENERATORS,
    guarded(log, GENERATORS, [] as unknown, async (params: Pick<GenerateParams, 'uri'> | null) => {
      const { offers, context } = await begin(params?.uri);
      return offers(context);
    }),
  );
  connection.onRequest(
    GENERATE_STEP,
    guarded(log, GENERATE_STEP, null as unknown, async ({ uri, name, values }: GenerateParams) => {
      const { nextStep, context } = await begin(uri);
      return nextStep(name, values, context) ?? null;
    }),
  );
  connection.onRequest(
    GENERATE_PROBLEM,
    guarded(
      log,
      GENERATE_PROBLEM,
      { reason: null },
      async ({ uri, name, key, value, values }: GenerateProblemParams): Promise<GenerateProblemResult> => {
        const { problemOf, context } = await begin(uri);
        return { reason: problemOf(name, key, value, values, context) ?? null };
      },
    ),
  );
  connection.onRequest(
    GENERATE,
    guarded(log, GENERATE, null as unknown, async ({ uri, name, values }: GenerateParams) => {
      const { generate, context } = await begin(uri);
      return generate(name, values, context);
    }),
  );
  return {};
};
