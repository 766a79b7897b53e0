import type { World } from '../world/world.ts';
import type { RouteFaults } from './faults.ts';
import { faultsSchema } from './faults.ts';
import type { Route } from './route.ts';

/** Takes what `Faults` describes; throws at anything else, and at a route, project, disk or backup that is not. */
export function setFaults(input: unknown, of: { world: World; faults: RouteFaults; routes: Route[] }): void {
  const { world, faults, routes } = of;
  const wanted = faultsSchema.parse(input);
  const names = [...new Set(routes.map((route) => route.name))];
  const stray = wanted.routes.find(({ route }) => route !== '*' && !names.includes(route));
  if (stray !== undefined) throw new Error(`there is no route "${stray.route}"; there are ${names.join(', ')} and *`);
  if (wanted.clear || wanted.clearRoutes) faults.clear();
  if (wanted.clear) world.clearTroubles();
  for (const fault of wanted.routes)
    faults.add(fault.project === undefined ? fault : { ...fault, project: world.projects.named(fault.project).id });
  if (wanted.failNextBackup) world.failNextBackup(wanted.failNextBackup);
  if (wanted.timeoutNextBackup) world.timeoutNextBackup(wanted.timeoutNextBackup);
  if (wanted.slowBackup) world.slowBackup(wanted.slowBackup);
  if (wanted.failNextRestore) world.failNextRestore(wanted.failNextRestore);
  if (wanted.failNextDelete) world.failNextDelete(wanted.failNextDelete);
  if (wanted.diskStatus) world.setDiskStatus(wanted.diskStatus.diskId, wanted.diskStatus.status);
  if (wanted.quotas) {
    const { project, ...limits } = wanted.quotas;
    world.setQuotas(project, limits);
  }
  if (wanted.projectDown) world.setProjectDown(wanted.projectDown.project, wanted.projectDown.status);
}
