package coffer.sts;

import static java.nio.charset.StandardCharsets.UTF_8;

import coffer.store.StoreException;
import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Policy documents made small, as tokens travel with every request. Raw DEFLATE with a dictionary of what policies are
 * made of, which is part of the format: it never changes.
 */
final class PackedPolicy {
    /** The likeliest stands last, where it is reached most cheaply. */
    private static final byte[] DICTIONARY =
            ("\"principal\":{\"qcs\":[\"qcs::cam::uin/\"null_equal\"numeric_less_than_equal"
                            + "\"date_greater_than\"ip_equal\":{\"qcs:ip\":[\"string_like\":{\"cos:content-typestring_equal\":{"
                            + "\"cos:prefix\":[\"\"condition\":{\"sid\":\"\"effect\":\"deny\",name/cos:GetBucketACL"
                            + "\",\"name/cos:GetService\",\"name/cos:AppendObject\",\"name/cos:OptionsObject"
                            + "\",\"name/cos:DeleteMultipleObjects\",\"name/cos:DeleteObject\",\"name/cos:HeadBucket"
                            + "\",\"name/cos:GetBucket\",\"name/cos:HeadObject\",\"name/cos:GetObject"
                            + "\",\"name/cos:PutObject\",\"name/cos:PostObject\",\"name/cos:InitiateMultipartUpload"
                            + "\",\"name/cos:ListMultipartUploads\",\"name/cos:ListParts\",\"name/cos:UploadPart"
                            + "\",\"name/cos:CompleteMultipartUpload\",\"name/cos:AbortMultipartUpload\"],"
                            + "\"resource\":\"*\",\"action\":\"name/cos:*\",ap-chengdu,ap-shanghai,ap-beijing"
                            + "{\"version\":\"2.0\",\"statement\":[{\"effect\":\"allow\",\"action\":[\"name/cos:*\"],"
                            + "\"resource\":[\"qcs::cos:ap-guangzhou:uid/125/*\"]}]}")
                    .getBytes(UTF_8);

    /** More than any policy has. */
    private static final int MAX_BYTES = 1024 * 1024;

    private PackedPolicy() {}

    static byte[] pack(String policy) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        try {
            deflater.setDictionary(DICTIONARY);
            deflater.setInput(policy.getBytes(UTF_8));
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream(512);
            byte[] piece = new byte[512];
            while (!deflater.finished()) {
                out.write(piece, 0, deflater.deflate(piece));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    /**
     * Reads what {@link #pack} made.
     *
     * @throws StoreException {@code CORRUPT}
     */
    static String unpack(byte[] packed) {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setDictionary(DICTIONARY);
            inflater.setInput(packed);
            ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
            byte[] piece = new byte[1024];
            while (!inflater.finished()) {
                int count = inflater.inflate(piece);
                if ((count == 0 && !inflater.finished()) || out.size() > MAX_BYTES) {
                    throw corrupt();
                }
                out.write(piece, 0, count);
            }
            return out.toString(UTF_8);
        } catch (DataFormatException e) {
            throw corrupt();
        } finally {
            inflater.end();
        }
    }

    private static StoreException corrupt() {
        return new StoreException(StoreException.Reason.CORRUPT, "a token holds a policy that does not unpack");
    }
}
