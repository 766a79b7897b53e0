import { defineConfig } from "vitest/config";

export default defineConfig({
	test: {
		root: new URL("..", import.meta.url).pathname,
		include: ["test/**/*.test.ts"],
		exclude: ["test/soak/**", "test/bench/**"],
		testTimeout: 30_000,
		hookTimeout: 60_000,
	},
});
