package coffer.conformance.background;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.Account;
import coffer.conformance.CofferProcess;
import coffer.conformance.RawConnection;
import coffer.conformance.RawRequest;
import coffer.conformance.RawResponse;
import coffer.conformance.RequestSignature;
import java.time.Instant;

/**
 * Speaks the API of batch jobs, which the Java SDK does not have.
 *
 * @param uin of the account
 * @param secretId of whoever speaks
 */
record BatchClient(CofferProcess server, String uin, String secretId, String secretKey) {
    /** Asks for something; the answer may be an error. */
    RawResponse send(String method, String target, String body) {
        String host = uin + ".cos-control." + Account.REGION + ".myqcloud.com";
        RawRequest request = RawRequest.to(method, host, target).header("x-cos-appid", Account.APPID);
        if (method.equals("POST")) {
            request = body.isEmpty() ? request.header("Content-Length", "0") : request.body(body);
        }
        return RawConnection.exchange(server, request.signed(signature()));
    }

    private RequestSignature signature() {
        String times = RequestSignature.validAt(Instant.now()).keyTime();
        return new RequestSignature(secretId, secretKey, times);
    }

    /** Makes a job; its id. */
    String create(String document) {
        RawResponse answer = send("POST", "/jobs", document);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.element("JobId");
    }

    RawResponse describe(String id) {
        RawResponse answer = send("GET", "/jobs/" + id, "");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer;
    }

    String status(String id) {
        return describe(id).element("Status");
    }

    /** Waits until a job is over, or waits itself. */
    RawResponse await(String id, String status) throws InterruptedException {
        for (int i = 0; i < 3000; i++) {
            RawResponse job = describe(id);
            if (job.element("Status").equals(status)) {
                return job;
            }
            Thread.sleep(20);
        }
        throw new AssertionError(describe(id).text());
    }

    /** The three numbers of a job: tasks in all, that succeeded, that failed. */
    static String progress(RawResponse job) {
        return job.element("TotalNumberOfTasks") + " " + job.element("NumberOfTasksSucceeded") + " "
                + job.element("NumberOfTasksFailed");
    }
}
