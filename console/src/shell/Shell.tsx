import { lazy, Suspense, type ReactNode } from 'react';
import { Button } from 'tdesign-react';
import { DashboardIcon, FolderIcon, LogoutIcon } from 'tdesign-icons-react';
import { useTexts } from '../i18n';
import { useSignedIn } from '../session/session';
import { Waiting } from '../shared/Waiting';
import { Preferences } from './Preferences';
import { placeOf } from '../pages/objects/place';
import { pageOf, useHash } from './route';

const BucketsPage = lazy(() => import('../pages/buckets/BucketsPage'));
const ObjectsPage = lazy(() => import('../pages/objects/ObjectsPage'));
const UploadPanel = lazy(() => import('../transfers/UploadPanel'));
const OverviewPage = lazy(() => import('../pages/overview/OverviewPage'));

/** What stands around each page. */
export function Shell() {
  const texts = useTexts();
  const { session, isAdmin, end } = useSignedIn();
  const hash = useHash();
  const page = pageOf(hash);
  return (
    <div className="shell">
      <a
        className="skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          document.getElementById('main')?.focus();
        }}
      >
        {texts.skip}
      </a>
      <header className="top">
        <span className="brand">{texts.appName}</span>
        <Preferences />
        <span className="who" title={texts.signedInAs(session.name)}>
          {session.name}
        </span>
        <Button
          variant="text"
          icon={<LogoutIcon />}
          onClick={() => {
            end(false);
          }}
        >
          {texts.signOut}
        </Button>
      </header>
      <nav className="side" aria-label={texts.navigation}>
        <SideLink href="#/buckets" isHere={page === 'buckets'} icon={<FolderIcon />}>
          {texts.buckets}
        </SideLink>
        {isAdmin && (
          <SideLink href="#/overview" isHere={page === 'overview'} icon={<DashboardIcon />}>
            {texts.overview}
          </SideLink>
        )}
      </nav>
      <main id="main" tabIndex={0}>
        <Suspense fallback={<Waiting />}>
          <Page page={page} hash={hash} />
        </Suspense>
      </main>
      <Suspense>
        <UploadPanel />
      </Suspense>
    </div>
  );
}

interface SideLinkProps {
  href: string;
  isHere: boolean;
  icon: ReactNode;
  children: ReactNode;
}

function SideLink({ href, isHere, icon, children }: SideLinkProps) {
  return (
    <a href={href} aria-current={isHere ? 'page' : undefined}>
      {icon}
      <span>{children}</span>
    </a>
  );
}

function Page({ page, hash }: { page: string; hash: string }) {
  const texts = useTexts();
  const place = placeOf(hash);
  switch (page) {
    case 'buckets':
      return place ? <ObjectsPage key={place.bucket} place={place} /> : <BucketsPage />;
    case 'overview':
      return <OverviewPage />;
    default:
      return <p className="empty">{texts.unknownPage}</p>;
  }
}
