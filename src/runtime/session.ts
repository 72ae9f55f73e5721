export type RuntimeName = 'node' | 'web';
