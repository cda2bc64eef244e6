package coffer.object;

import coffer.api.Headers;
import coffer.api.HttpDate;
import coffer.api.XmlWriter;
import coffer.restore.Restoration;
import java.time.Instant;
import java.util.Arrays;

/** How the entries of listings say how far a restoration is. */
public enum RestoreWords {
    /** Source: COS API reference, "GET Bucket (List Objects)". */
    COS {
        @Override
        boolean areAskedFor(Headers headers) {
            return true;
        }

        @Override
        void write(XmlWriter xml, Restoration restoration, Instant now) {
            xml.element("RestoreStatus", restoration.isOngoing(now) ? "ONGOING" : "DONE");
        }
    },
    /** Source: S3 API reference, "ListObjectsV2", "RestoreStatus". */
    S3 {
        @Override
        boolean areAskedFor(Headers headers) {
            return headers.values("x-cos-optional-object-attributes").stream()
                    .flatMap(line -> Arrays.stream(line.split(",", -1)))
                    .anyMatch(name -> name.strip().equals("RestoreStatus"));
        }

        @Override
        void write(XmlWriter xml, Restoration restoration, Instant now) {
            boolean isOngoing = restoration.isOngoing(now);
            xml.open("RestoreStatus").element("IsRestoreInProgress", isOngoing);
            if (!isOngoing) {
                xml.element("RestoreExpiryDate", HttpDate.isoMillis(restoration.expires()));
            }
            xml.close("RestoreStatus");
        }
    };

    /** Whether a listing is to say it. */
    abstract boolean areAskedFor(Headers headers);

    /** Says it of one that is not over. */
    abstract void write(XmlWriter xml, Restoration restoration, Instant now);
}
