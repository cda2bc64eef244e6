package coffer.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import coffer.identity.Account;
import coffer.identity.Principal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobRequestTest {
    private static final String UIN = "100000000001";

    private static String document(String copy) {
        return "<CreateJobRequest><ClientRequestToken>t</ClientRequestToken><Description>d</Description><Manifest>"
                + "<Location><ETag>\"e\"</ETag><ObjectArn>qcs::cos:ap-guangzhou:uid/1:b-1250000000/a/list.csv</ObjectArn>"
                + "</Location><Spec><Fields><member>Bucket</member><member>Ignore</member><member>Key</member></Fields>"
                + "<Format>COSBatchOperations_CSV_V1</Format></Spec></Manifest><Operation><COSPutObjectCopy>" + copy
                + "<TargetResource>qcs::cos:ap-guangzhou::c-1250000000</TargetResource></COSPutObjectCopy></Operation>"
                + "<Priority>7</Priority><Report><Enabled>false</Enabled></Report>"
                + "<RoleArn>qcs::cam::uin/" + UIN + ":roleName/some</RoleArn></CreateJobRequest>";
    }

    private static JobRequest read(String document) {
        return JobRequest.read(Element.parse(document.getBytes(StandardCharsets.UTF_8)), UIN);
    }

    @Test
    void saysWhatItIsAndIsWrittenAsItWasRead() {
        String document = document("<TargetKeyPrefix> new/</TargetKeyPrefix>");
        JobRequest request = read(document);
        assertThat(request.manifest().location()).isEqualTo(new CosArn("ap-guangzhou", "b-1250000000", "a/list.csv"));
        assertThat(request.manifest().etag()).isEqualTo("e");
        assertThat(request.needsConfirmation()).isFalse();
        assertThat(request.report()).isEmpty();
        assertThat(request.roleName()).contains("some");
        assertThat(((JobOperation.Copy) request.operation()).key("k")).isEqualTo(" new/k");
        XmlWriter xml = new XmlWriter();
        JobRequest.write(xml, request.document());
        assertThat(xml.toString()).endsWith(document.replace("\"e\"", "&quot;e&quot;"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<MetadataDirective>Move</MetadataDirective>|InvalidRequest",
                "<NewObjectMetadata><ContentType>a/b</ContentType></NewObjectMetadata>|InvalidRequest",
                "<NewObjectMetadata><Colour>red</Colour></NewObjectMetadata>|MalformedXML",
                "<NewObjectTagging><COSTag><Key>k</Key></COSTag></NewObjectTagging>|InvalidRequest",
                "<ResourcesPrefix>a</ResourcesPrefix>|InvalidRequest",
                "<CannedAccessControlList>everybody</CannedAccessControlList>|InvalidArgument",
                "<AccessControlDirective>Move</AccessControlDirective>|InvalidRequest",
                "<ModifiedSinceConstraint>soon</ModifiedSinceConstraint>|InvalidArgument",
                "<StorageClass>WARM</StorageClass>|NotSupportedStorageClass",
                "<TargetResource>c-1250000000</TargetResource>|InvalidRequest",
            })
    void refusesCopiesThatCannotBe(String copy, String code) {
        assertThatThrownBy(() -> read(document(copy)))
                .isInstanceOfSatisfying(
                        CosException.class, e -> assertThat(e.error().code()).isEqualTo(code));
    }

    @Test
    void aPrefixIsReplacedWhereItIs() {
        JobOperation.Copy copy = (JobOperation.Copy) read(document("<PrefixReplace>true</PrefixReplace>"
                        + "<ResourcesPrefix>old/</ResourcesPrefix><TargetKeyPrefix>new/</TargetKeyPrefix>"))
                .operation();
        assertThat(copy.key("old/k")).isEqualTo("new/k");
        assertThatThrownBy(() -> copy.key("other/k")).isInstanceOf(CosException.class);
    }

    @Test
    void jobsAreReadAsTheyWereWritten() {
        Account account = new Account("1250000000", UIN);
        for (Principal principal : new Principal[] {
            new Principal.Root(account), new Principal.User(account, "5"), new Principal.Role(account, "6", "r")
        }) {
            Job job = new Job(
                            "id",
                            "ap-guangzhou",
                            new JobCreator(principal, Optional.of("policy"), "10.0.0.1", Optional.of("1.3")),
                            Instant.ofEpochMilli(5),
                            read(document("")),
                            9,
                            JobStatus.ACTIVE,
                            "because",
                            Optional.of(Instant.ofEpochMilli(6)),
                            Optional.empty(),
                            Optional.empty(),
                            new Job.Progress(4, 2, 1, 3))
                    .failing(new Job.Failure("Code", "text"));
            Job read = Job.fromBytes(job.toBytes());
            assertThat(read).usingRecursiveComparison().isEqualTo(job);
            assertThat(read.creator().principal()).isEqualTo(principal);
        }
    }
}
