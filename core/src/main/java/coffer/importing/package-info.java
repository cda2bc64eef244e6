/** Objects of another store on their way into one that is running: an S3 or COS server on either side. */
@NullMarked
package coffer.importing;

import org.jspecify.annotations.NullMarked;
