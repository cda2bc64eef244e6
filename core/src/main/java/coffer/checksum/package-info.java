/** The CRC-64 of COS. */
@NullMarked
package coffer.checksum;

import org.jspecify.annotations.NullMarked;
