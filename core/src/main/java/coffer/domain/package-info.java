/** Custom domains of a bucket and their certificates: what they may be. Nothing here listens or asks the DNS. */
@NullMarked
package coffer.domain;

import org.jspecify.annotations.NullMarked;
