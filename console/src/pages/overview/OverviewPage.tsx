import { useCallback } from 'react';
import { admin, type Status, type Usage } from '../../api/admin';
import { useLanguage } from '../../i18n';
import { useSignedIn } from '../../session/session';
import { bytes, duration, time } from '../../shared/format';
import { Head } from '../../shared/Head';
import { Problem } from '../../shared/Problem';
import { useLoaded } from '../../shared/useLoaded';
import { Waiting } from '../../shared/Waiting';

interface AccountUsage {
  appId: string;
  name: string;
  buckets: number;
  usage: Usage;
  quota: { bytes?: number };
}

interface Worker {
  name: string;
  state: string;
  next?: string;
  trouble?: string;
}

/** How the server is, what its accounts hold, and what it does by itself. */
export default function OverviewPage() {
  const { texts } = useLanguage();
  const { isAdmin } = useSignedIn();
  return (
    <>
      <h1>{texts.overview}</h1>
      {isAdmin ? <Panels /> : <p className="empty">{texts.overviewForbidden}</p>}
    </>
  );
}

function Panels() {
  const { session } = useSignedIn();
  const load = useCallback(
    () =>
      Promise.all([
        admin<Status>(session, 'GET', '/status'),
        admin<{ accounts: AccountUsage[] }>(session, 'GET', '/usage'),
        admin<{ workers: Worker[] }>(session, 'GET', '/workers'),
      ]),
    [session],
  );
  const { data, failure, reload } = useLoaded(load);
  const [status, usage, workers] = data ?? [];
  return (
    <>
      {failure && <Problem failure={failure} onRetry={reload} />}
      {!data && !failure && <Waiting />}
      {status && <ServerPanel status={status} />}
      {usage && <UsagePanel accounts={usage.accounts} />}
      {workers && <WorkersPanel workers={workers.workers} />}
    </>
  );
}

function ServerPanel({ status }: { status: Status }) {
  const { texts } = useLanguage();
  const { disk, memory } = status;
  const isDiskKnown = disk.freeBytes !== undefined && disk.totalBytes !== undefined;
  return (
    <section className="panel">
      <h2>{texts.serverStatus}</h2>
      <dl className="facts">
        <dt>{texts.version}</dt>
        <dd>{status.version}</dd>
        <dt>{texts.uptime}</dt>
        <dd>{duration(status.uptimeSeconds)}</dd>
        <dt>{texts.trouble}</dt>
        <dd>{status.trouble ?? texts.troubleNone}</dd>
        <dt>{texts.disk}</dt>
        <dd>{isDiskKnown ? texts.diskFree(bytes(disk.freeBytes ?? 0), bytes(disk.totalBytes ?? 0)) : '–'}</dd>
        <dt>{texts.memory}</dt>
        <dd>
          {bytes(memory.heapUsedBytes)} / {bytes(memory.heapMaxBytes)}
        </dd>
      </dl>
    </section>
  );
}

function UsagePanel({ accounts }: { accounts: AccountUsage[] }) {
  const { texts, language } = useLanguage();
  return (
    <section className="panel">
      <h2>{texts.usage}</h2>
      <table className="list">
        <Head
          columns={[
            texts.account,
            { text: texts.buckets, isNumber: true },
            { text: texts.bucketObjects, isNumber: true },
            { text: texts.bucketUsage, isNumber: true },
            { text: texts.quota, isNumber: true },
          ]}
        />
        <tbody>
          {accounts.map((account) => (
            <tr key={account.appId}>
              <th scope="row">
                {account.name} ({account.appId})
              </th>
              <td className="number">{account.buckets.toLocaleString(language)}</td>
              <td className="number">{account.usage.objects.toLocaleString(language)}</td>
              <td className="number">{bytes(account.usage.bytes)}</td>
              <td className="number">
                {account.quota.bytes === undefined ? texts.quotaNone : bytes(account.quota.bytes)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function WorkersPanel({ workers }: { workers: Worker[] }) {
  const { texts, language } = useLanguage();
  return (
    <section className="panel">
      <h2>{texts.jobs}</h2>
      <table className="list">
        <Head columns={[texts.job, texts.state, texts.next, texts.trouble]} />
        <tbody>
          {workers.map((worker) => (
            <tr key={worker.name}>
              <th scope="row">{texts.jobNames[worker.name] ?? worker.name}</th>
              <td>{texts.jobStates[worker.state] ?? worker.state}</td>
              <td>{worker.next ? time(worker.next, language) : '–'}</td>
              <td>{worker.trouble ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
