package coffer.conformance.sdk;

import static coffer.conformance.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.Account;
import coffer.conformance.CofferProcess;
import coffer.conformance.JavaSdk;
import coffer.conformance.RawConnection;
import coffer.conformance.RawRequest;
import coffer.conformance.RawResponse;
import coffer.conformance.SharedCoffer;
import coffer.conformance.Shows;
import coffer.conformance.TestBucket;
import com.qcloud.cos.COSClient;
import com.qcloud.cos.auth.AnonymousCOSCredentials;
import com.qcloud.cos.model.Bucket;
import com.qcloud.cos.model.ListBucketsRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** GET Service. */
@Shows("ListBuckets")
@ExtendWith(SharedCoffer.class)
class ServiceIT {
    @Test
    void listsEveryBucketWithItsRegionAndOwner(COSClient cos, TestBucket one, TestBucket other) {
        List<Bucket> buckets = cos.listBuckets();

        assertThat(buckets).extracting(Bucket::getName).contains(one.name(), other.name());
        Bucket listed = buckets.stream()
                .filter(bucket -> bucket.getName().equals(one.name()))
                .findFirst()
                .orElseThrow();
        assertThat(listed.getLocation()).isEqualTo(Account.REGION);
        assertThat(listed.getCreationDate()).isNotNull();
        assertThat(listed.getOwner().getId()).matches("qcs::cam::uin/\\d+:uin/\\d+");
    }

    @Test
    void listsInOrderOfNames(COSClient cos, TestBucket one, TestBucket other) {
        assertThat(cos.listBuckets())
                .extracting(Bucket::getName)
                .contains(one.name(), other.name())
                .isSortedAccordingTo(Comparator.naturalOrder());
    }

    @Test
    void pagesByMarkerWithoutLossOrRepetition(CofferProcess server, TestBucket one, TestBucket two, TestBucket three) {
        List<String> names = new ArrayList<>();
        String marker = "";
        boolean truncated = true;
        while (truncated) {
            RawResponse page = RawConnection.exchange(
                    server, service("/?marker=" + marker + "&max-keys=2").signed());
            assertThat(page.status()).as(page.text()).isEqualTo(200);
            List<String> listed = texts(page, "Name");
            assertThat(listed).hasSizeLessThanOrEqualTo(2);
            names.addAll(listed);
            assertThat(page.element("Marker")).isEqualTo(marker);
            truncated = page.element("IsTruncated").equals("true");
            marker = truncated ? page.element("NextMarker") : "";
        }
        assertThat(names)
                .contains(one.name(), two.name(), three.name())
                .doesNotHaveDuplicates()
                .isSorted();
    }

    @Test
    void startsAfterTheMarker(COSClient cos, TestBucket one, TestBucket other) {
        String first = one.name().compareTo(other.name()) < 0 ? one.name() : other.name();
        String second = first.equals(one.name()) ? other.name() : one.name();
        ListBucketsRequest request = new ListBucketsRequest();
        request.setMarker(first);
        request.setMaxKeys(1000);
        assertThat(cos.listBuckets(request))
                .extracting(Bucket::getName)
                .contains(second)
                .doesNotContain(first);
    }

    @Test
    void answersOnTheHostOfOneRegion(CofferProcess server, TestBucket bucket) {
        RawRequest request = RawRequest.to("GET", "cos." + Account.REGION + ".myqcloud.com", "/");
        RawResponse answer = RawConnection.exchange(server, request.signed());
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(texts(answer, "Name")).contains(bucket.name());
    }

    @Test
    void datesHaveNoFraction(CofferProcess server, TestBucket bucket) {
        RawResponse answer = RawConnection.exchange(server, service("/").signed());
        assertThat(texts(answer, "Name")).contains(bucket.name());
        assertThat(texts(answer, "CreationDate"))
                .allSatisfy(date -> assertThat(date).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ"));
    }

    @Test
    void refusesStrangers(CofferProcess server) {
        COSClient stranger = JavaSdk.client(server, new AnonymousCOSCredentials());
        try {
            assertRefused(403, "AccessDenied", stranger::listBuckets);
        } finally {
            stranger.shutdown();
        }
    }

    private static RawRequest service(String target) {
        return RawRequest.to("GET", "service.cos.myqcloud.com", target);
    }

    private static List<String> texts(RawResponse answer, String element) {
        List<String> texts = new ArrayList<>();
        var found = answer.xml().getElementsByTagName(element);
        for (int i = 0; i < found.getLength(); i++) {
            texts.add(found.item(i).getTextContent());
        }
        return texts;
    }
}
