/** Cross-origin rules of a bucket, and what they answer a browser. They never decide who may do something. */
@NullMarked
package coffer.cors;

import org.jspecify.annotations.NullMarked;
