/** What `wrangler.jsonc` sets. `npx wrangler types` writes the like. */
declare module "cloudflare:workers" {
  export const env: {
    readonly AUDIENCE: string;
    readonly ORGANIZATION: string;
    /** Set in `.dev.vars`, for development alone. */
    readonly DANGER_LOOPBACK_ISSUERS?: string;
  };
}

/** The cache of a data centre. */
interface CacheStorage {
  readonly default: Cache;
}
