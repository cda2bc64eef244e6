package coffer.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.RawConnection;
import coffer.conformance.RawResponse;
import coffer.conformance.SharedCoffer;
import coffer.conformance.Shows;
import coffer.conformance.TestBucket;
import com.qcloud.cos.model.ListMultipartUploadsRequest;
import com.qcloud.cos.model.MultipartUpload;
import com.qcloud.cos.model.MultipartUploadListing;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** List Multipart Uploads. */
@Shows("ListMultipartUploads")
@ExtendWith(SharedCoffer.class)
class ListUploadsIT {
    @Test
    void listsOnlyWhatIsUnfinished(TestBucket bucket) {
        Multipart open = Multipart.initiate(bucket, "open");
        Multipart finished = Multipart.initiate(bucket, "finished");
        finished.complete(List.of(finished.part(1, 1)));
        Multipart.initiate(bucket, "aborted").abort();
        List<MultipartUpload> uploads = list(bucket, request(bucket)).getMultipartUploads();
        assertThat(uploads).extracting(MultipartUpload::getUploadId).containsExactly(open.id());
        assertThat(uploads.getFirst().getKey()).isEqualTo("open");
        assertThat(uploads.getFirst().getInitiated()).isNotNull();
    }

    /** Python and Go resume the last one listed. */
    @Test
    void ordersByKeyThenByStart(TestBucket bucket) {
        List<String> expected = new ArrayList<>();
        String b = Multipart.initiate(bucket, "b").id();
        for (int i = 0; i < 5; i++) {
            expected.add(Multipart.initiate(bucket, "a").id());
        }
        expected.add(b);
        assertThat(list(bucket, request(bucket)).getMultipartUploads())
                .extracting(MultipartUpload::getUploadId)
                .isEqualTo(expected);
    }

    @Test
    void pagesByBothMarkers(TestBucket bucket) {
        List<String> expected = new ArrayList<>();
        for (String key : List.of("a", "a", "a", "b", "c", "c", "d")) {
            expected.add(Multipart.initiate(bucket, key).id());
        }
        List<String> seen = new ArrayList<>();
        ListMultipartUploadsRequest request = request(bucket);
        request.setMaxUploads(2);
        MultipartUploadListing page = list(bucket, request);
        while (page.isTruncated()) {
            page.getMultipartUploads().forEach(upload -> seen.add(upload.getUploadId()));
            request.setKeyMarker(page.getNextKeyMarker());
            request.setUploadIdMarker(page.getNextUploadIdMarker());
            page = list(bucket, request);
        }
        page.getMultipartUploads().forEach(upload -> seen.add(upload.getUploadId()));
        assertThat(seen).isEqualTo(expected);
    }

    @Test
    void aKeyMarkerAloneSkipsTheKey(TestBucket bucket) {
        Multipart.initiate(bucket, "a");
        String after = Multipart.initiate(bucket, "b").id();
        ListMultipartUploadsRequest request = request(bucket);
        request.setKeyMarker("a");
        assertThat(list(bucket, request).getMultipartUploads())
                .extracting(MultipartUpload::getUploadId)
                .containsExactly(after);
    }

    @Test
    void filtersByPrefixAndGroupsByDelimiter(TestBucket bucket) {
        Stream.of("a/1", "a/2", "b/1", "c").forEach(key -> Multipart.initiate(bucket, key));
        ListMultipartUploadsRequest request = request(bucket);
        request.setDelimiter("/");
        MultipartUploadListing top = list(bucket, request);
        assertThat(top.getCommonPrefixes()).containsExactly("a/", "b/");
        assertThat(top.getMultipartUploads())
                .extracting(MultipartUpload::getKey)
                .containsExactly("c");
        request.setPrefix("a/");
        assertThat(list(bucket, request).getMultipartUploads())
                .extracting(MultipartUpload::getKey)
                .containsExactly("a/1", "a/2");
    }

    /** Python sends every parameter, also the empty ones. */
    @Test
    void emptyParametersAreAbsentOnes(TestBucket bucket) {
        Multipart.initiate(bucket, "a b/c");
        RawResponse answer = RawConnection.exchange(
                bucket.server(),
                bucket.request(
                                "GET",
                                "/?uploads&prefix=&delimiter=&key-marker=&upload-id-marker=&max-uploads=1000&encoding-type=url")
                        .signed());
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.element("Key")).startsWith("a%20b").endsWith("c");
        assertThat(answer.element("Encoding-Type")).isEqualTo("url");
        assertThat(answer.element("IsTruncated")).isEqualTo("false");
    }

    private static ListMultipartUploadsRequest request(TestBucket bucket) {
        return new ListMultipartUploadsRequest(bucket.name());
    }

    private static MultipartUploadListing list(TestBucket bucket, ListMultipartUploadsRequest request) {
        return bucket.cos().listMultipartUploads(request);
    }
}
