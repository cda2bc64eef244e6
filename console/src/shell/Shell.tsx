import { lazy, Suspense, type ReactNode } from 'react';
import { Button } from 'tdesign-react';
import { DashboardIcon, FolderIcon, LogoutIcon } from 'tdesign-icons-react';
import { useTexts } from '../i18n';
import { useSignedIn } from '../session/session';
import { Waiting } from '../shared/Waiting';
import { Preferences } from './Preferences';
import { usePage } from './route';

const BucketsPage = lazy(() => import('../pages/buckets/BucketsPage'));
const OverviewPage = lazy(() => import('../pages/overview/OverviewPage'));

/** What stands around each page. */
export function Shell() {
  const texts = useTexts();
  const { session, isAdmin, end } = useSignedIn();
  const page = usePage();
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
          <Page page={page} />
        </Suspense>
      </main>
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

function Page({ page }: { page: string }) {
  const texts = useTexts();
  switch (page) {
    case 'buckets':
      return <BucketsPage />;
    case 'overview':
      return <OverviewPage />;
    default:
      return <p className="empty">{texts.unknownPage}</p>;
  }
}
