/** Encryption of stored bytes: master keys, and the data keys they wrap. */
@NullMarked
package coffer.encryption;

import org.jspecify.annotations.NullMarked;
