/** Which webhooks hear of what happens in a bucket, and what they are told. */
@NullMarked
package coffer.notification;

import org.jspecify.annotations.NullMarked;
