/** All that generators need, behind one door: imported when somebody asks for one. */
export { generateContext } from '../features/generate/context.ts';
export { generate, nextStep, offers, problemOf } from '../features/generate/run.ts';
