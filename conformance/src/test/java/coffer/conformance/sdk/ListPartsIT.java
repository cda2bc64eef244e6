package coffer.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.RawConnection;
import coffer.conformance.RawResponse;
import coffer.conformance.SharedCoffer;
import coffer.conformance.Shows;
import coffer.conformance.TestBucket;
import com.qcloud.cos.model.ListPartsRequest;
import com.qcloud.cos.model.PartListing;
import com.qcloud.cos.model.PartSummary;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** List Parts. */
@Shows("ListParts")
@ExtendWith(SharedCoffer.class)
class ListPartsIT {
    @Test
    void listsPartsByNumber(TestBucket bucket) {
        Multipart upload = Multipart.initiate(bucket, "film");
        String tenth = upload.part(10, 10).getETag();
        upload.part(9, 9);
        upload.part(100, 100);
        PartListing listing = upload.parts();
        assertThat(listing.getParts()).extracting(PartSummary::getPartNumber).containsExactly(9, 10, 100);
        assertThat(listing.getParts()).extracting(PartSummary::getSize).containsExactly(9L, 10L, 100L);
        assertThat(listing.getParts().get(1).getETag()).isEqualTo(tenth);
        assertThat(listing.getParts().get(1).getLastModified()).isNotNull();
        assertThat(listing.isTruncated()).isFalse();
        assertThat(listing.getKey()).isEqualTo("film");
        assertThat(listing.getUploadId()).isEqualTo(upload.id());
        assertThat(listing.getStorageClass()).isEqualTo("STANDARD");
    }

    @Test
    void pagesByPartNumberMarker(TestBucket bucket) {
        Multipart upload = Multipart.initiate(bucket, "film");
        for (int number = 1; number <= 7; number++) {
            upload.part(number, number);
        }
        List<Integer> seen = new ArrayList<>();
        ListPartsRequest request = new ListPartsRequest(bucket.name(), "film", upload.id()).withMaxParts(3);
        PartListing page = bucket.cos().listParts(request);
        while (page.isTruncated()) {
            assertThat(page.getParts()).hasSize(3);
            page.getParts().forEach(part -> seen.add(part.getPartNumber()));
            page = bucket.cos().listParts(request.withPartNumberMarker(page.getNextPartNumberMarker()));
        }
        page.getParts().forEach(part -> seen.add(part.getPartNumber()));
        assertThat(seen).containsExactly(1, 2, 3, 4, 5, 6, 7);
    }

    /** Three SDKs look for three spellings of the encoding, and one compares ETags with their quotes. */
    @Test
    void spellsItsElementsForEverySdk(TestBucket bucket) {
        Multipart upload = Multipart.initiate(bucket, "a b");
        upload.part(1, 10);
        RawResponse answer = get(bucket, "/a%20b?uploadId=" + upload.id() + "&encoding-type=url");
        assertThat(answer.element("Key")).isEqualTo("a%20b");
        assertThat(answer.elementNames()).contains("EncodingType", "Encoding-type");
        assertThat(answer.element("ETag")).matches("\"[0-9a-f]{32}\"");
        assertThat(answer.element("IsTruncated")).isEqualTo("false");
        assertThat(answer.element("LastModified")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{3})?Z");
        assertThat(answer.element("MaxParts")).isEqualTo("1000");
        assertThat(get(bucket, "/a%20b?uploadId=" + upload.id()).element("Key")).isEqualTo("a b");
    }

    @Test
    void namesTheFault(TestBucket bucket) {
        assertThat(get(bucket, "/film?uploadId=0123456789abcdef0123").errorCode())
                .isEqualTo("NoSuchUpload");
        assertThat(get(bucket, "/film?uploadId=").errorCode()).isEqualTo("ListPartUploadIdIsEmpty");
        Multipart upload = Multipart.initiate(bucket, "film");
        assertThat(get(bucket, "/film?uploadId=" + upload.id() + "&max-parts=many")
                        .errorCode())
                .isEqualTo("InvalidArgument");
    }

    private static RawResponse get(TestBucket bucket, String target) {
        return RawConnection.exchange(
                bucket.server(), bucket.request("GET", target).signed());
    }
}
