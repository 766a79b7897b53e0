/** Whether the map has this key of its own. */
export function isKeyOf<K extends string>(map: Readonly<Record<K, unknown>>, key: string): key is K {
  return Object.hasOwn(map, key);
}
