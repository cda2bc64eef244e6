/** Whether what is stored is still what was written: looked into bit by bit while serving, or as a whole on demand. */
@NullMarked
package coffer.integrity;

import org.jspecify.annotations.NullMarked;
