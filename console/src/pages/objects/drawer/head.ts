import type COS from 'cos-js-sdk-v5';
import type { Shown } from './ObjectDrawer';

/** The headers of an object. */
export async function head(cos: COS, region: string, { bucket, key, versionId }: Shown) {
  const answer = await cos.headObject({
    Bucket: bucket,
    Region: region,
    Key: key,
    ...(versionId && { VersionId: versionId }),
  });
  return (answer.headers ?? {}) as Record<string, string>;
}

/** As headers name what is copied: the bucket by the name of its host. */
export function copySource(region: string, { bucket, key, versionId }: Shown): string {
  const path = key.split('/').map(encodeURIComponent).join('/');
  return `${bucket}.cos.${region}.myqcloud.com/${path}${versionId ? `?versionId=${versionId}` : ''}`;
}
