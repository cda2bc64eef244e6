import { admin, type Usage } from '../../api/admin';
import type { SignedIn } from '../../session/session';

export interface BucketRow {
  name: string;
  region: string;
  created: string;
  usage: Usage | undefined;
}

/** The account's buckets, with what they hold if the admin API may be asked. */
export async function loadBuckets({ cos, session, appId, isAdmin }: SignedIn): Promise<BucketRow[]> {
  const [listed, known] = await Promise.all([
    cos.getService({}),
    isAdmin && appId
      ? admin<{ buckets: { name: string; usage: Usage }[] }>(session, 'GET', '/buckets')
      : Promise.resolve({ buckets: [] }),
  ]);
  const usages = new Map(known.buckets.map((bucket) => [bucket.name, bucket.usage]));
  return listed.Buckets.map((bucket) => ({
    name: bucket.Name,
    region: bucket.Location,
    created: bucket.CreationDate,
    usage: usages.get(bucket.Name),
  }));
}
