package coffer.batch;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.api.Element;
import coffer.identity.Account;
import coffer.identity.Principal;
import coffer.store.memory.MemoryEngine;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BatchJobsTest {
    private static final Account ACCOUNT = new Account("1250000000", "100000000001");
    private static final String ID = "00000000-0000-0000-0000-000000000001";

    private final MemoryEngine engine = new MemoryEngine();
    private final BatchJobs jobs = new BatchJobs(engine);

    private static Job job() {
        String document =
                "<CreateJobRequest><ClientRequestToken>t</ClientRequestToken><Description>d</Description><Manifest>"
                        + "<Location><ETag>e</ETag><ObjectArn>qcs::cos:ap-guangzhou:uid/1:b-1250000000/list.csv</ObjectArn>"
                        + "</Location><Spec><Fields><member>Bucket</member><member>Key</member></Fields>"
                        + "<Format>COSBatchOperations_CSV_V1</Format></Spec></Manifest><Operation><COSPutObjectCopy>"
                        + "<TargetResource>qcs::cos:ap-guangzhou::c-1250000000</TargetResource></COSPutObjectCopy></Operation>"
                        + "<Priority>7</Priority><Report><Enabled>false</Enabled></Report>"
                        + "<RoleArn>qcs::cam::uin/100000000001:roleName/some</RoleArn></CreateJobRequest>";
        return new Job(
                ID,
                "ap-guangzhou",
                new JobCreator(new Principal.Root(ACCOUNT), Optional.empty(), "127.0.0.1", Optional.empty()),
                Instant.EPOCH,
                JobRequest.read(Element.parse(document.getBytes(StandardCharsets.UTF_8)), ACCOUNT.uin()),
                7,
                JobStatus.ACTIVE,
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new Job.Progress(100, 0, 0, 0));
    }

    private static TaskResult result(String key, String error) {
        return new TaskResult(new JobTask("b-1250000000", key, Optional.empty()), error, 200, "");
    }

    /** As when one process leads no longer and does not know it yet. */
    @Test
    void ofTwoThatDoTheTasksOfAJobOneReportsThem() {
        jobs.create(job());
        BatchJobs other = new BatchJobs(engine);
        Job mine = jobs.find(ACCOUNT, ID).orElseThrow();
        Job theirs = other.find(ACCOUNT, ID).orElseThrow();
        Job next = other.add(theirs, List.of(result("first", ""))).orElseThrow();
        assertThat(other.add(next, List.of(result("second", "")))).isPresent();
        assertThat(jobs.add(mine, List.of(result("late", "InternalError")))).isEmpty();
        Job now = jobs.find(ACCOUNT, ID).orElseThrow();
        assertThat(now.progress()).isEqualTo(new Job.Progress(100, 2, 0, 2));
        assertThat(jobs.page(now, 0).map(BatchJobs.Page::succeeded))
                .hasValueSatisfying(lines -> assertThat(lines).contains("first"));
    }

    @Test
    void whatIsChangedByAClientIsHeardOf() {
        AtomicInteger heard = new AtomicInteger();
        jobs.onChange(heard::incrementAndGet);
        jobs.create(job());
        assertThat(jobs.changes()).isEqualTo(1);
        assertThat(heard).hasValue(1);
    }
}
