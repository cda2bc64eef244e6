package coffer.batch;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.api.Element;
import coffer.api.XmlWriter;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.identity.Account;
import coffer.identity.Caller;
import coffer.identity.RoleFinder;
import coffer.object.AccessControl;
import coffer.object.AccessControl.Question;
import coffer.record.UniqueIds;
import coffer.request.CosRequest;
import coffer.request.Handler;
import coffer.request.Numbers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The six operations on batch jobs. Source: COS API reference, "CreateJob", "DescribeJob", "ListJobs", "UpdateJobPriority",
 * "UpdateJobStatus"; the Go SDK for deleting.
 */
public final class JobCalls {
    private static final int MAX_DOCUMENT_BYTES = 64 * 1024;
    private static final int MAX_PAGE = 1000;
    private static final int MAX_REASON = 256;
    private static final String APPID = "x-cos-appid";

    private final BatchJobs jobs;
    private final BucketService buckets;
    private final AccessControl access;
    private final RoleFinder roles;
    private final InstantSource clock;
    private final UniqueIds ids;

    public JobCalls(
            BatchJobs jobs,
            BucketService buckets,
            AccessControl access,
            RoleFinder roles,
            InstantSource clock,
            UniqueIds ids) {
        this.jobs = jobs;
        this.buckets = buckets;
        this.access = access;
        this.roles = roles;
        this.clock = clock;
        this.ids = ids;
    }

    /** The account whose jobs a request is about: that of the caller, and of the host. */
    private static Account account(CosRequest request) {
        Account account = request.account();
        String named = request.headers()
                .nonEmpty(APPID)
                .orElseThrow(() -> CosError.INVALID_REQUEST.because("The header " + APPID + " is missing."));
        String host = request.address().host();
        String uin = host.substring(0, Math.max(host.indexOf('.'), 0));
        if (!named.equals(account.appId()) || (uin.matches("[0-9]+") && !uin.equals(account.uin()))) {
            throw CosError.ACCESS_DENIED.because("The jobs are those of another account.");
        }
        return account;
    }

    private static String id(CosRequest request) {
        return request.address().path().split("/", -1)[2];
    }

    private Job require(CosRequest request) {
        return jobs.find(account(request), id(request))
                .filter(this::isListed)
                .orElseThrow(CosError.NO_SUCH_JOB::exception);
    }

    private boolean isListed(Job job) {
        return job.created().plus(BatchJobs.KEPT).isAfter(clock.instant());
    }

    /** CreateJob. */
    public Handler create() {
        return request -> {
            Account account = account(request);
            Element document = request.document(MAX_DOCUMENT_BYTES);
            JobRequest asked = JobRequest.read(document, account.uin());
            check(request, account, asked);
            if (!(request.caller() instanceof Caller.Signed caller)) {
                throw CosError.ACCESS_DENIED.exception();
            }
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            Job job = new Job(
                    UUID.nameUUIDFromBytes(ids.next().getBytes(StandardCharsets.US_ASCII))
                            .toString(),
                    request.address().region().orElse(""),
                    JobCreator.of(caller, request.http()),
                    now,
                    asked,
                    asked.priority(),
                    JobStatus.NEW,
                    "",
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Job.Progress.NONE);
            jobs.create(job);
            return CosResponse.xml(new XmlWriter()
                    .open("CreateJobResult")
                    .element("JobId", job.id())
                    .close("CreateJobResult"));
        };
    }

    /** What can be known to be wrong is refused now; the rest makes the job fail. */
    private void check(CosRequest request, Account account, JobRequest asked) {
        JobManifest manifest = asked.manifest();
        Bucket source = bucket(manifest.location());
        access.requireObject(
                Question.of(request, "GetObject"), source, manifest.location().key(), manifest.versionId());
        asked.report().ifPresent(report -> {
            Bucket target = ReportWriter.target(buckets, report, account.appId());
            access.requireObject(Question.of(request, "PutObject"), target, report.folder("0"), Optional.empty());
        });
        if (asked.operation() instanceof JobOperation.Copy copy) {
            Bucket _ = bucket(copy.target());
        }
        asked.roleName().filter(name -> roles.find(account, name).isEmpty()).ifPresent(name -> {
            throw CosError.INVALID_REQUEST.because(
                    "The account has no role " + name + "; leave RoleArn out, or make the role.");
        });
    }

    private Bucket bucket(CosArn at) {
        return buckets.find(at.bucket())
                .filter(found -> found.region().equals(at.region()))
                .orElseThrow(() -> CosError.INVALID_REQUEST.because(
                        "There is no bucket " + at.bucket() + " in " + at.region() + "."));
    }

    /** DescribeJob. */
    public Handler describe() {
        return request -> {
            XmlWriter xml = new XmlWriter().open("DescribeJobResult");
            JobXml.describe(xml, require(request));
            return CosResponse.xml(xml.close("DescribeJobResult"));
        };
    }

    /** ListJobs: the newest first. */
    public Handler list() {
        return request -> {
            Account account = account(request);
            Set<JobStatus> statuses = request.query().nonEmpty("jobStatuses").stream()
                    .flatMap(text -> Arrays.stream(text.split(",", -1)))
                    .map(JobCalls::status)
                    .collect(Collectors.toSet());
            int most = Numbers.pageSize(request.query(), "maxResults", 1, MAX_PAGE);
            List<Job> all =
                    jobs.list(account, job -> isListed(job) && (statuses.isEmpty() || statuses.contains(job.status())));
            List<Job> left = request.query()
                    .nonEmpty("nextToken")
                    .map(token -> behind(account, all, token))
                    .orElse(all);
            List<Job> page = left.subList(0, Math.min(most, left.size()));
            XmlWriter xml = new XmlWriter().open("ListJobsResult").open("Jobs");
            page.forEach(job -> JobXml.list(xml, job));
            xml.close("Jobs");
            if (page.size() < left.size()) {
                xml.element("NextToken", page.getLast().id());
            }
            return CosResponse.xml(xml.close("ListJobsResult"));
        };
    }

    /** A job may have another status than when it was listed; its time is the same. */
    private List<Job> behind(Account account, List<Job> all, String token) {
        Job last = jobs.find(account, token)
                .orElseThrow(() -> CosError.INVALID_ARGUMENT.because("nextToken must be that of the page before."));
        List<Job> behind = new ArrayList<>(all);
        behind.removeIf(job -> job.created().isAfter(last.created())
                || (job.created().equals(last.created()) && job.id().compareTo(last.id()) <= 0));
        return behind;
    }

    private static JobStatus status(String word) {
        return JobStatus.of(word.strip())
                .orElseThrow(() -> CosError.INVALID_ARGUMENT.because("There is no status of jobs '" + word + "'."));
    }

    /** UpdateJobPriority. */
    public Handler updatePriority() {
        return request -> {
            Job seen = require(request);
            int priority = JobRequest.priority(required(request, "priority"));
            Job job = jobs.update(account(request), seen.id(), now -> {
                if (!now.status().isCancellable()) {
                    throw over(now);
                }
                return now.withPriority(priority);
            });
            return CosResponse.xml(new XmlWriter()
                    .open("UpdateJobPriorityResult")
                    .element("JobId", job.id())
                    .element("Priority", job.priority())
                    .close("UpdateJobPriorityResult"));
        };
    }

    /** UpdateJobStatus: confirms a job that waits for it, or calls one off. */
    public Handler updateStatus() {
        return request -> {
            Job seen = require(request);
            String wanted = required(request, "requestedJobStatus");
            String reason = request.query().nonEmpty("statusUpdateReason").orElse("");
            if (reason.length() > MAX_REASON) {
                throw CosError.INVALID_ARGUMENT.because(
                        "statusUpdateReason has at most " + MAX_REASON + " characters.");
            }
            Job job = jobs.update(account(request), seen.id(), now -> changed(now, wanted, reason));
            return CosResponse.xml(new XmlWriter()
                    .open("UpdateJobStatusResult")
                    .element("JobId", job.id())
                    .element("Status", job.status().word())
                    .element("StatusUpdateReason", reason)
                    .close("UpdateJobStatusResult"));
        };
    }

    private static Job changed(Job now, String wanted, String reason) {
        return switch (wanted) {
            case "Ready" -> {
                if (now.status() != JobStatus.SUSPENDED) {
                    throw CosError.INVALID_REQUEST.because("Only a job that is Suspended can be made Ready; it is "
                            + now.status().word() + ".");
                }
                yield now.with(JobStatus.READY, reason);
            }
            case "Cancelled" -> {
                if (!now.status().isCancellable()) {
                    throw over(now);
                }
                yield now.with(JobStatus.CANCELLING, reason);
            }
            default -> throw CosError.INVALID_ARGUMENT.because("requestedJobStatus must be Ready or Cancelled.");
        };
    }

    private static CosException over(Job job) {
        return CosError.INVALID_REQUEST.because("The job is " + job.status().word() + " and cannot be changed.");
    }

    /** DeleteJob: of one that is over. */
    public Handler delete() {
        return request -> {
            Job job = require(request);
            if (!job.status().isFinal()) {
                throw CosError.INVALID_REQUEST.because("Only a job that is over can be deleted; it is "
                        + job.status().word() + ": cancel it first.");
            }
            jobs.remove(job);
            return CosResponse.noContent();
        };
    }

    private static String required(CosRequest request, String name) {
        return request.query()
                .nonEmpty(name)
                .orElseThrow(() -> CosError.INVALID_ARGUMENT.because("The parameter " + name + " is missing."));
    }
}
