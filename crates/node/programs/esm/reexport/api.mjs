export * from './shapes.mjs';
export { helper } from './helper.mjs';
