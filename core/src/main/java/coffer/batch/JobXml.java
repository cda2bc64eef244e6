package coffer.batch;

import coffer.api.Element;
import coffer.api.HttpDate;
import coffer.api.XmlWriter;
import java.util.Optional;

/** Jobs in documents. Source: COS API reference, "DescribeJob", "ListJobs". */
final class JobXml {
    private JobXml() {}

    /** All that is known of a job. */
    static void describe(XmlWriter xml, Job job) {
        Element sent = job.request().document();
        xml.open("Job")
                .element("ClientRequestToken", job.request().token())
                .element("ConfirmationRequired", job.request().needsConfirmation())
                .element("CreationTime", HttpDate.iso(job.created()))
                .element("Description", job.request().description());
        job.failure()
                .ifPresent(failure -> xml.open("FailureReasons")
                        .open("JobFailure")
                        .element("FailureCode", failure.code())
                        .element("FailureReason", failure.text())
                        .close("JobFailure")
                        .close("FailureReasons"));
        xml.element("JobId", job.id());
        write(xml, sent.child("Manifest"));
        write(xml, sent.child("Operation"));
        xml.element("Priority", job.priority());
        progress(xml, job);
        write(xml, sent.child("Report"));
        write(xml, sent.child("RoleArn"));
        xml.element("Status", job.status().word()).element("StatusUpdateReason", job.reason());
        job.suspended()
                .filter(_ -> job.status() == JobStatus.SUSPENDED)
                .ifPresent(since -> xml.element("SuspendedCause", "AwaitingConfirmation")
                        .element("SuspendedDate", HttpDate.iso(since)));
        job.ended().ifPresent(end -> xml.element("TerminationDate", HttpDate.iso(end)));
        xml.close("Job");
    }

    /** What a list says of a job. */
    static void list(XmlWriter xml, Job job) {
        xml.open("member")
                .element("CreationTime", HttpDate.iso(job.created()))
                .element("Description", job.request().description())
                .element("JobId", job.id())
                .element("Operation", job.request().operation().name())
                .element("Priority", job.priority());
        progress(xml, job);
        xml.element("Status", job.status().word());
        job.ended().ifPresent(end -> xml.element("TerminationDate", HttpDate.iso(end)));
        xml.close("member");
    }

    private static void progress(XmlWriter xml, Job job) {
        xml.open("ProgressSummary")
                .element("NumberOfTasksFailed", job.progress().failed())
                .element("NumberOfTasksSucceeded", job.progress().succeeded())
                .element("TotalNumberOfTasks", job.progress().total())
                .close("ProgressSummary");
    }

    private static void write(XmlWriter xml, Optional<Element> element) {
        element.ifPresent(sent -> JobRequest.write(xml, sent));
    }
}
