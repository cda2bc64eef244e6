/** Whether a request comes from whom it says: the signatures of COS. */
@NullMarked
package coffer.signature;

import org.jspecify.annotations.NullMarked;
