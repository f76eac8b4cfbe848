/** The package without the module, which its caller provides. */
export * from "./index.js";
export { provideModule } from "./module-given.js";
